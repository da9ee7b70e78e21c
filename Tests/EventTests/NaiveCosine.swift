import Glibc

@testable import Event

/// The cosine of two of the documents as the design states it, with dictionaries.
func naiveCosine(_ first: Int, _ second: Int, _ bags: [TermBag]) -> Double {
    func weights(_ bag: TermBag) -> [UInt32: Double] {
        let kin = bags.filter { $0.language == bag.language }
        return bag.terms.reduce(into: [:]) { weights, term in
            let df = kin.filter { $0.terms.contains { $0.key == term.key } }.count
            let blend = bag.hasBackground ? 10_000.0 : 0
            let general = exp(-Double(TermBag.rarities[Int(term.centibels)]) / TermBag.rarityUnit)
            let p = (blend * general + Double(df)) / (blend + Double(kin.count))
            weights[term.key] = (1 + log(Double(term.count))) * -log(p)
        }
    }
    let (a, b) = (weights(bags[first]), weights(bags[second]))
    func dot(_ a: [UInt32: Double], _ b: [UInt32: Double]) -> Double {
        a.reduce(0) { $0 + $1.value * (b[$1.key] ?? 0) }
    }
    let norm = (dot(a, a) * dot(b, b)).squareRoot()
    return norm > 0 ? dot(a, b) / norm : 0
}

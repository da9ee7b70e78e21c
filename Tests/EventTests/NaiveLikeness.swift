@testable import Event

/// What two documents have in common as the design states it, with dictionaries.
///
/// - Parameters: their terms, ascending by key.
func naiveLikeness(_ a: [Term], _ b: [Term]) -> Likeness {
    let (ofA, ofB) = (byKey(a), byKey(b))
    let shared = a.compactMap { left in ofB[left.key].map { (left, $0) } }
    func sum(_ pairs: [(Term, Term)]) -> Double {
        Double(pairs.reduce(UInt64(0)) { $0 + $1.0 * $1.1 }) / TermVectors.unit
    }
    let lead = shared.filter { $0.0.place.isInLead && $0.1.place.isInLead }
    var likeness = Likeness(cosine: sum(shared), lead: sum(lead), phrases: naivePhrases(Array(shared.prefix(255))))
    guard likeness.cosine >= 0.18 else { return likeness }

    func only(_ terms: [Term], _ others: [UInt32: Term], _ isMeant: (Term) -> Bool) -> Float {
        terms.filter { others[$0.key] == nil && isMeant($0) }.map { Float($0.weight) }.max() ?? 0
    }
    var (contrast, same, elsewhere): (Float, Float, Float) = (0, 0, 0)
    for (left, right) in shared {
        let mark = Term.Place.mark(left.key), (before, otherBefore) = (left.place.previous, right.place.previous)
        contrast += only(a, ofB) { $0.place.previous == mark } * only(b, ofA) { $0.place.previous == mark }
        if before == otherBefore {
            same += Float(left * right)
        } else {
            elsewhere += Float(left * right)
            contrast +=
                only(a, ofB) { Term.Place.mark($0.key) == before }
                * only(b, ofA) { Term.Place.mark($0.key) == otherBefore }
        }
    }
    likeness.contrast = (Double(contrast) / TermVectors.unit).squareRoot()
    likeness.sameWords = Double(same) / max(Double(same + elsewhere), 1)
    likeness.rivals =
        Double(only(a, ofB, \.recurs)) * Double(only(b, ofA, \.recurs)) / TermVectors.unit
    return likeness
}

private func naivePhrases(_ shared: [(Term, Term)]) -> Double {
    var sum: Float = 0
    for (number, (left, right)) in shared.enumerated() where left.place.previous == right.place.previous {
        // Of terms of one mark the last.
        let before = shared.lastIndex { Term.Place.mark($0.0.key) == left.place.previous }
        guard let before, before != number else { continue }
        sum += (Float(left * right) * Float(shared[before].0 * shared[before].1)).squareRoot()
    }
    return Double(sum) / TermVectors.unit
}

private func byKey(_ terms: [Term]) -> [UInt32: Term] { Dictionary(uniqueKeysWithValues: terms.map { ($0.key, $0) }) }

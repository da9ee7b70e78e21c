import Foundation

/// Canonical composition (Unicode TR15) of scalars in canonical order. Foundation's composes code points beyond
/// U+FFFF as if their upper bits were not there, so it is asked about single characters only.
public func composed(_ text: some Sequence<Unicode.Scalar>) -> String {
    var result: [Unicode.Scalar] = []
    var starter: Int?
    var lastClass: UInt8 = 0
    for c in text {
        let ownClass = c.properties.canonicalCombiningClass.rawValue
        if let at = starter, at == result.count - 1 || lastClass < ownClass,
            let composite = composites[Pair(first: result[at], second: c)]
        {
            result[at] = composite
            continue
        }
        if ownClass == 0 { starter = result.count }
        lastClass = ownClass
        result.append(c)
    }
    return String(String.UnicodeScalarView(result))
}

private struct Pair: Hashable {
    var first, second: Unicode.Scalar
}

/// Primary composites by what they are made of.
private let composites: [Pair: Unicode.Scalar] = {
    var table: [Pair: Unicode.Scalar] = [:]
    for c in (0xc0...0x1ffff).compactMap(Unicode.Scalar.init) where c.properties.generalCategory != .unassigned {
        let parts = Array(String(c).decomposedStringWithCanonicalMapping.unicodeScalars)
        guard parts.count > 1, isComposed(c) else { continue }
        let first = String(String.UnicodeScalarView(parts.dropLast())).precomposedStringWithCanonicalMapping
            .unicodeScalars
        if first.count == 1 { table[Pair(first: first.first!, second: parts.last!)] = c }
    }
    return table
}()

/// Not excluded from composition.
private func isComposed(_ c: Unicode.Scalar) -> Bool {
    Array(String(c).precomposedStringWithCanonicalMapping.unicodeScalars) == [c]
}

import DedupKit

/// First and last date of some documents; nil where none is dated.
package struct DateSpan {
    package var first, last: Int64
}

extension Documents {
    /// Nil where none has a date.
    package func dateSpan(of members: [DocumentNumber]) -> DateSpan? {
        var span = DateSpan(first: .max, last: .min)
        for member in members {
            guard let date = date(of: member) else { continue }
            span.first = min(span.first, date)
            span.last = max(span.last, date)
        }
        return span.first > span.last ? nil : span
    }

    /// Distinct outlets of some documents, in their order.
    package func sourceNames(of members: [DocumentNumber]) -> [String] {
        var seen: [UInt32] = []
        // Most clusters have few outlets, and a short list is searched faster than a set is made.
        var many: Set<UInt32> = []
        for member in members where sources[member.index] != 0 {
            let source = sources[member.index]
            if seen.count < 32 ? seen.contains(source) : many.contains(source) { continue }
            seen.append(source)
            if seen.count == 32 { many = Set(seen) } else if seen.count > 32 { many.insert(source) }
        }
        return seen.map { sourceNames[$0] }
    }
}

import DedupKit

/// First and last date of some documents; nil where none is dated.
struct DateSpan {
    var first, last: Int64

    init?(_ documents: Documents, _ members: [DocumentNumber]) {
        (first, last) = (.max, .min)
        for member in members {
            guard let date = documents.date(of: member) else { continue }
            first = min(first, date)
            last = max(last, date)
        }
        if first > last { return nil }
    }
}

extension Documents {
    /// Distinct outlets of some documents, in their order.
    func sourceNames(of members: [DocumentNumber]) -> [String] {
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

import Arrow
import DedupKit

extension Answer {
    /// What a filter drops.
    ///
    /// - Parameter knownCount: documents of the other set, which stand in front.
    static func removals(_ removals: Removals, knownCount: Int) -> Answer {
        var all: [Removal] = []
        unsafe removals.all.forEachBlock { _, block in unsafe all.append(contentsOf: block) }
        let isOfKnown = all.map { $0.of.index < knownCount }
        let table = OutTable([
            .integers("row", all.map { Int64($0.document.index - knownCount) }),
            .integers("of_row", zip(all, isOfKnown).map { Int64($0.of.index - ($1 ? 0 : knownCount)) }),
            .booleans("of_against", isOfKnown), .strings("relation", all.map(\.relation.rawValue)),
            .numbers("score", all.map(\.score)),
        ])
        return Answer(["removals": { table }])
    }
}

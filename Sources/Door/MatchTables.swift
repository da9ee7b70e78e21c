import Arrow
import DedupKit

/// The documents of one set that duplicate one of another.
struct MatchTables {
    private let matches: [Match]
    private let first: Int

    init(_ matches: Matches, first: Int) { (self.matches, self.first) = (matches.all, first) }

    var answer: Answer {
        let table = OutTable([
            .integers("row", matches.map { Int64($0.document.index - first) }),
            .integers("against_row", matches.map { Int64($0.of.index) }),
            .strings("relation", matches.map(\.relation.rawValue)), .numbers("score", matches.map(\.score)),
        ])
        return Answer(["matches": { table }])
    }
}

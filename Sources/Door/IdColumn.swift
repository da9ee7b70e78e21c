import Arrow
import DedupKit

/// Documents by their ids, of the kind that the table has them: integers stay integers where none is missing or there
/// twice.
struct IdColumn: Sendable {
    private let identifiers: Identifiers
    private let source: ArrowSource
    private let areIntegers: Bool

    init(_ clustering: Clustering, _ source: ArrowSource) {
        identifiers = clustering.documents.identifiers
        self.source = source
        areIntegers = source.hasIntegerIds && identifiers.duplicateCount == 0
    }

    func column(_ name: String, _ documents: [DocumentNumber]) -> OutColumn {
        if areIntegers {
            let ids = documents.map { source.integerId(ofRow: $0.index) }
            return source.hasLongUnsignedIds ? .unsigned(name, ids) : .integers(name, ids)
        }
        return unsafe identifiers.withAll { id in
            .strings(name, count: documents.count) { unsafe $1.append(contentsOf: id(documents[$0])) }
        }
    }
}

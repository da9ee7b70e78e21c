import DedupKit
import JSON

/// What an annotated table has in addition: columns at the end of each row.
enum TableAnnotation {
    static func header(_ separator: UInt8) -> [UInt8] {
        joined(["dedup_keep", "dedup_of", "dedup_relation", "dedup_score"], separator)
    }

    /// - Parameter removal: nil for a row that a filter would keep.
    static func row(_ removal: Removal?, _ documents: Documents, _ separator: UInt8) -> [UInt8] {
        guard let removal else { return joined(["true", "", "", ""], separator) }
        let score = removal.score.map { fixed($0, decimals: 4) } ?? ""
        return joined(
            ["false", documents.identifiers[removal.of], removal.relation.rawValue, score], separator)
    }

    private static func joined(_ values: [String], _ separator: UInt8) -> [UInt8] {
        values.flatMap { [separator] + quoted(Array($0.utf8), separator) }
    }

    /// As RFC 4180 has it.
    private static func quoted(_ value: [UInt8], _ separator: UInt8) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard value.contains(where: { $0 == separator || $0 == quote || $0 == 0x0A || $0 == 0x0D }) else {
            return value
        }
        return [quote] + value.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
}

import Shingle

/// The order in which documents are preferred as representatives: earliest date, then longest, then first in the
/// input. Undated ones come last.
func preferenceOrder(_ documents: Documents) -> [UInt32] {
    struct Key: Comparable {
        var date: Int64
        var shortness: UInt32
        var document: UInt32
        static func < (a: Key, b: Key) -> Bool {
            if a.date != b.date { return a.date < b.date }
            if a.shortness != b.shortness { return a.shortness < b.shortness }
            return a.document < b.document
        }
    }
    var keys = documents.indices.map {
        Key(date: documents.dates[$0], shortness: ~documents.lengths[$0], document: UInt32($0))
    }
    keys.sort()
    return keys.map(\.document)
}

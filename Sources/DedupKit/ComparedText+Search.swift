import Background
import Dates
import Event
public import Records

extension ComparedText {
    /// Finds documents by ids that their records have, and reads no further than to the last of them.
    ///
    /// - Returns: nil where that does not tell: an id is not found, or could be one that was made up for a record that
    ///   has none (`news.jsonl:7`), for a second one (`story#2`), or for a text file.
    /// - Complexity: O(bytes before the last of them); nothing of the other documents is kept.
    public static func find(_ ids: [String], in source: some DocumentSource) -> [ComparedText]? {
        guard !ids.contains(where: isMadeUp) else { return nil }
        let wanted = ids.map { Array($0.utf8) }
        let reader = source.reader()
        var found = [ComparedText?](repeating: nil, count: ids.count)
        var hasTexts = false
        var chunk = 0
        while source.hasChunk(chunk) {
            _ = reader.forEachRecord(inChunk: chunk) { record in
                if record.line == 0 { hasTexts = true }
                guard let id = unsafe record.id else { return }
                for at in ids.indices where unsafe found[at] == nil && id.elementsEqual(wanted[at]) {
                    found[at] = ComparedText(record, id: ids[at])
                }
            }
            if hasTexts { return nil }
            if found.allSatisfy({ $0 != nil }) { return found.map { $0! } }
            chunk += 1
        }
        return nil
    }

    /// Whether a number stands at its end behind a colon or a hash.
    private static func isMadeUp(_ id: String) -> Bool {
        let digits = id.utf8.reversed().prefix { $0 &- 0x30 < 10 }.count
        return digits > 0 && [UInt8(ascii: ":"), UInt8(ascii: "#")].contains(id.utf8.dropLast(digits).last)
    }

    private init(_ record: Record, id: String) {
        func string(_ bytes: UnsafeBufferPointer<UInt8>?) -> String {
            unsafe bytes.map { unsafe String(decoding: $0, as: UTF8.self) } ?? ""
        }
        unsafe self.init(name: id, text: Array(record.text))
        title = unsafe string(record.title).isEmpty ? nil : string(record.title)
        source = unsafe string(record.source).isEmpty ? nil : string(record.source)
        date = unsafe record.date.flatMap(Timestamp.parse)?.shown
        language = unsafe Language(string(record.language))
    }
}

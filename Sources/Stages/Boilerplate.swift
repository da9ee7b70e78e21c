import Containment
import MinHash
import Overlap
import Records
import Tables

/// A piece of text that recurs across otherwise unrelated stories: a footer, a notice, a frame.
public struct Boilerplate: Sendable, Equatable {
    /// As it stands in the first document that has it, white space folded; cut after `longest` bytes.
    public var text: String
    /// Distinct texts that have it, about.
    public var documents: Int
    public var example: DocumentNumber

    public static let longest = 400
    /// Examples that are read for the list.
    private static let most = 256

    /// Most frequent first.
    static func list(
        _ documents: Documents, _ items: Numbering<OfItem, OfDocument>, _ recurring: RecurringKeys
    ) -> [Boilerplate] {
        var keys: [DocumentNumber: Int] = [:]
        for entry in recurring.entries where entry.example != .none { keys[items[entry.example], default: 0] += 1 }
        let examples = keys.filter { $0.value >= 3 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let reader = documents.reader()
        let text = CopyText()
        var found: [Boilerplate] = []
        for (document, _) in examples.prefix(most) {
            // A document that cannot be read again has been complained about where it mattered.
            try? reader.withRecord(of: document) { record in
                unsafe text.read(record.text, recurring: recurring, keepsRanges: true)
                for span in text.boilerplate(recurring) {
                    let bytes = unsafe record.text[span.bytes.prefix(longest)]
                    let words = unsafe String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
                    found.append(
                        Boilerplate(
                            text: words.joined(separator: " "), documents: span.texts,
                            example: document))
                }
            }
        }
        var seen: Set<String> = []
        return found.sorted { ($1.documents, $0.example, $0.text) < ($0.documents, $1.example, $1.text) }
            .filter { seen.insert($0.text).inserted }
    }
}

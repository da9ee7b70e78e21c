import DedupKit
import Inputs
import Overlap

/// What a document is called in a list: its title, else the first words of its text. Read again when asked for.
struct Headlines {
    private let inputs: InputSet
    private let documents: Documents
    private let reader: RecordReader

    private static let longest = 400

    init(_ inputs: InputSet, _ documents: Documents) {
        self.inputs = inputs
        self.documents = documents
        reader = RecordReader(fields: inputs.fields)
    }

    /// What its tokens are called: words, or in a script without spaces characters.
    func unit(of document: Int) -> String {
        let tokens = Int(documents.lengths[document])
        let width = try? inputs.withRecord(at: documents.locations[document], using: reader) { record in
            CopyText.width(of: record.text, tokens: tokens)
        }
        return width ?? CopyText.width == CopyText.width ? "word" : "character"
    }

    subscript(document: Int) -> String {
        let headline = try? inputs.withRecord(at: documents.locations[document], using: reader) { record in
            let title = record.title.flatMap { $0.isEmpty ? nil : $0 } ?? record.text
            return String(decoding: title.prefix(Self.longest), as: UTF8.self)
        }
        return (headline ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

import DedupKit

/// What a document is called in a list: its title, else the first words of its text. Read again when asked for.
struct Headlines {
    private let documents: Documents
    private let reader: TextReader

    private static let longest = 400

    init(_ documents: Documents) {
        self.documents = documents
        reader = documents.reader()
    }

    /// What its tokens are called: words, or in a script without spaces characters.
    func unit(of document: DocumentNumber) -> String {
        let tokens = Int(documents.lengths[document.index])
        let width = try? reader.withRecord(of: document) { record in
            unsafe CopyText.width(of: record.text, tokens: tokens)
        }
        return width ?? CopyText.width == CopyText.width ? "word" : "character"
    }

    subscript(document: DocumentNumber) -> String {
        let headline = try? reader.withRecord(of: document) { record in
            let title = unsafe record.title.flatMap { unsafe $0.isEmpty ? nil : $0 } ?? record.text
            return unsafe String(decoding: title.prefix(Self.longest), as: UTF8.self)
        }
        return (headline ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

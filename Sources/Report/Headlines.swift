import DedupKit

/// What a document is called in a list: its title, else the first words of its text, else, where neither is kept, its link.
/// Read again when asked for.
package struct Headlines {
    private let documents: Documents
    private let reader: TextReader
    private let lost: LostTexts

    private static let longest = 400

    /// - Parameter lost: gets what cannot be read again; its headline is empty.
    package init(_ documents: Documents, lost: LostTexts = LostTexts()) {
        (self.documents, self.lost) = (documents, lost)
        reader = documents.reader()
    }

    /// Texts that could be read before and not again, so far.
    var problems: [Problem] { lost.problems }

    /// What its tokens are called: words, or in a script without spaces characters.
    func unit(of document: DocumentNumber) -> String {
        let tokens = Int(documents.lengths[document.index])
        let width = lost.attempt(document) { () throws(Problem) in
            try reader.withRecord(of: document) { unsafe CopyText.width(of: $0.text, tokens: tokens) }
        }
        return width ?? CopyText.width == CopyText.width ? "word" : "character"
    }

    package subscript(document: DocumentNumber) -> String {
        let (headline, link) = headlineAndLink(of: document)
        return headline.isEmpty ? link : headline
    }

    /// The link is empty where there is none.
    func headlineAndLink(of document: DocumentNumber) -> (headline: String, link: String) {
        let read = lost.attempt(document) { () throws(Problem) in
            try reader.withRecord(of: document) { record in
                let title = unsafe record.title.flatMap { unsafe $0.isEmpty ? nil : $0 } ?? record.text
                let link = unsafe record.url.map { unsafe String(decoding: $0, as: UTF8.self) }
                return unsafe (String(decoding: title.prefix(Self.longest), as: UTF8.self), link)
            }
        }
        let headline = (read?.0 ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // Whoever clicks on it should come to a page.
        let link = read?.1.flatMap { $0.hasPrefix("http://") || $0.hasPrefix("https://") ? $0 : nil }
        return (headline, link ?? "")
    }
}

import Background
import Event
import Records
import Shingle

/// One worker's way from a document to its terms.
package final class TermReader {
    private let documents: Documents
    private let texts: TextReader
    private var shingler = Shingler()
    private let background = Background.standard
    private let counter = TermCounter()
    private var tokens: [UInt64] = []

    /// Bytes of a text that is looked at for figures; a longer one tells by its words.
    private static let longestTable = 2048

    package init(_ documents: Documents) {
        self.documents = documents
        texts = documents.reader()
    }

    /// What stands for a document that cannot be read.
    private(set) lazy var noTerms = unsafe TermBag(
        tokens: UnsafeBufferPointer(start: nil, count: 0), background: background)

    /// - Parameter longest: only so many of its first tokens are read.
    package func read(_ document: DocumentNumber, longest: Int = .max) throws(Problem) -> EventDocument {
        let isForm = try texts.withRecord(of: document) { record in
            tokens.removeAll(keepingCapacity: true)
            if let title = unsafe record.title {
                unsafe shingler.read(title.span)
                unsafe tokens.append(contentsOf: shingler.tokens)
            }
            unsafe shingler.read(padded: record.text)
            unsafe tokens.append(contentsOf: shingler.tokens)
            tokens.removeLast(max(0, tokens.count - longest))
            return unsafe record.text.count <= Self.longestTable && Form.isOfFigures(record.text.span)
        }
        let language = documents.language(of: document)
        let terms = unsafe tokens.withUnsafeBufferPointer {
            unsafe TermBag(
                tokens: $0, declared: Language(language), background: background, counter: counter, isForm: isForm)
        }
        return EventDocument(terms: terms, day: documents.day(of: document).map { Double($0) / 86_400 })
    }
}

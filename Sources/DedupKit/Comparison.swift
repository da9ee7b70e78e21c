public import Background
import Event
public import Facts
public import Overlap
public import Records
public import Stages

/// A text to be compared, and what its record says of it.
public struct ComparedText: Sendable {
    /// What it is called: its id, or its path.
    public var name: String
    /// As it stands in the file or the record's field; ranges of passages and facts count in it.
    public var text: [UInt8]
    public var title: String?
    public var source: String?
    /// Seconds since 1970.
    public var date: Int64?
    public var language: Language?

    public init(name: String, text: [UInt8]) {
        self.name = name
        self.text = text
    }

    /// Reads a document again.
    public init(_ document: DocumentNumber, of documents: Documents, using reader: TextReader) throws(Problem) {
        let (text, title) = try reader.withRecord(of: document) { record in
            unsafe (Array(record.text), record.title.map { unsafe String(decoding: $0, as: UTF8.self) })
        }
        name = documents.identifiers[document]
        self.text = text
        self.title = title.flatMap { $0.isEmpty ? nil : $0 }
        source = documents.source(of: document).isEmpty ? nil : documents.source(of: document)
        date = documents.date(of: document)
        language = Language(documents.language(of: document))
    }
}

/// Two texts and what they have in common: passages, and facts where somebody wrote the one anew from the other.
public struct Comparison: Sendable {
    public let a, b: ComparedText
    public let overlap: PassageOverlap
    public let facts: FactOverlap

    /// - Parameter background: one for all comparisons of a process.
    public init(_ a: ComparedText, _ b: ComparedText, background: Background = .standard) {
        (self.a, self.b) = (a, b)
        overlap = PassageOverlap(a.text, b.text)
        facts = FactOverlap(
            a.text, b.text, declared: a.language == b.language ? a.language : nil, background: background)
    }
}

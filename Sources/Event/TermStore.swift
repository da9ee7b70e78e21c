/// The terms of all documents: one piece of memory for each slab of documents, in which the dump's frequencies turn
/// counts into weights where they stand. A million documents hold a hundred million terms, so nothing is there twice
/// and no document has an array of its own. 8 bytes a term.
public final class TermStore: @unchecked Sendable {
    /// Of documents: what a worker fills at a time.
    public static let slab = 256

    struct Term {
        let key: UInt32
        private let bits: UInt32

        init(_ term: TermBag.Term) {
            key = term.key
            bits = UInt32(term.count) << 16 | UInt32(term.rarity)
        }

        init(key: UInt32, weight: Float) {
            self.key = key
            bits = weight.bitPattern
        }

        /// As in `TermBag.Term`, before the term is weighed.
        var count: UInt16 { UInt16(bits >> 16) }
        var rarity: UInt16 { UInt16(truncatingIfNeeded: bits) }
        /// After.
        var weight: Float { Float(bitPattern: bits) }
    }

    /// What is known of a document besides its terms.
    struct Header {
        var language: Language
        var hasBackground: Bool
        var day: Double?
        /// Where its terms end in its slab.
        var end: Int
    }

    public let count: Int
    private let slabs: UnsafeMutableBufferPointer<UnsafeMutableBufferPointer<Term>>
    private let headers: UnsafeMutableBufferPointer<Header>

    /// - Parameter count: of documents; without terms until their slab is filled.
    public init(count: Int) {
        self.count = count
        slabs = .allocate(capacity: (count + Self.slab - 1) / Self.slab)
        slabs.initialize(repeating: UnsafeMutableBufferPointer(start: nil, count: 0))
        headers = .allocate(capacity: count)
        headers.initialize(repeating: Header(language: .undetermined, hasBackground: false, day: nil, end: 0))
    }

    deinit {
        for slab in slabs { slab.deallocate() }
        slabs.deallocate()
        headers.deallocate()
    }

    public convenience init(_ documents: [EventDocument]) {
        self.init(count: documents.count)
        for slab in 0..<slabCount { fill(slab, with: Array(documents[self.documents(of: slab)])) }
    }

    public var slabCount: Int { slabs.count }

    public func documents(of slab: Int) -> Range<Int> { slab * Self.slab..<min((slab + 1) * Self.slab, count) }

    /// Different slabs may be filled at the same time, each once.
    public func fill(_ slab: Int, with documents: [EventDocument]) {
        let terms = UnsafeMutableBufferPointer<Term>.allocate(
            capacity: documents.reduce(0) { $0 + $1.terms.terms.count })
        var end = 0
        for (number, document) in zip(self.documents(of: slab), documents) {
            for term in document.terms.terms {
                terms.initializeElement(at: end, to: Term(term))
                end += 1
            }
            headers[number] = Header(
                language: document.terms.language, hasBackground: document.terms.hasBackground, day: document.day,
                end: end)
        }
        slabs[slab] = terms
    }

    func header(_ document: Int) -> Header { headers[document] }

    /// Ascending by key.
    subscript(document: Int) -> UnsafeBufferPointer<Term> {
        let start = document % Self.slab == 0 ? 0 : headers[document - 1].end
        return UnsafeBufferPointer(rebasing: slabs[document / Self.slab][start..<headers[document].end])
    }

    /// Lets `body` replace the terms of each document of a slab by as many or fewer: it gets the old ones and a place
    /// for the new ones, which may overlap, and returns their number.
    func rewrite(_ slab: Int, _ body: (Header, UnsafeBufferPointer<Term>, UnsafeMutablePointer<Term>) -> Int) {
        guard let terms = slabs[slab].baseAddress else { return }
        var (start, end) = (0, 0)
        for document in documents(of: slab) {
            let old = UnsafeBufferPointer(rebasing: slabs[slab][start..<headers[document].end])
            start = headers[document].end
            end += body(headers[document], old, terms + end)
            headers[document].end = end
        }
    }
}

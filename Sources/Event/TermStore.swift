public import Background
import CDedupKernels

/// The terms of all documents: one piece of memory for each slab of documents, in which the dump's frequencies turn
/// counts into weights where they stand. A million documents hold a hundred million terms, so nothing is there twice
/// and no document has an array of its own. 8 bytes a term.
public final class TermStore: @unchecked Sendable {
    /// Of documents: what a worker fills at a time.
    public static let slab = 256

    struct Term {
        let key: UInt32
        private let first: UInt16
        private var second: UInt16

        init(_ term: TermBag.Term) { (key, first, second) = (term.key, term.count, term.centibels) }

        init(key: UInt32, weight: Double, isIndexed: Bool) {
            (self.key, first, second) = (key, UInt16((weight * Self.unit).rounded()), 0)
            self.isIndexed = isIndexed && self.weight > 0
        }

        /// As in `TermBag.Term`, before the term is weighed.
        var count: UInt16 { first }
        var centibels: UInt16 { second }

        /// Weights are integers, so that no order of summation shows in a product of vectors.
        static let unit = 65_535.0
        /// After, 0–1 in units of 1/`unit`.
        var weight: UInt16 { first }
        /// Whether the document is found by it, so that others of its language have it too.
        var isIndexed: Bool {
            get { second != 0 }
            set { second = newValue ? 1 : 0 }
        }
        /// Ascends with the weight, then descends with the key.
        var rank: UInt64 { UInt64(weight) << 32 | UInt64(~key) }
    }

    /// What is known of a document besides its terms.
    struct Header {
        var language: Language
        var hasBackground: Bool
        var day: Double?
        var length = 0
        var weekdays: Weekdays = []
        /// Of its vector before it was made 1.
        var norm: Float = 0
    }

    public let count: Int
    private let slabs: UnsafeMutableBufferPointer<UnsafeMutableBufferPointer<Term>>
    private let headers: UnsafeMutableBufferPointer<Header>
    /// By document and one: where the terms of the document end in its slab.
    private let ends: UnsafeMutablePointer<UInt32>

    /// - Parameter count: of documents; without terms until their slab is filled.
    public init(count: Int) {
        self.count = count
        slabs = .allocate(capacity: (count + Self.slab - 1) / Self.slab)
        slabs.initialize(repeating: UnsafeMutableBufferPointer(start: nil, count: 0))
        headers = .allocate(capacity: count)
        headers.initialize(repeating: Header(language: .undetermined, hasBackground: false, day: nil))
        ends = .allocate(capacity: count + 1)
        ends.initialize(repeating: 0, count: count + 1)
    }

    deinit {
        for slab in slabs { slab.deallocate() }
        slabs.deallocate()
        headers.deallocate()
        ends.deallocate()
    }

    public convenience init(_ documents: [EventDocument]) {
        self.init(count: documents.count)
        for slab in 0..<slabCount { fill(slab, with: Array(documents[self.documents(of: slab)])) }
    }

    public var slabCount: Int { slabs.count }

    public func documents(of slab: Int) -> Range<Int> { slab * Self.slab..<min((slab + 1) * Self.slab, count) }

    /// Different slabs may be filled at the same time, each once.
    public func fill(_ slab: Int, with documents: [EventDocument]) {
        fill(slab, documents.map { $0.terms.terms.map(Term.init) })
        for (number, document) in zip(self.documents(of: slab), documents) {
            headers[number].language = document.terms.language
            headers[number].hasBackground = document.terms.hasBackground
            headers[number].day = document.day
            headers[number].length = document.terms.length
            headers[number].weekdays = document.terms.weekdays
        }
    }

    /// - Parameter documents: of each its terms, ascending by key.
    func fill(_ slab: Int, _ documents: [[Term]]) {
        let terms = UnsafeMutableBufferPointer<Term>.allocate(capacity: documents.reduce(0) { $0 + $1.count })
        _ = terms.initialize(from: documents.joined())
        slabs[slab] = terms
        var end = 0
        for (number, document) in zip(self.documents(of: slab), documents) {
            end += document.count
            ends[number + 1] = UInt32(end)
        }
    }

    func header(_ document: Int) -> Header { headers[document] }

    /// Ascending by key.
    subscript(document: Int) -> UnsafeBufferPointer<Term> { UnsafeBufferPointer(terms(of: document)) }

    @inline(__always)
    private func terms(of document: Int) -> UnsafeMutableBufferPointer<Term> {
        let start = document % Self.slab == 0 ? 0 : Int(ends[document])
        return UnsafeMutableBufferPointer(
            start: slabs[document / Self.slab].baseAddress.map { $0 + start }, count: Int(ends[document + 1]) - start)
    }

    /// Asks for the terms of a document that will be read soon.
    func prefetch(_ document: Int) {
        let terms = UnsafeRawBufferPointer(terms(of: document))
        for offset in stride(from: 0, to: terms.count, by: 64) { ddk_prefetch(terms.baseAddress! + offset) }
    }

    /// Lets `body` weigh the terms of each document of a slab, and tell the norm that they had.
    func weigh(_ slab: Int, _ body: (_ document: Int, UnsafeMutableBufferPointer<Term>) -> Float) {
        for document in documents(of: slab) { headers[document].norm = body(document, terms(of: document)) }
    }
}

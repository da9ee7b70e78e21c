import Background

/// The terms of all documents, before they are weighed: an array for each slab of documents. A million documents hold a
/// hundred million terms, so nothing is there twice and no document has an array of its own. 8 bytes a term.
public struct TermStore: ~Copyable {
    /// What is known of a document besides its terms.
    struct Header: Sendable {
        var language = Language.undetermined
        var hasBackground = false
        var day: Double?
        var length = 0
        var weekdays: Weekdays = []
        var isForm = false
        /// Of its vector before it was made 1.
        var norm: Float = 0
        /// Of the lead's part of its vector.
        var leadNorm: Float = 0
        /// Of one more than `length`; of vectors only.
        var logLength = 0.0
    }

    var headers: [Header]
    var slabs: [[Term]]
    /// By document and one: where its terms end in its slab.
    var ends: [UInt32]

    /// - Parameter slabs: of the documents in their order; all but the last of `TermSlab.size`.
    public init(_ slabs: [TermSlab]) {
        precondition(slabs.dropLast().allSatisfy { $0.headers.count == TermSlab.size }, "a slab that is not full")
        headers = slabs.flatMap(\.headers)
        ends = [0] + slabs.flatMap(\.ends)
        self.slabs = slabs.map(\.terms)
        precondition(count <= Int32.max, "more documents than 31 bits can count")
    }

    /// - Parameters: as they are here.
    init(headers: [Header], slabs: [[Term]], ends: [UInt32]) {
        (self.headers, self.slabs, self.ends) = (headers, slabs, ends)
        precondition(count <= Int32.max, "more documents than 31 bits can count")
    }

    public init(_ documents: [EventDocument]) {
        self.init(TermSlab.ranges(of: documents.count).map { TermSlab(Array(documents[$0])) })
    }

    /// Of documents.
    public var count: Int { headers.count }
}

/// The terms of some documents in a row: what a worker gathers at a time.
public struct TermSlab: Sendable {
    /// Of documents.
    public static let size = 256

    fileprivate var headers: [TermStore.Header] = []
    fileprivate var terms: [Term] = []
    /// Of each document.
    fileprivate var ends: [UInt32] = []

    public init(_ documents: [EventDocument]) {
        terms.reserveCapacity(documents.reduce(0) { $0 + $1.terms.terms.count })
        for document in documents { append(TermStore.Header(document), document.terms.terms) }
    }

    /// - Parameter terms: ascending by key.
    mutating func append(_ header: TermStore.Header, _ terms: [Term]) {
        headers.append(header)
        self.terms += terms
        ends.append(UInt32(self.terms.count))
    }

    /// The documents of each slab, of so many in all.
    public static func ranges(of count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }
}

extension TermStore.Header {
    init(_ document: EventDocument) {
        let bag = document.terms
        self.init(
            language: bag.language, hasBackground: bag.hasBackground, day: document.day, length: bag.length,
            weekdays: bag.weekdays, isForm: bag.isForm)
    }
}

extension [[Term]] {
    /// Lends the terms of a document, ascending by key.
    ///
    /// - Parameter ends: as in `TermStore`.
    @inline(__always)
    func withTerms<Result>(
        of document: Int, _ ends: [UInt32], _ body: (UnsafeBufferPointer<Term>) -> Result
    ) -> Result {
        let start = document % TermSlab.size == 0 ? 0 : Int(ends[document])
        return self[document / TermSlab.size].withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[start..<Int(ends[document + 1])]))
        }
    }
}

import Workers

/// An inverted index over each document's heaviest terms, of those that at least two documents have and not too many.
///
/// Two reports of one event share several of their rarest words; a word that a thousand documents have tells a topic.
/// So a document meets at most `terms` · `longest` others of its language, however large the dump.
struct HeavyTermIndex: Sendable {
    struct Posting {
        var key: UInt32
        /// Negative in a free slot.
        var document: Int32
        var weight: Float
    }

    /// `terms` slots a document.
    private let slots: [Posting]
    private let terms: Int
    /// Ascending by key, then document.
    private let postings: [Posting]
    /// Where the postings start whose key has the given upper 16 bits; one more for the end.
    private let directory: [Int]

    init(
        _ vectors: TermVectors, bags: [TermBag], frequencies: DocumentFrequencies, terms: Int, longest: Int,
        workers: Workers
    ) {
        let size = vectors.count * terms
        slots = Array(unsafeUninitializedCapacity: size) { buffer, count in
            nonisolated(unsafe) let buffer = buffer
            buffer.initialize(repeating: Posting(key: 0, document: -1, weight: 0))
            workers.forEach(vectors.count) { document, _ in
                let language = bags[document].language
                let heaviest = vectors[document].map { weightRank($0.weight, $0.key) }.sorted(by: >).lazy
                    .map { TermVectors.Entry(rank: $0) }
                    .filter { $0.weight > 0 && (2...longest).contains(Int(frequencies[language, $0.key])) }
                    .prefix(terms)
                for (slot, entry) in zip((document * terms)..., heaviest) {
                    buffer[slot] = Posting(key: entry.key, document: Int32(document), weight: entry.weight)
                }
            }
            count = size
        }
        self.terms = terms
        // Slots come in ascending order of documents, so within a key they stay so.
        postings = radixSorted(slots.filter { $0.document >= 0 }, by: \.key)
        var directory = Array(repeating: 0, count: 1 << 16 + 1)
        for posting in postings { directory[Int(posting.key >> 16) + 1] += 1 }
        for index in 1..<directory.count { directory[index] += directory[index - 1] }
        self.directory = directory
    }

    /// Calls `body` with each earlier document that shares an indexed term with this one, once a shared term, and the
    /// product of the two weights.
    func forEachMeeting(_ document: Int, _ body: (Int, Float) -> Void) {
        for own in slots[document * terms..<(document + 1) * terms] where own.document >= 0 {
            var at = start(of: own.key)
            while postings[at].key == own.key, postings[at].document < own.document {
                body(Int(postings[at].document), own.weight * postings[at].weight)
                at += 1
            }
        }
    }

    private func start(of key: UInt32) -> Int {
        var (low, high) = (directory[Int(key >> 16)], directory[Int(key >> 16) + 1])
        while low < high {
            let middle = (low + high) / 2
            if postings[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

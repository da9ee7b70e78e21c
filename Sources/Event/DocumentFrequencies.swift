public import Background
import Workers

/// In how many documents of a language a term is.
final class DocumentFrequencies: @unchecked Sendable {
    /// Of one language. A part has a range of the terms.
    final class Counts {
        fileprivate(set) var documents = 0
        fileprivate var parts: UnsafeMutableBufferPointer<CountTable>

        fileprivate init(parts count: Int) {
            parts = .allocate(capacity: count)
            for part in 0..<count { parts.initializeElement(at: part, to: CountTable()) }
        }

        deinit {
            parts.deinitialize()
            parts.deallocate()
        }

        func prefetch(_ term: UInt32) { parts[DocumentFrequencies.part(term, of: parts.count)].prefetch(term) }

        subscript(term: UInt32) -> UInt32 { parts[DocumentFrequencies.part(term, of: parts.count)][term] }
    }

    private var languages: [Language: Counts] = [:]

    init(_ store: TermStore, workers: Workers) {
        let parts = workers.count
        for document in 0..<store.count {
            let language = store.header(document).language
            let counts = languages[language] ?? Counts(parts: parts)
            counts.documents += 1
            languages[language] = counts
        }
        // Each worker reads all documents and counts its own share of the terms: no locks, nothing to merge.
        workers.forEach(parts) { part, _ in
            for document in 0..<store.count {
                let counts = self[store.header(document).language]
                let terms = store[document].lazy.filter { Self.part($0.key, of: parts) == part }
                for term in terms { counts.parts[part].prefetch(term.key) }
                for term in terms { counts.parts[part].add(term.key) }
            }
        }
    }

    /// - Parameter language: of a document that was counted.
    subscript(language: Language) -> Counts { languages[language]! }

    private static func part(_ term: UInt32, of count: Int) -> Int { (Int(term) * count) >> 32 }
}

import Background
import CDedupKernels
import Tables
import Workers

/// In how many documents of a language a term is.
struct DocumentFrequencies: Sendable {
    /// Of one language.
    struct Counts: Sendable {
        fileprivate(set) var documents = 0
        /// Each has a range of the terms.
        fileprivate var parts: [KeyTable]

        /// Of counts in one part.
        fileprivate mutating func add(_ terms: UnsafeBufferPointer<Term>, _ asked: AskedTerms) {
            documents += 1
            for term in terms where asked.contains(term.key) { parts[0].update(term.key) { $0 += 1 } }
        }

        /// Calls `body` with each place in `terms`, which ascend by key, and in how many documents that term is.
        @inline(__always)
        func forEach(of terms: UnsafeMutableBufferPointer<Term>, _ body: (_ place: Int, _ documents: UInt32) -> Void) {
            for (part, table) in parts.enumerated() {
                let own = Parts(count: parts.count)[part, of: UnsafeBufferPointer(terms)]
                for place in own { table.prefetch(terms[place].key) }
                for place in own { body(place, table[terms[place].key]) }
            }
        }
    }

    private var languages: [Language: Counts] = [:]

    /// Of no document yet.
    init() {}

    /// Counts the terms of one more document that are asked for.
    mutating func add(_ terms: UnsafeBufferPointer<Term>, _ language: Language, _ asked: AskedTerms = .all) {
        languages[language, default: Counts(parts: [KeyTable(capacity: 512)])].add(terms, asked)
    }

    init(_ store: borrowing TermStore, workers: Workers) {
        let (headers, slabs, ends) = (store.headers, store.slabs, store.ends), parts = Parts(count: workers.count)
        // Each worker reads all documents and counts its own share of the terms: no locks, nothing to merge.
        let tables = workers.map(parts.count) { part in
            var tables: [Language: KeyTable] = [:]
            for (document, header) in headers.enumerated() {
                if document & 1023 == 0, workers.isStopped() { break }
                slabs.withTerms(of: document, ends) { terms in
                    tables[header.language, default: KeyTable(capacity: 512)].add(terms, parts[part, of: terms])
                }
            }
            return tables
        }
        for header in headers {
            let language = header.language
            languages[language, default: Counts(parts: tables.map { $0[language] ?? KeyTable() })].documents += 1
        }
    }

    /// - Parameter language: of a document that was counted.
    subscript(language: Language) -> Counts { languages[language]! }
}

/// Ranges of keys, of equal size.
private struct Parts {
    let count: Int

    /// The places of terms that are in a part; they ascend by key.
    subscript(part: Int, of terms: UnsafeBufferPointer<Term>) -> Range<Int> {
        func place(_ part: Int) -> Int { terms.partitioningIndex { (Int($0.key) * count) >> 32 >= part } }
        return place(part)..<place(part + 1)
    }
}

extension KeyTable {
    fileprivate func prefetch(_ key: UInt32) { withAddress(of: key) { ddk_prefetch($0) } }

    fileprivate mutating func add(_ terms: UnsafeBufferPointer<Term>, _ own: Range<Int>) {
        for place in own { prefetch(terms[place].key) }
        for place in own { update(terms[place].key) { $0 += 1 } }
    }
}

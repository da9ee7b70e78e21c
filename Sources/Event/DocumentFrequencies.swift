import Workers

/// In how many documents of a language a term is.
struct DocumentFrequencies: Sendable {
    private let parts: [HashTable<UInt32>]
    private let languages: [Language: Int]

    init(_ store: TermStore, workers: Workers) {
        let count = workers.count
        parts = Array(unsafeUninitializedCapacity: count) { buffer, initialized in
            nonisolated(unsafe) let buffer = buffer
            // Each worker reads all documents and counts its own share of the terms: no locks, nothing to merge.
            workers.forEach(count) { part, _ in
                var table = HashTable<UInt32>(empty: 0)
                for document in 0..<store.count {
                    let language = store.header(document).language
                    for term in store[document] where Self.part(term.key, of: count) == part {
                        table.update(Self.key(language, term.key)) { $0 += 1 }
                    }
                }
                buffer.initializeElement(at: part, to: table)
            }
            initialized = count
        }
        languages = (0..<store.count).reduce(into: [:]) { $0[store.header($1).language, default: 0] += 1 }
    }

    func documents(_ language: Language) -> Int { languages[language] ?? 0 }

    subscript(language: Language, term: UInt32) -> UInt32 {
        parts[Self.part(term, of: parts.count)][Self.key(language, term)]
    }

    private static func part(_ term: UInt32, of count: Int) -> Int { (Int(term) * count) >> 32 }

    private static func key(_ language: Language, _ term: UInt32) -> UInt64 {
        (language.code &* 0xD6E8_FEB8_6659_FD93) << 32 ^ language.code << 33 ^ UInt64(term)
    }
}

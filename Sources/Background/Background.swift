import CBackground
import Synchronization
import Tables

/// General word frequencies of eleven languages (see Sources/CBackground/README.md for the source and its licence).
///
/// A language's table is built when its first document comes; safe to use from any number of threads.
@safe
public final class Background: Sendable {
    /// From a word's UTF-8 bytes to the hash that the tokeniser gives that word.
    public typealias TokenHash = @Sendable (UnsafeBufferPointer<UInt8>) -> UInt64

    private let hash: TokenHash
    private let languages: [Language]
    private let tables: Mutex<[FrequencyTable?]>

    /// By token: a bit for each language that has it among its commonest.
    private let common: PackedTable

    private static let commonTerms = 200
    /// A text may be in a language if this share of its tokens is among the language's commonest. English news has
    /// half of its tokens there, Arabic, which writes small words onto the next, a quarter …
    private static let leastCommon = 0.1
    /// … and is, at this share of enough tokens …
    private static let certainlyCommon = 0.25
    /// … or if its table has this share of all tokens. It has .6 of nearly every text in Arabic and more in other
    /// languages; of Hausa, Igbo or Lingala, which share small words with Italian and Portuguese, .3, seldom .4.
    private static let leastListed = 0.4
    /// The tokens that are looked at to tell a text's language: more where the first of them leave a doubt.
    private static let samples = [80, 300]

    public init(hash: @escaping TokenHash) {
        unsafe self.hash = hash
        let backgrounds = unsafe Self.backgrounds
        languages = unsafe backgrounds.map { unsafe Language(String(cString: $0.language))! }
        tables = Mutex(Array(repeating: nil, count: backgrounds.count))
        var common = PackedTable(capacity: Self.commonTerms * backgrounds.count)
        for index in backgrounds.indices {
            var terms = unsafe Terms(backgrounds[index])
            var words = 0
            while words < Self.commonTerms, let (term, _) = unsafe terms.next() {
                guard unsafe characters(term) < 2 else { continue }
                unsafe common.update(hash(term), from: 0) { $0 |= 1 << UInt16(index) }
                words += 1
            }
        }
        self.common = common
    }

    /// The language of a text: as declared if there is a table for it, else as its commonest words tell, else as
    /// declared, else undetermined.
    public func language(of tokens: UnsafeBufferPointer<UInt64>, declared: Language? = nil) -> Language {
        if let declared, languages.contains(declared) { return declared }
        return unsafe detect(tokens) ?? declared ?? .undetermined
    }

    /// nil for a language without a table.
    package func table(_ language: Language) -> FrequencyTable? {
        guard let index = languages.firstIndex(of: language) else { return nil }
        return tables.withLock { tables in
            if let table = tables[index] { return table }
            let table = unsafe FrequencyTable(Self.backgrounds[index], hash: hash)
            tables[index] = table
            return table
        }
    }

    private func detect(_ tokens: UnsafeBufferPointer<UInt64>) -> Language? {
        var hits = InlineArray<64, Int>(repeating: 0)
        var read = 0
        for sample in Self.samples {
            while read < min(sample, tokens.count) {
                var set = unsafe common.find(tokens[read]) ?? 0
                while set != 0 {
                    hits[set.trailingZeroBitCount] += 1
                    set &= set - 1
                }
                read += 1
            }
            let best = languages.indices.max { (hits[$0], -$0) < (hits[$1], -$1) }!
            let common = Double(hits[best]) / Double(max(read, 1))
            if read == sample && common >= Self.certainlyCommon { return languages[best] }
            guard sample == Self.samples.last || read == tokens.count else { continue }
            return unsafe common >= Self.leastCommon && isListed(tokens[..<read], in: languages[best])
                ? languages[best] : nil
        }
        return nil
    }

    private func isListed(_ tokens: Slice<UnsafeBufferPointer<UInt64>>, in language: Language) -> Bool {
        let table = table(language)!
        let listed = unsafe tokens.reduce(0) { $0 + (table.find($1) == nil ? 0 : 1) }
        return unsafe Double(listed) >= Self.leastListed * Double(tokens.count)
    }

    private static var backgrounds: UnsafeBufferPointer<dedup_background> {
        var count = 0
        let first = unsafe dedup_backgrounds(&count)
        return unsafe UnsafeBufferPointer(start: first, count: count)
    }
}

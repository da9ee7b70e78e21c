public import Background
import CDedupKernels
import Shingle
import Tables

/// A text as facts are looked for in it: words with their letter case, their place in the sentence, and how rare they
/// are. To be made once for a text that is compared with several.
public struct FactText: Sendable {
    enum LetterCase: Comparable { case none, lower, initial, capitals }

    let bytes: [UInt8]
    let hashes: [UInt64]
    let ranges: [Range<Int>]
    let cases: [LetterCase]
    /// Whether the case of the token's first letter says nothing, since a sentence starts with it.
    let startsSentence: [Bool]
    /// Of each token.
    let rarity: [Double]
    /// The distinct tokens, and the number of each token among them.
    let vocabulary: TokenNumbers
    let words: [Int32]
    /// nil for a language without frequencies.
    let rareTerms: RareTerms?
    // What a text says alone is found once for all that it is compared with.
    private(set) var capitals = Capitals()
    private(set) var days: [Day] = []
    private(set) var numbers: [PlacedNumber] = []
    private(set) var quotations = Quotations()

    /// Of a word in a language without frequencies: as rare as one in four hundred texts has it.
    static let rarityOfUnknown = 6.0

    /// - Parameter declared: the language, if known.
    /// - Complexity: O(*n*); some 150 bytes of memory a token.
    public init(_ text: some Collection<UInt8>, declared: Language? = nil, background: Background) {
        let bytes = Array(text)
        var shingler = Shingler()
        shingler.read(bytes.span, ranges: true)
        let hashes = unsafe Array(shingler.tokens), ranges = unsafe shingler.ranges.map { Int($0.start)..<Int($0.end) }
        (self.bytes, self.hashes, self.ranges) = (bytes, hashes, ranges)
        cases = ranges.map { letterCase(bytes[$0]) }
        startsSentence = ranges.indices.map { at in
            at == 0
                || endsSentence(
                    bytes[ranges[at - 1].upperBound..<max(ranges[at - 1].upperBound, ranges[at].lowerBound)])
        }
        var vocabulary = TokenNumbers(capacity: hashes.count / 2)
        words = hashes.map { Int32(vocabulary.insert($0)) }
        self.vocabulary = vocabulary
        let terms = unsafe hashes.withUnsafeBufferPointer {
            unsafe background.terms(of: $0, in: background.language(of: $0, declared: declared))
        }
        var rarity = [Double](repeating: Self.rarityOfUnknown, count: hashes.count)
        for term in terms ?? [] where term.tokens.count == 1 { rarity[term.tokens.lowerBound] = term.rarity }
        self.rarity = rarity
        rareTerms = terms.map { RareTerms($0) }
        capitals = Capitals(self)
        days = DayScanner(self).found
        numbers = NumberScanner(self).found
        quotations = Quotations(self)
    }

    var count: Int { hashes.count }

    /// What stands before a token.
    func gap(before token: Int) -> ArraySlice<UInt8> {
        let start = token == 0 ? 0 : ranges[token - 1].upperBound
        return bytes[start..<max(start, token == count ? bytes.count : ranges[token].lowerBound)]
    }

    func bytes(_ tokens: Range<Int>) -> Range<Int> {
        ranges[tokens.lowerBound].lowerBound..<ranges[tokens.upperBound - 1].upperBound
    }

    /// On one line, as it is written.
    func string(_ tokens: Range<Int>) -> String {
        unsafe bytes[bytes(tokens)].withUnsafeBufferPointer(oneLine)
    }
}

private func letterCase(_ word: ArraySlice<UInt8>) -> FactText.LetterCase {
    var upper = 0, lower = 0
    // Most letters are ASCII, and to decode others and look into the tables of Unicode takes ten times as long.
    if word.allSatisfy({ $0 < 0x80 }) {
        for byte in word {
            if byte &- 0x61 < 26 {
                if upper == 0 { return .lower }
                lower += 1
            } else if byte &- 0x41 < 26 {
                upper += 1
            }
        }
    } else {
        for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
            if scalar.properties.isLowercase {
                if upper == 0 { return .lower }
                lower += 1
            } else if scalar.properties.isUppercase {
                upper += 1
            }
        }
    }
    if upper == 0 { return .none }
    return lower == 0 && upper > 1 ? .capitals : .initial
}

/// Whether the word after these marks starts a sentence, a quotation or a line.
private func endsSentence(_ gap: ArraySlice<UInt8>) -> Bool {
    gap.count > 1
        && String(decoding: gap, as: UTF8.self).unicodeScalars.contains {
            ".!?:;\n\"“„«»「『。！？…•·–—|(".unicodeScalars.contains($0)
        }
        || gap.contains(0x0a)
}

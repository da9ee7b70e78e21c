internal import CDedupKernels
import Tables

/// Text to tokens to shingles, with memory that is used again for each text: one for each thread.
///
/// A token is a run of letters and digits, or one letter of a script without spaces (Han, kana, Thai, …), after
/// Unicode NFKC and case folding. What Unicode does not know, or leaves to others, is taken for letters. Character
/// references, tags, and words parted at line ends are read as what they mean (decision 015). A shingle is the hash of `width` tokens in a row; a shorter text is one shingle.
///
///     var shingler = Shingler(width: 3)
///     shingler.read("The minister called his counterpart.")
///     shingler.tokenCount                  // 5
///     shingler.withShingles { $0.count }   // 3
///
/// Hashes are lent to a closure, which cannot keep them, and while it runs nothing else can be read.
public struct Shingler: ~Copyable {
    /// Tokens in a shingle.
    public let width: Int
    /// Tokens of the text.
    public internal(set) var tokenCount = 0
    /// Whether more letters of the text are lost than are there: U+FFFD, bytes that are no UTF-8, and words of question
    /// marks. What is left of two such texts says nothing of whether they are the same.
    public internal(set) var isIllegible = false

    var tokenHashes = Scratch<UInt64>(capacity: 4096)
    var tokenRanges = Scratch<ddk_range>(capacity: 0)
    var hasRanges = false
    var exactFingerprint: Fingerprint?
    var shingleHashes = Scratch<UInt64>(capacity: 4096)
    var sampled = Scratch<UInt32>(capacity: 4096)
    private var sorting = Scratch<UInt64>(capacity: 0)
    private var padded = Scratch<UInt8>(capacity: 0)
    let kernel = ddk_active()

    /// - Parameter width: at least 1.
    public init(width: Int = 5) {
        precondition(width >= 1, "a shingle has at least one token")
        self.width = width
    }

    /// Tokenises UTF-8, which is copied. O(length).
    ///
    /// - Parameters:
    ///   - text: less than 4 GB of any bytes; those that are no UTF-8 are letters of their own.
    ///   - ranges: whether `byteRange(of:)` will be asked for.
    public mutating func read(_ text: Span<UInt8>, ranges: Bool = false) {
        padded.reserve(text.count + Self.padding)
        text.withUnsafeBufferPointer { text in
            if let start = text.baseAddress { padded.base.update(from: start, count: text.count) }
        }
        (padded.base + text.count).initialize(repeating: 0, count: Self.padding)
        read(padded: UnsafeBufferPointer(start: padded.base, count: text.count), ranges: ranges, fingerprint: true)
    }

    /// Tokenises a string.
    public mutating func read(_ text: String, ranges: Bool = false) { read(text.utf8Span.span, ranges: ranges) }

    /// Where a token stands in the text as it was given, in bytes; `read` must have been told that it is wanted.
    public func byteRange(of token: Int) -> Range<Int> {
        precondition(hasRanges, "the text was read without ranges")
        precondition(token >= 0 && token < tokenCount, "no token \(token) in \(tokenCount)")
        let range = tokenRanges.base[token]
        return Int(range.start)..<Int(range.end)
    }

    /// Lends the hash of each token, in order.
    public func withTokens<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt64>) throws(Failure) -> Result
    ) throws(Failure) -> Result { try body(tokens.span) }

    /// Number of shingles of the text, repeats included: `tokenCount - width + 1`, 1 for a shorter text, 0 for none.
    public var shingleCount: Int { tokenCount == 0 ? 0 : max(1, tokenCount - width + 1) }

    /// Lends the hash of each shingle, in order, repeats included. O(tokens).
    public mutating func withShingles<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt64>) throws(Failure) -> Result
    ) throws(Failure) -> Result { try body(shingles().span) }

    /// The distinct shingles of the text. Expected O(tokens).
    public mutating func shingleSet() -> ShingleSet {
        let count = shingles().count
        sorting.reserve(count)
        let distinct = ddk_sort_unique(shingleHashes.base, count, sorting.base)
        return ShingleSet(ascending: Array(UnsafeBufferPointer(start: shingleHashes.base, count: distinct)))
    }

    /// 128 bits of XXH3 over the tokens of the text as it stands, and as many over its marks: symbols, and the signs and
    /// punctuation of numbers. Texts that differ in case, white space and other punctuation only have the same.
    public var fingerprint: Fingerprint {
        guard let exactFingerprint else { preconditionFailure("the text was read without its fingerprint") }
        return exactFingerprint
    }
}

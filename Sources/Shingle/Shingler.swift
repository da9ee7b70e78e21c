public import CDedupKernels
import Tables

/// Text to tokens to shingles, with scratch memory that is used again for each text: one for each thread.
///
/// A token is a run of letters and digits, or one letter of a script without spaces (Han, kana, Thai, …), after
/// Unicode NFKC and case folding. A shingle is the hash of `width` tokens in a row; a shorter text is one shingle.
///
///     let shingler = Shingler(width: 3)
///     shingler.read("The minister called his counterpart.")
///     shingler.tokens.count      // 5
///     shingler.shingles().count  // 3
///
/// The views it hands out are valid until the next call of `read`.
public final class Shingler {
    /// Tokens in a shingle.
    public let width: Int

    private var tokenHashes = Scratch<UInt64>(capacity: 4096)
    private var tokenRanges = Scratch<ddk_range>(capacity: 0)
    private var shingleHashes = Scratch<UInt64>(capacity: 4096)
    private var sampled = Scratch<UInt32>(capacity: 4096)
    private var sorting = Scratch<UInt64>(capacity: 4096)
    private var padded = Scratch<UInt8>(capacity: 4096)
    private var tokenCount = 0
    private let kernel = ddk_active()

    public init(width: Int = 5) {
        precondition(width >= 1, "a shingle has at least one token")
        self.width = width
    }

    /// Bytes that must be readable behind a text given as a pointer; their value does not matter.
    public static let padding = Int(DDK_PADDING)

    /// Tokenises UTF-8. O(length).
    ///
    /// - Parameters:
    ///   - text: at most 4 GB; any bytes, those that are no UTF-8 separate tokens;
    ///     `Shingler.padding` bytes behind it must be readable.
    ///   - ranges: whether `tokenRanges` is wanted.
    public func read(_ text: UnsafeBufferPointer<UInt8>, ranges: Bool = false) {
        guard let start = text.baseAddress, !text.isEmpty else { return tokenCount = 0 }
        precondition(text.count <= UInt32.max, "a text of more than 4 GB")
        var room = max(tokenHashes.capacity, text.count / 4)
        while true {
            tokenHashes.reserve(room)
            if ranges { tokenRanges.reserve(tokenHashes.capacity) }
            let count = kernel.pointee.tokenise(
                start, text.count, tokenHashes.base, ranges ? tokenRanges.base : nil, tokenHashes.capacity)
            if count >= 0 { return tokenCount = count }  // DDK_NO_ROOM is −1 as an Int
            room = tokenHashes.capacity * 2
        }
    }

    /// Tokenises a string, which is copied.
    public func read(_ text: String, ranges: Bool = false) {
        var text = text
        text.withUTF8 { utf8 in
            padded.reserve(utf8.count + Self.padding)
            if let start = utf8.baseAddress { padded.base.update(from: start, count: utf8.count) }
            (padded.base + utf8.count).initialize(repeating: 0, count: Self.padding)
            read(UnsafeBufferPointer(start: padded.base, count: utf8.count), ranges: ranges)
        }
    }

    /// Hash of each token of the text, in order.
    public var tokens: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: tokenHashes.base, count: tokenCount) }

    /// Byte range of each token in the text as it was given, if `read` was asked for it.
    public var ranges: UnsafeBufferPointer<ddk_range> {
        UnsafeBufferPointer(start: tokenRanges.base, count: min(tokenCount, tokenRanges.capacity))
    }

    /// Number of shingles of the text, repeats included: `tokens - width + 1`, 1 for a shorter text, 0 for none.
    public var shingleCount: Int { tokenCount == 0 ? 0 : max(1, tokenCount - width + 1) }

    /// Hash of each shingle of the text, in order, repeats included. O(tokens).
    public func shingles() -> UnsafeMutableBufferPointer<UInt64> {
        let count = shingleCount
        shingleHashes.reserve(count)
        if count > 0 {
            kernel.pointee.shingle(tokenHashes.base, tokenCount, min(width, tokenCount), shingleHashes.base)
        }
        return UnsafeMutableBufferPointer(start: shingleHashes.base, count: count)
    }

    /// Hash of each run of another number of tokens, at least one and at most those of the text. O(tokens).
    ///
    /// Takes the place of `shingles()`: valid until the next call of either.
    public func shingles(width: Int) -> UnsafeBufferPointer<UInt64> {
        precondition(width >= 1 && width <= tokenCount, "no shingle of \(width) tokens in \(tokenCount)")
        let count = tokenCount - width + 1
        shingleHashes.reserve(count)
        kernel.pointee.shingle(tokenHashes.base, tokenCount, width, shingleHashes.base)
        return UnsafeBufferPointer(start: shingleHashes.base, count: count)
    }

    /// Lower halves of those hashes of runs of `width` tokens that are below a bound, in order, repeats included.
    /// O(tokens); valid until the next call of it.
    public func sample(width: Int, below bound: UInt64) -> UnsafeBufferPointer<UInt32> {
        precondition(width >= 1 && width <= tokenCount, "no shingle of \(width) tokens in \(tokenCount)")
        sampled.reserve(tokenCount - width + 2)
        let count = kernel.pointee.sample(tokenHashes.base, tokenCount, width, bound, sampled.base)
        return UnsafeBufferPointer(start: sampled.base, count: count)
    }

    /// The distinct shingles of the text, ascending. Expected O(shingles).
    public func sortedShingles() -> UnsafeBufferPointer<UInt64> {
        let all = shingles()
        sorting.reserve(all.count)
        let count = ddk_sort_unique(all.baseAddress!, all.count, sorting.base)
        return UnsafeBufferPointer(start: shingleHashes.base, count: count)
    }

    /// 128 bits of XXH3 over the tokens: texts that differ in case, punctuation or white space only have the same.
    public var fingerprint: Fingerprint {
        let hash = kernel.pointee.fingerprint(tokenHashes.base, tokenCount)
        return Fingerprint(low: hash.low, high: hash.high)
    }
}

/// Hash of a single word, the same as it gets inside a text; nil where it is not exactly one token. Allocates nothing.
public func tokenHash(_ word: UnsafeBufferPointer<UInt8>) -> UInt64? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: word.count + Shingler.padding) { padded in
        padded.initialize(repeating: 0)
        _ = padded.update(fromContentsOf: word)
        var hashes: (UInt64, UInt64) = (0, 0)
        let count = withUnsafeMutableBytes(of: &hashes) {
            ddk_active().pointee.tokenise(
                padded.baseAddress, word.count, $0.baseAddress!.assumingMemoryBound(to: UInt64.self), nil, 2)
        }
        return count == 1 ? hashes.0 : nil
    }
}

/// 64 bits of XXH3 over bytes.
public func byteHash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
    ddk_hash_bytes(bytes.baseAddress, bytes.count, seed)
}

/// Identity of a token stream.
public struct Fingerprint: Hashable, Sendable, BitwiseCopyable {
    public var low, high: UInt64
    @inlinable public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

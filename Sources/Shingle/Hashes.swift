internal import CDedupKernels

/// Hash of a single word, the same as it gets inside a text; nil where it is not exactly one token. Allocates nothing.
public func tokenHash(_ word: Span<UInt8>) -> UInt64? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: word.count + Shingler.padding) { padded in
        padded.initialize(repeating: 0)
        word.withUnsafeBufferPointer { _ = padded.update(fromContentsOf: $0) }
        var hashes: (UInt64, UInt64) = (0, 0)
        let count = withUnsafeMutableBytes(of: &hashes) {
            ddk_active().pointee.tokenise(
                padded.baseAddress, word.count, $0.baseAddress!.assumingMemoryBound(to: UInt64.self), nil, nil,
                2)
        }
        return count == 1 ? hashes.0 : nil
    }
}

/// Hash of a single word, the same as it gets inside a text; nil where it is not exactly one token.
///
///     tokenHash("MINISTER") == tokenHash("minister")   // true
///     tokenHash("two words") == nil                    // true
public func tokenHash(_ word: String) -> UInt64? { tokenHash(word.utf8Span.span) }

/// 64 bits of XXH3 over bytes.
public func byteHash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBufferPointer { ddk_hash_bytes($0.baseAddress, $0.count, seed) }
}

/// Identity of a text's tokens and marks: equal ones, equal fingerprints, and two different ones share one once in 2¹²⁸
/// pairs.
public struct Fingerprint: Hashable, Sendable, BitwiseCopyable {
    public var low, high: UInt64
    @inlinable public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

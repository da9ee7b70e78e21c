package import CDedupKernels

/// The same without a copy of the text and without closures, for the passes over all documents. The views are valid
/// until the next call of `read`.
extension Shingler {
    /// Bytes that must be readable behind a text given as a pointer; their value does not matter.
    package static let padding = Int(DDK_PADDING)

    /// Tokenises UTF-8 behind which `padding` bytes can be read. O(length).
    ///
    /// - Parameter marks: whether `fingerprint` or `isIllegible` will be asked for.
    package mutating func read(
        padded text: UnsafeBufferPointer<UInt8>, ranges: Bool = false, marks wanted: Bool = false
    ) {
        tokenCount = 0
        hasRanges = ranges
        marks = wanted ? ddk_marks() : nil
        isIllegible = false
        guard let start = text.baseAddress, !text.isEmpty else { return }
        precondition(text.count <= UInt32.max, "a text of more than 4 GB")
        var room = max(tokenHashes.capacity, text.count / 4), found = ddk_marks()
        while true {
            tokenHashes.reserve(room)
            if ranges { tokenRanges.reserve(tokenHashes.capacity) }
            let count = withUnsafeMutablePointer(to: &found) {
                kernel.pointee.tokenise(
                    start, text.count, tokenHashes.base, ranges ? tokenRanges.base : nil, wanted ? $0 : nil,
                    tokenHashes.capacity)
            }
            if count >= 0 {  // DDK_NO_ROOM is −1 as an Int
                tokenCount = count
                break
            }
            room = tokenHashes.capacity * 2
        }
        guard wanted else { return }
        marks = found
        isIllegible = found.lost > tokenCount / 2 && found.lost > Self.letters(in: text)
    }

    /// Letters and digits that are legible. Few texts have lost letters at all, so it is plain rather than fast.
    private static func letters(in text: UnsafeBufferPointer<UInt8>) -> Int {
        String(decoding: text, as: UTF8.self).unicodeScalars.count { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber:
                true
            default: false
            }
        }
    }

    /// Hash of each token, in order.
    package var tokens: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: tokenHashes.base, count: tokenCount) }

    /// Byte range of each token; empty if `read` was not told that they are wanted.
    package var ranges: UnsafeBufferPointer<ddk_range> {
        UnsafeBufferPointer(start: tokenRanges.base, count: hasRanges ? tokenCount : 0)
    }

    /// Hash of each shingle, in order, repeats included. O(tokens).
    package mutating func shingles() -> UnsafeBufferPointer<UInt64> {
        tokenCount == 0 ? UnsafeBufferPointer(start: nil, count: 0) : shingles(width: min(width, tokenCount))
    }

    /// Hash of each run of another number of tokens, at least one and at most those of the text. O(tokens).
    ///
    /// Takes the place of `shingles()`: valid until the next call of either.
    package mutating func shingles(width: Int) -> UnsafeBufferPointer<UInt64> {
        precondition(width >= 1 && width <= tokenCount, "no shingle of \(width) tokens in \(tokenCount)")
        let count = tokenCount - width + 1
        shingleHashes.reserve(count)
        kernel.pointee.shingle(tokenHashes.base, tokenCount, width, shingleHashes.base)
        return UnsafeBufferPointer(start: shingleHashes.base, count: count)
    }

    /// Lower halves of those hashes of runs of `width` tokens that are below a bound, in order, repeats included.
    /// O(tokens); valid until the next call of it.
    package mutating func sample(width: Int, below bound: UInt64) -> UnsafeBufferPointer<UInt32> {
        precondition(width >= 1 && width <= tokenCount, "no shingle of \(width) tokens in \(tokenCount)")
        sampled.reserve(tokenCount - width + 2)
        let count = kernel.pointee.sample(tokenHashes.base, tokenCount, width, bound, sampled.base)
        return UnsafeBufferPointer(start: sampled.base, count: count)
    }
}

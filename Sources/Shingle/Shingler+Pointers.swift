package import CDedupKernels

/// The same without a copy of the text and without closures, for the passes over all documents. The views are valid
/// until the next call of `read`.
extension Shingler {
    /// Bytes that must be readable behind a text given as a pointer; their value does not matter.
    package static let padding = Int(DDK_PADDING)

    /// Tokenises UTF-8 behind which `padding` bytes can be read. O(length).
    ///
    /// - Parameter fingerprint: whether `fingerprint` or `isIllegible` will be asked for.
    package mutating func read(
        padded text: UnsafeBufferPointer<UInt8>, ranges: Bool = false, fingerprint wanted: Bool = false
    ) {
        precondition(text.count <= UInt32.max, "a text of more than 4 GB")
        hasRanges = ranges
        let marks = tokenise(text)
        exactFingerprint = wanted ? fingerprint(marks) : nil
        isIllegible = marks.lost > tokenCount / 2 && wanted && marks.lost > Self.letters(in: text)
        if marks.is_veiled { readMeaning(of: text) }
    }

    private func fingerprint(_ marks: ddk_marks) -> Fingerprint {
        let hash = kernel.pointee.fingerprint(tokenHashes.base, tokenCount)
        return Fingerprint(low: hash.low ^ marks.hash.low, high: hash.high ^ marks.hash.high)
    }

    /// Tokenises what a text means, layer by layer: a reference may be escaped once more, and so may a tag.
    private mutating func readMeaning(of text: UnsafeBufferPointer<UInt8>) {
        let mostLayers = 4
        var layers: [PlainText] = [], isVeiled = true
        while isVeiled, layers.count < mostLayers,
            let layer = layers.isEmpty ? PlainText(text) : layers.last!.withBytes({ PlainText($0) })
        {
            isVeiled = layer.withBytes { tokenise($0).is_veiled }
            layers.append(layer)
        }
        guard hasRanges else { return }
        for token in 0..<tokenCount {
            let range = Int(tokenRanges.base[token].start)..<Int(tokenRanges.base[token].end)
            let source = layers.reversed().reduce(range) { $1.source(of: $0) }
            tokenRanges.base[token] = ddk_range(start: UInt32(source.lowerBound), end: UInt32(source.upperBound))
        }
    }

    private mutating func tokenise(_ text: UnsafeBufferPointer<UInt8>) -> ddk_marks {
        var room = max(tokenHashes.capacity, text.count / 4), marks = ddk_marks()
        tokenCount = 0
        guard !text.isEmpty else { return marks }
        while true {
            tokenHashes.reserve(room)
            if hasRanges { tokenRanges.reserve(tokenHashes.capacity) }
            let count = kernel.pointee.tokenise(
                text.baseAddress, text.count, tokenHashes.base, hasRanges ? tokenRanges.base : nil, &marks,
                tokenHashes.capacity)
            if count >= 0 {  // DDK_NO_ROOM is −1 as an Int
                tokenCount = count
                return marks
            }
            room = tokenHashes.capacity * 2
        }
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

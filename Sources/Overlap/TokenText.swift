import CDedupKernels
import Shingle

/// The tokens of a text and where they stand in it; made once for all that a text is compared with.
public struct TokenText: Sendable {
    public let hashes: [UInt64]
    private let ranges: [ddk_range]
    /// Of each token, and the end.
    private let weightBefore: [Int32]
    /// Empty where there is none.
    private var boilerplate: [Bool] = []

    /// What a word weighs; a character of a script without spaces, of which about two make a word, weighs 1.
    static let wordWeight = 2

    /// - Parameters:
    ///   - text: any bytes, less than 1 GB; what is no UTF-8 separates tokens.
    ///   - boilerplate: ascending ranges of bytes.
    /// - Complexity: O(length); about 20 bytes of memory a token.
    public init(_ text: some Collection<UInt8>, boilerplate: [Range<Int>] = []) {
        let text = Array(text)
        var shingler = Shingler()
        shingler.read(text.span, ranges: true)
        var hashes = Array(shingler.tokens), ranges = Array(shingler.ranges)
        joinSplitCharacters(&hashes, &ranges)
        var weights: [Int32] = [0]
        weights.reserveCapacity(ranges.count + 1)
        for range in ranges {
            weights.append(weights.last! + (isCharacter(text, range) ? 1 : Int32(Self.wordWeight)))
        }
        (self.hashes, self.ranges, weightBefore) = (hashes, ranges, weights)
        mark(boilerplate)
    }

    public var count: Int { hashes.count }

    /// Marks what lies in these ranges of bytes, ascending, as boilerplate, and nothing else.
    public mutating func mark(_ spans: [Range<Int>]) { boilerplate = spans.isEmpty ? [] : Self.marks(ranges, spans) }

    /// In half words.
    func weight(_ tokens: Range<Int>) -> Int { Int(weightBefore[tokens.upperBound] - weightBefore[tokens.lowerBound]) }

    func isBoilerplate(_ token: Int) -> Bool { !boilerplate.isEmpty && boilerplate[token] }

    /// From the start of the first token to the end of the last; where there is none, the empty range behind the token
    /// before.
    public func bytes(_ tokens: Range<Int>) -> Range<Int> {
        guard tokens.isEmpty else {
            return Int(ranges[tokens.lowerBound].start)..<Int(ranges[tokens.upperBound - 1].end)
        }
        let at = tokens.lowerBound == 0 ? 0 : Int(ranges[tokens.lowerBound - 1].end)
        return at..<at
    }

    /// Hashes of the runs of so many tokens, in order; none where the text is shorter.
    public func runs(of width: Int) -> [UInt64] { tokenRuns(hashes, width) }

    /// Hashes of the five-token shingles that touch no boilerplate, repeats included.
    var shingles: [UInt64] {
        let width = min(5, count)
        let all = runs(of: width)
        guard !boilerplate.isEmpty else { return all }
        return all.indices.compactMap { at in boilerplate[at..<at + width].contains(true) ? nil : all[at] }
    }

    private static func marks(_ ranges: [ddk_range], _ spans: [Range<Int>]) -> [Bool] {
        var span = 0
        return ranges.map { range in
            while span < spans.count, spans[span].upperBound <= Int(range.start) { span += 1 }
            return span < spans.count && spans[span].lowerBound < Int(range.end)
        }
    }
}

/// Hashes of the runs of so many tokens, in order.
func tokenRuns(_ tokens: [UInt64], _ width: Int) -> [UInt64] {
    guard width > 0, tokens.count >= width else { return [] }
    let count = tokens.count - width + 1
    return [UInt64](unsafeUninitializedCapacity: count) { runs, initialized in
        ddk_active().pointee.shingle(tokens, tokens.count, width, runs.baseAddress!)
        initialized = count
    }
}

/// A character that normalisation makes into several tokens (㍻ is 平成) is one: no cut goes through a character.
private func joinSplitCharacters(_ hashes: inout [UInt64], _ ranges: inout [ddk_range]) {
    var kept = 0
    for token in hashes.indices {
        if kept > 0, ranges[token].start < ranges[kept - 1].end {
            hashes[kept - 1] = (hashes[kept - 1] << 23 | hashes[kept - 1] >> 41) &+ hashes[token]
            ranges[kept - 1].end = max(ranges[kept - 1].end, ranges[token].end)
        } else {
            (hashes[kept], ranges[kept]) = (hashes[token], ranges[token])
            kept += 1
        }
    }
    hashes.removeLast(hashes.count - kept)
    ranges.removeLast(ranges.count - kept)
}

/// Whether a token is one character of a script without spaces.
private func isCharacter(_ text: [UInt8], _ range: ddk_range) -> Bool {
    guard range.end - range.start >= 3 else { return false }
    return Script.isUnspaced(text[Int(range.start)], text[Int(range.start) + 1])
}

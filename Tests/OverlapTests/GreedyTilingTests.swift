import TestSupport
import Testing

@testable import Overlap

@Suite("Greedy tiling")
struct GreedyTilingTests {
    @Test("gives the tiles of the naive method", arguments: 0..<2000)
    func naive(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed) + 40_000)
        // With a thousand nothing repeats, which has a way of its own.
        let alphabet = [1, 2, 3, 8, 60, 1000].randomElement(using: &random)!
        let a = (0..<random.below(60)).map { _ in UInt64(random.below(alphabet)) }
        var b = random.flip(0.4) ? a : (0..<random.below(60)).map { _ in UInt64(random.below(alphabet)) }
        for _ in 0..<random.below(6) { edit(&b, alphabet, &random) }
        let least = 1 + random.below(5)
        let found = GreedyTiling(a, b, least: least).tiles
        #expect(
            found == naiveTiling(a, b, least: least), "seed \(seed), \(alphabet) tokens, least \(least): \(a) \(b)")
    }

    private func edit(_ tokens: inout [UInt64], _ alphabet: Int, _ random: inout SplitMix64) {
        let at = random.below(tokens.count + 1), end = min(tokens.count, at + random.below(20))
        switch random.below(4) {
        case 0: tokens.insert(UInt64(random.below(alphabet)), at: at)
        case 1: tokens.removeSubrange(at..<end)
        case 2 where at < tokens.count: tokens[at] = UInt64(random.below(alphabet))
        default:
            let block = tokens[at..<end]
            tokens.removeSubrange(at..<end)
            tokens.insert(contentsOf: block, at: random.below(tokens.count + 1))
        }
    }
}

@Suite("Suffix array")
struct SuffixArrayTests {
    @Test("sorts suffixes and counts what neighbours have in common", arguments: 0..<500)
    func naive(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed) + 50_000)
        let largest = [0, 1, 2, 5, 40].randomElement(using: &random)!
        let text = (0..<random.below(80)).map { _ in Int32(random.below(largest + 1)) }
        let order = suffixArray(text, largest: largest)
        let expected = text.indices.sorted { text[$0...].lexicographicallyPrecedes(text[$1...]) }
        #expect(order.map(Int.init) == expected, "seed \(seed): \(text)")
        var rank = [Int32](repeating: 0, count: text.count)
        for (place, suffix) in order.enumerated() { rank[Int(suffix)] = Int32(place) }
        let common = zip(expected.dropFirst(), expected).map { pair in
            Int32(zip(text[pair.0...], text[pair.1...]).prefix { $0 == $1 }.count)
        }
        #expect(commonPrefixes(text, order: order, rank: rank).dropFirst().elementsEqual(common), "seed \(seed)")
    }
}

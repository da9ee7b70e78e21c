import Shingle
import TestSupport
import Testing

@Suite struct TokenNumbersTests {
    /// Against a dictionary.
    @Test(arguments: 0..<40)
    func numbersInTheOrderOfAppearance(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let range = [1, 3, 50, 5000][seed % 4]
        var numbers = TokenNumbers(capacity: seed), expected: [UInt64: Int] = [:]
        for step in 0..<2000 {
            // Small numbers, and such as differ only in their upper bits.
            let key = UInt64(random.below(range)) << (seed % 3 * 28)
            #expect(numbers[key] == expected[key], "seed \(seed), step \(step)")
            let number = numbers.insert(key)
            #expect(number == expected[key, default: expected.count], "seed \(seed), step \(step)")
            expected[key] = number
            #expect(numbers.keys[number] == key && numbers.count == expected.count, "seed \(seed), step \(step)")
        }
    }
}

@Suite struct OneLineTests {
    /// Against Unicode's own spaces.
    @Test func whiteSpaceIsFolded() {
        var random = SplitMix64(seed: 11)
        let letters: [Character] = ["a", "b", " ", "\t", "\n", "\r", "\u{b}", "\u{1f}", "é", "\u{a0}", "\u{3000}", "中"]
        for round in 0..<500 {
            // Without the last ones all is ASCII.
            let kinds = round % 2 == 0 ? letters.count : 8
            var text = String((0..<random.below(12)).map { _ in letters[random.below(kinds)] })
            let expected = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(text.withUTF8(oneLine) == expected, "\(text.debugDescription)")
        }
    }
}

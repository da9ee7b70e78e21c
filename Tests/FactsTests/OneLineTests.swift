import TestSupport
import Testing

@testable import Facts

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

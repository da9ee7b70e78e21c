import TestSupport
import Testing

@testable import Page

@Suite struct TextOffsetsTests {
    /// Against Swift's own UTF-16 view, at every character border of texts around the stride of marks.
    @Test func everyBorder() {
        var random = SplitMix64(seed: 3)
        let letters: [Character] = ["a", "é", "中", "𝒜", "📰", "\n", "\u{202e}"]
        for length in [0, 1, 15, 31, 63, 64, 65, 200] {
            let text = String((0..<length).map { _ in letters.randomElement(using: &random)! })
            let offsets = TextOffsets(Array(text.utf8))
            for index in text.unicodeScalars.indices + [text.endIndex] {
                let byte = text.utf8.distance(from: text.startIndex, to: index)
                let units = text.utf16.distance(from: text.startIndex, to: index)
                #expect(offsets[byte] == units, "length \(length), byte \(byte)")
            }
            #expect(offsets[text.utf8.count + 100] == text.utf16.count, "length \(length)")
        }
    }

    @Test func textsAreCutBetweenCharacters() {
        let text = Array("aé中📰b".utf8)
        for longest in 0...text.count + 1 {
            let end = StoryReader.wholeCharacters(text, upTo: longest)
            #expect(end <= longest && String(validating: text[..<end], as: UTF8.self) != nil, "longest \(longest)")
            #expect(longest - end < 4 || end == text.count, "longest \(longest)")
        }
    }
}

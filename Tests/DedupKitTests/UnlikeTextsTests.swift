import DedupKit
import Shingle
import Testing

/// Unlike texts are never called the same, however much of them is lost.
@Suite struct UnlikeTextsTests {
    private func partition(_ texts: [String], _ level: Level) throws -> [UInt32] {
        try Pipeline().run(texts: texts).labels[level]!.map(\.rawValue)
    }

    /// Exact copies at every level, and with nothing else.
    @Test(arguments: Level.allCases)
    func textsShorterThanAShingle(level: Level) throws {
        let texts = [
            "bread", "Bread!", "butter", "Rain stops play again", "rain stops play", "RAIN STOPS PLAY AGAIN", "早安",
            "早安",
            "晚安", "up 5 %", "up 5", "up 5%", "", "", "…", "…",
        ]
        #expect(try partition(texts, level) == [0, 0, 2, 3, 4, 3, 6, 6, 8, 9, 10, 9, 12, 13, 14, 15], "\(level)")
    }

    /// Fingerprints are grouped by 32 of their bits: two texts that share these are two texts.
    @Test func fingerprintsThatBeginAlike() throws {
        var shingler = Shingler(), seen: [UInt32: Int] = [:]
        for number in 0..<400_000 {
            shingler.read("story \(number)")
            if let other = seen.updateValue(number, forKey: UInt32(truncatingIfNeeded: shingler.fingerprint.low)) {
                #expect(try partition(["story \(other)", "story \(number)", "story \(other)"], .exact) == [0, 1, 0])
                return
            }
        }
        Issue.record("no two of the texts begin alike")
    }

    /// Texts in an alphabet that the tokeniser cannot know, with the same foreign words among them.
    @Test(arguments: [0x2801...0x28ff, 0xe000...0xf8ff, 0xf0000...0xf00ff, 0x1e030...0x1e08f, 0x2ebf0...0x2ee50])
    func lettersOfOtherAlphabets(letters: ClosedRange<UInt32>) throws {
        var seed: UInt32 = 1
        func word(_ length: Int) -> String {
            String(
                String.UnicodeScalarView(
                    (0..<length).map { _ in
                        seed = seed &* 1_664_525 &+ 1_013_904_223
                        return Unicode.Scalar(letters.lowerBound + (seed >> 8) % UInt32(letters.count))!
                    }))
        }
        func story() -> String {
            let words = (0..<12).map { _ in word(5) }.joined(separator: " ")
            return words + " Galaxy 24 Ultra at 999 EUR " + words.reversed()
        }
        let stories = (0..<4).map { _ in story() }
        for level in Level.allCases {
            #expect(try partition(stories + stories, level) == [0, 1, 2, 3, 0, 1, 2, 3], "\(level)")
        }
    }

    /// Not even equal to the same text: what was lost may have differed.
    @Test(arguments: Level.allCases)
    func lostLetters(level: Level) throws {
        let rest = "Galaxy 24 Ultra at 999 EUR"
        func lost(_ letter: String, _ lengths: [Int]) -> String {
            lengths.map { String(repeating: letter, count: $0) }.joined(separator: " ")
        }
        let texts = ["?", "\u{fffd}"].flatMap { letter in
            [[7, 4, 9, 6], [5, 8, 3, 6], [5, 8, 3, 6]].map { "\(lost(letter, $0)) \(rest) \(lost(letter, $0))" }
        }
        let clustering = try Pipeline().run(texts: texts)
        #expect(clustering.labels[level]!.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
        #expect(clustering.illegible.count == 6 && clustering.illegible.first?.line == 1)
    }

    /// A few lost letters are no reason to part two texts that have lost the same.
    @Test func fewLostLetters() throws {
        let text = "The mayor of M\u{fffd}nster opened the caf\u{fffd} on Friday ??? and paid for the first round"
        let clustering = try Pipeline().run(texts: [text, text])
        #expect(clustering.labels[.exact]!.map(\.rawValue) == [0, 0] && clustering.illegible.count == 0)
    }
}

import Containment
import MinHash
import Shingle
import TestSupport
import Testing

@testable import Overlap

@Suite("Passages")
struct PassageTests {
    private func read(_ text: String, recurring: RecurringKeys = .init()) -> CopyText {
        let bytes = Array(text.utf8) + Array(repeating: 0, count: Shingler.padding)
        let result = CopyText()
        bytes.withUnsafeBufferPointer {
            result.read(UnsafeBufferPointer(rebasing: $0[..<(bytes.count - Shingler.padding)]), recurring: recurring)
        }
        return result
    }

    private func overlap(_ a: String, _ b: String) -> CopyOverlap {
        let held = read(a)
        let aligner = PassageAligner(held)
        aligner.hold()
        return aligner.overlap(with: read(b))
    }

    @Test("cover what was taken and nothing else", arguments: Script.allCases, 0..<8)
    func planted(_ script: Script, _ seed: Int) {
        var writer = StoryWriter(script, seed: UInt64(seed) + 900)
        let words = writer.words(120)
        let before = writer.number(0...200), after = writer.number(0...200)
        let found = overlap(writer.text(words), writer.text(writer.words(before) + words + writer.words(after)))
        let expected = Double(read(writer.text(words)).tokenCount)
        #expect(found.a.containment > 0.99, "\(script), seed \(seed)")
        // A neighbour may agree by chance.
        #expect(abs(Double(found.b.covered) - expected) <= 0.05 * expected, "\(script), seed \(seed): \(found.b)")
        #expect(Double(found.longestRun) > 0.95 * expected, "\(script), seed \(seed): \(found.longestRun)")
    }

    @Test("are the same from both sides", arguments: 0..<8)
    func symmetry(_ seed: Int) {
        var writer = StoryWriter(seed: UInt64(seed) + 950)
        let words = writer.words(200)
        let a = writer.text(writer.scanned(words, misreading: 0.1))
        let b = writer.text(writer.thinned(words, dropping: 0.3))
        let (there, back) = (overlap(a, b), overlap(b, a))
        #expect(abs(there.a.containment - back.b.containment) < 0.05, "seed \(seed)")
        #expect(abs(there.b.containment - back.a.containment) < 0.05, "seed \(seed)")
    }

    @Test("go on over misread words, and not over foreign sentences")
    func gaps() {
        var writer = StoryWriter(seed: 77)
        let words = writer.words(60)
        var misread = words
        for at in stride(from: 7, to: 60, by: 10) { misread[at] = "xx\(at)" }
        #expect(overlap(words.joined(separator: " "), misread.joined(separator: " ")).a.containment >= 0.9)
        let split = words[..<30] + writer.words(40) + words[30...]
        let found = overlap(words.joined(separator: " "), split.joined(separator: " "))
        #expect(found.b.covered <= 64, "\(found.b)")
    }

    @Test("have nothing in common with an empty text, or a text of another script")
    func nothing() {
        var latin = StoryWriter(seed: 5), han = StoryWriter(.han, seed: 5)
        let text = latin.text(latin.words(50))
        for other in ["", "one two", han.text(han.words(80))] {
            let found = overlap(text, other)
            #expect(found.a.covered == 0 && found.b.covered == 0 && !found.isCopy(by: CopyCriteria()), "\(other)")
            #expect(!overlap(other, text).isCopy(by: CopyCriteria()))
        }
    }

    @Test(
        "know what is quoted",
        arguments: [
            ("one “two three” four", "011 0"), ("one \"two three\" four", "0110"), ("eins „zwei drei“ vier", "0110"),
            ("un « deux trois » quatre", "0110"), ("one “two\n“three” four", "0110"), ("one two” three “four", "0001"),
            ("don't \"stop\" it", "0010"), ("他说「好」了", "0010"), ("one two\" three", "001"),
        ])
    func quotations(_ text: String, _ marks: String) {
        let found = read(text).marks.map { $0.contains(.quoted) ? "1" : "0" }.joined()
        #expect(found == marks.filter { $0 != " " }, "\(text)")
    }

    @Test("count a number as the same only if all of its parts are")
    func numbers() {
        // Of "up 12,000 and 5,300": equal, misread, not covered at all; bit 0 is covered, bit 1 equal.
        let marks: [TextMarks] = [[], .number, [.number, .continued], [], .number, [.number, .continued]]
        for (cover, numbers, equal) in [
            ([3, 3, 3, 3, 3, 3], 2, 2), ([3, 3, 1, 3, 3, 3], 2, 1), ([3, 3, 3, 3, 1, 3], 2, 1),
            ([3, 3, 3, 3, 3, 0], 2, 1), ([3, 3, 3, 3, 0, 1], 1, 1), ([0, 0, 0, 3, 3, 3], 1, 1),
        ] as [([UInt8], UInt32, UInt32)] {
            var overlap = CopyOverlap()
            _ = cover.withUnsafeBytes { overlap.side(marks, cover: $0) }
            #expect(overlap.numbers == numbers && overlap.equalNumbers == equal, "cover \(cover): \(overlap)")
        }
    }

    @Test("are counted token by token as eight at a time", arguments: 0..<30)
    func side(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let count = Int.random(in: 0...(seed < 25 ? 100 : 5000), using: &random)
        let marks = (0..<count).map { _ in TextMarks(rawValue: UInt8.random(in: 0..<8, using: &random)) }
        let cover = (0..<count).map { _ in UInt8.random(in: 0..<4, using: &random) }
        var overlap = CopyOverlap()
        let side = cover.withUnsafeBytes { overlap.side(marks, cover: $0) }
        var expected = CopyOverlap.Side()
        for token in 0..<count where !marks[token].contains(.boilerplate) {
            let isUnquoted = !marks[token].contains(.quoted), isCovered = cover[token] & 1 != 0
            expected.tokens += 1
            expected.covered += isCovered ? 1 : 0
            expected.unquoted += isUnquoted ? 1 : 0
            expected.coveredUnquoted += isCovered && isUnquoted ? 1 : 0
            if isCovered { expected.parts |= 1 << UInt64(token * 64 / count) }
        }
        #expect(side == expected, "seed \(seed)")
        let words = (0..<count).filter { cover[$0] & 1 != 0 && marks[$0].isDisjoint(with: [.boilerplate, .number]) }
        #expect(Int(overlap.words) == words.count, "seed \(seed)")
        #expect(Int(overlap.equalWords) == words.count { cover[$0] & 2 != 0 }, "seed \(seed)")
    }
}

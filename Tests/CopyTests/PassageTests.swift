import MinHash
import Shingle
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
            #expect(found.a.covered == 0 && found.b.covered == 0 && !found.isCopy, "\(other)")
            #expect(!overlap(other, text).isCopy)
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
}

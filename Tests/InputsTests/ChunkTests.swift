import TestSupport
import Testing

@testable import Inputs

/// Chunks of any size give what a plain split into lines gives.
@Suite struct ChunkTests {
    private static let pieces = [
        "{\"text\":\"a\"}", "{\"text\":\"b\\u00e9\",\"id\":7}", "", " ", "\r", "oops", "[1]",
        "{\"body\":\"\(String(repeating: "long ", count: 30))\"}",
        "{\"x\":1}", "{\"text\":\"a\"} {", "{\"text\":\"é\"}\r", "\u{FEFF}{\"text\":\"m\"}", "{\"text\":\"cut",
        "{\"text\":\"\\ud800\"}",
    ]

    private struct Expected: Equatable {
        var lines: [Int] = []
        var texts: [String] = []
        var bad: [Int] = []
    }

    /// The naive twin: it knows the pieces by heart.
    private func expected(_ lines: [String], _ texts: [String?]) -> Expected {
        var all = Expected()
        for (index, text) in texts.enumerated() {
            if let text {
                all.lines.append(index + 1)
                all.texts.append(text)
            } else if !lines[index].allSatisfy(\.isWhitespace) {
                all.bad.append(index + 1)
            }
        }
        return all
    }

    @Test func anyChunkSizeGivesTheSameRecords() throws {
        let long = String(repeating: "long ", count: 30)
        let known: [String?] = ["a", "bé", nil, nil, nil, nil, nil, long, nil, nil, "é", "m", nil, "\u{FFFD}"]
        var random = SplitMix64(seed: 1)
        for round in 0..<300 {
            let picks = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                Int.random(in: 0..<Self.pieces.count, using: &random)
            }
            let lines = picks.map { Self.pieces[$0] }
            let text = lines.joined(separator: "\n") + (Bool.random(using: &random) ? "\n" : "")
            let want = expected(lines, picks.map { known[$0] })
            // The check of a file's layout is not what is tested here.
            guard case .lines = try JSONLayout(head: Array(text.utf8), .standard) else { continue }
            for chunkSize in [1, 2, 3, 5, 16, 61, 64, 1 << 20] {
                let blockSize = Int.random(in: 1...80, using: &random)
                let all = try read(text.utf8, chunkSize: chunkSize, blockSize: blockSize)
                let got = Expected(
                    lines: all.documents.map(\.line), texts: all.texts, bad: all.problems.map(\.line))
                #expect(
                    got == want,
                    "round \(round), chunks of \(chunkSize), blocks of \(blockSize), \(text.debugDescription)")
            }
        }
    }

    @Test func recordsCanBeReadAgain() throws {
        let scratch = TemporaryFolder()
        let lines = Self.pieces.joined(separator: "\n")
        let paths = [
            scratch.write("a.jsonl", lines), scratch.write("b.txt", "plain \u{FEFF}"), scratch.write("c.jsonl", lines),
        ]
        let inputs = try InputSet(paths: paths, chunkSize: 50)
        let reader = inputs.reader()
        let documents = Everything(inputs).documents
        #expect(documents.count == 13)
        for document in documents.reversed() {
            let again = try reader.withRecord(at: document.location) { Document($0, linesBefore: 0) }
            #expect(again.text == document.text && again.id == document.id, "\(document)")
        }
    }

    @Test func randomBytesNeverCrash() throws {
        var random = SplitMix64(seed: 2)
        let tokens = [
            "{", "}", "[", "]", ":", ",", "\"text\"", "\"source\"", "\"name\"", "\\", "\"", "\n", "12", "\u{0}",
            "\\ud800", "\"te\\u0078t\":",
        ]
        .map { Array($0.utf8) }
        for round in 0..<2000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                if Int.random(in: 0..<3, using: &random) == 0 {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                } else {
                    bytes += tokens.randomElement(using: &random)!
                }
            }
            // A file of another format by its first bytes is refused as a whole.
            guard let whole = try? read([0x0A] + bytes) else { continue }
            let cut = try read([0x0A] + bytes, chunkSize: Int.random(in: 1...20, using: &random), blockSize: 8)
            #expect(
                cut.texts == whole.texts && cut.problems.map(\.line) == whole.problems.map(\.line),
                "round \(round): \(bytes)")
        }
    }
}

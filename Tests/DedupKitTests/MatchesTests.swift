import DedupKit
import Shingle
import TestSupport
import Testing

/// Which documents of a second set duplicate one of a first, against a comparison of all pairs.
@Suite struct MatchesTests {
    /// Stories, and others made of them by a word or some, so that many are alike more or less.
    private func texts(_ count: Int, _ random: inout SplitMix64) -> [String] {
        var all: [[String]] = []
        for _ in 0..<count {
            var words = (0..<Int.random(in: 6..<60, using: &random)).map { _ in
                "word\(Int.random(in: 0..<4000, using: &random))"
            }
            if let other = all.randomElement(using: &random), Bool.random(using: &random) {
                words = other
                for _ in 0..<Int.random(in: 0..<4, using: &random) {
                    words[Int.random(in: words.indices, using: &random)] = "edited"
                }
            }
            all.append(words)
        }
        return all.map { $0.joined(separator: " ") }
    }

    private func matches(_ first: [String], _ second: [String], level: Level) throws -> Matches {
        var options = RunOptions(level: level, threads: 2)
        options.pairs = level > .exact
        return Matches(try Pipeline(options: options).run(texts: first + second), first: first.count)
    }

    @Test func nearAgainstAllPairs() throws {
        var random = SplitMix64(seed: 11)
        var missed = 0, expected = 0
        for _ in 0..<30 {
            let all = texts(40, &random), first = Array(all[..<15]), second = Array(all[15...])
            let found = try matches(first, second, level: .near).all
            let sets = all.map { ShingleSet(of: $0) }
            for number in second.indices {
                let best = first.indices.map { sets[$0].overlap(with: sets[15 + number]).jaccard }.max()!
                let match = found.first { $0.document.index == 15 + number }
                if let match {
                    // It is as alike as is said, and no text of the first set is more so.
                    let jaccard = sets[match.of.index].overlap(with: sets[15 + number]).jaccard
                    #expect(jaccard == match.score && jaccard >= 0.7)
                    #expect(match.of.index < 15 && (match.relation == .exact) == (jaccard == 1))
                }
                expected += best >= 0.7 ? 1 : 0
                missed += best >= 0.7 && match == nil ? 1 : 0
            }
        }
        #expect(expected > 100)
        // Bands pass over one pair in fifty at the threshold itself.
        #expect(missed * 50 <= expected)
    }

    @Test func exact() throws {
        let found = try matches(["a b c", "d"], ["D!", "", "c b a", "A b c"], level: .exact).all
        #expect(found.map(\.document.index) == [2, 5])
        #expect(found.map(\.of.index) == [1, 0])
    }

    /// A passage in a longer text is no near copy, and a copy.
    @Test func copies() throws {
        var random = SplitMix64(seed: 5)
        let story = texts(1, &random)[0] + " " + texts(1, &random)[0] + " " + texts(1, &random)[0]
        let frame = (0..<200).map { "frame\($0)" }.joined(separator: " ")
        let found = try matches([story], ["\(frame) \(story)", frame], level: .copy).all
        #expect(found.map(\.relation) == [.copy])
        #expect(found.map(\.document.index) == [1])
        #expect(found[0].score! > 0.9)
    }

    @Test func nothing() throws {
        for level in Level.allCases {
            #expect(try matches([], ["a"], level: level).all.isEmpty)
            #expect(try matches(["a"], [], level: level).all.isEmpty)
        }
    }
}

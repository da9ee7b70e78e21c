import Shingle
import TestSupport
import Testing

@Suite struct ShinglerTests {
    /// More tokens than any first guess of their number, so that the memory must grow.
    @Test(arguments: [("東", 1), ("a ", 1), ("\u{fdfa} ", 4), ("한 ", 1)])
    func longTexts(unit: String, tokensEach: Int) {
        var shingler = Shingler()
        for repeats in [1, 10, 5000, 20_000, 3] {
            shingler.read(String(repeating: unit, count: repeats), ranges: true)
            let (tokens, ranges) = (shingler.tokenCount, shingler.ranges.count)
            #expect(tokens == repeats * tokensEach, "\(unit) times \(repeats)")
            #expect(ranges == repeats * tokensEach, "ranges of \(unit) times \(repeats)")
        }
    }

    @Test func tokensAreThoseOfTheTwin() {
        var shingler = Shingler()
        for style in TextStyle.allCases {
            for length in [0, 1, 10, 100, 1000, 20_000] {
                // What means something else than it says is for PlainTextTests.
                let text = String(decoding: style.bytes(length, seed: 50_000 + length), as: UTF8.self)
                    .replacing(/[&<\-\u{ad}\u{2010}\u{c2}-\u{f4}]/, with: "_")
                shingler.read(text)
                let difference = difference(copy(of: shingler), naiveTokens(text).map(Naive.tokenHash))
                #expect(difference == nil, "\(style), length \(length)")
            }
        }
    }

    private func copy(of shingler: borrowing Shingler) -> [UInt64] {
        shingler.withTokens { tokens in tokens.indices.map { tokens[$0] } }
    }

    /// A span may end where readable memory ends; what was padded by the caller is read in place.
    @Test(arguments: TextStyle.allCases)
    func aSpanNeedsNoPadding(style: TextStyle) {
        var whole = Shingler(width: 2), padded = Shingler(width: 2)
        for length in Array(0...130) + [4095, 4096, 5000] {
            let bytes = style.bytes(length, seed: 60_000 + length)
            let bare = GuardedText(bytes, paddingCount: 0), text = GuardedText(bytes)
            whole.read(UnsafeBufferPointer(start: bare.start, count: bare.count).span, ranges: true)
            padded.read(padded: UnsafeBufferPointer(start: text.start, count: text.count), ranges: true)
            let (tokens, expected) = (copy(of: whole), Array(padded.tokens))
            #expect(tokens == expected, "\(style), length \(length)")
            let ranges = tokens.indices.map { whole.byteRange(of: $0) }
            #expect(ranges == padded.ranges.map { Int($0.start)..<Int($0.end) }, "\(style), length \(length)")
            let shingles = whole.withShingles { shingles in shingles.indices.map { shingles[$0] } }
            #expect(shingles == Array(padded.shingles()), "\(style), length \(length)")
        }
    }

    @Test func rangesCountBytes() {
        var shingler = Shingler()
        shingler.read("Größe 12", ranges: true)
        let ranges = (0..<shingler.tokenCount).map { shingler.byteRange(of: $0) }
        #expect(ranges == [0..<7, 8..<10])
        shingler.read("Größe 12")
        #expect(shingler.ranges.isEmpty)
    }

    @Test func preconditions() async {
        await #expect(processExitsWith: .failure) { _ = Shingler(width: 0) }
        await #expect(processExitsWith: .failure) { _ = Shingler().byteRange(of: 0) }
        await #expect(processExitsWith: .failure) {
            var shingler = Shingler()
            shingler.read("one two")
            _ = shingler.byteRange(of: 1)
        }
        await #expect(processExitsWith: .failure) { _ = SetOverlap(common: 3, a: 2, b: 3) }
    }

    /// `tokens - width + 1` windows; a shorter text is one shingle, an empty one none.
    @Test func shingleCounts() {
        for width in 1...7 {
            var shingler = Shingler(width: width)
            for words in 0...10 {
                shingler.read((0..<words).map { "w\($0)" }.joined(separator: " "))
                let expected = words == 0 ? 0 : max(1, words - width + 1)
                let (count, lent) = (shingler.shingleCount, shingler.withShingles { $0.count })
                let distinct = shingler.shingleSet().count
                #expect(count == expected, "width \(width), \(words) words")
                #expect(lent == expected, "width \(width), \(words) words")
                #expect(distinct == expected, "width \(width), \(words) words")
            }
        }
    }

    @Test func fingerprintIsThatOfTheTokens() {
        var shingler = Shingler()
        func fingerprint(_ text: String) -> Fingerprint {
            shingler.read(text)
            return shingler.fingerprint
        }
        let one = fingerprint("The port re-opened on Monday.")
        #expect(fingerprint("the PORT\n re opened, on “Monday”") == one)
        #expect(fingerprint("the port reopened on Monday") != one)
        #expect(fingerprint("the port re opened Monday on") != one)
        #expect(fingerprint("") == fingerprint(" …!"))
    }

    @Test func hashOfAWord() {
        for word in [
            "a", "minister", "été", "Straße", "東", "sixteen0letters0", "seventeen0letters",
            String(repeating: "x", count: 5000),
        ] {
            #expect(tokenHash(word) == Naive.tokenHash(folded(word)), "\(word)")
        }
        for text in ["", " ", "two words", "東京", "three of them", "…"] {
            #expect(tokenHash(text) == nil, "\(text)")
        }
    }
}

@Suite struct ShingleSetTests {
    /// By sets of windows of words.
    private func jaccard(_ a: String, _ b: String, width: Int) -> Double {
        func windows(_ text: String) -> Set<[String]> {
            let words = naiveTokens(text)
            return words.count < width ? [words] : Set((0...words.count - width).map { Array(words[$0..<$0 + width]) })
        }
        let (a, b) = (windows(a), windows(b))
        return Double(a.intersection(b).count) / Double(a.union(b).count)
    }

    @Test func jaccardIsThatOfTheWindows() {
        var counter = OverlapCounter()
        for seed in 0..<200 {
            var random = SplitMix64(seed: UInt64(seed))
            func text() -> String {
                (0..<1 + random.below(60)).map { _ in "w\(random.below(6))" }.joined(separator: " ")
            }
            let (a, b) = (text(), text()), width = 1 + random.below(5)
            let expected = jaccard(a, b, width: width)
            let (x, y) = (ShingleSet(of: a, width: width), ShingleSet(of: b, width: width))
            #expect(x.overlap(with: y).jaccard == expected, "seed \(seed), width \(width): \(a) | \(b)")
            let unsorted = x.hashes.shuffled(using: &random) + x.hashes.prefix(5)
            let overlap = counter.overlap(unsorted.span, y.hashes.span)
            #expect(overlap == x.overlap(with: y), "seed \(seed), width \(width), unsorted")
        }
    }

    @Test func containment() {
        let overlap = SetOverlap(common: 3, a: 4, b: 12)
        #expect(overlap.containmentA == 0.75 && overlap.containmentB == 0.25 && overlap.jaccard == 3.0 / 13)
        #expect(SetOverlap(common: 0, a: 0, b: 0).jaccard == 0)
        #expect(ShingleSet(of: "").count == 0)
    }
}

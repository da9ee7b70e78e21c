import Shingle
import TestSupport
import Testing

@Suite struct ShinglerTests {
    /// More tokens than any first guess of their number, so that the memory must grow.
    @Test(arguments: [("東", 1), ("a ", 1), ("\u{fdfa} ", 4), ("한 ", 1)])
    func longTexts(unit: String, tokensEach: Int) {
        let shingler = Shingler()
        for repeats in [1, 10, 5000, 20_000, 3] {
            shingler.read(String(repeating: unit, count: repeats), ranges: true)
            #expect(shingler.tokens.count == repeats * tokensEach, "\(unit) times \(repeats)")
            #expect(shingler.ranges.count == repeats * tokensEach, "ranges of \(unit) times \(repeats)")
        }
    }

    @Test func tokensAreThoseOfTheTwin() {
        let shingler = Shingler()
        for style in TextStyle.allCases {
            for length in [0, 1, 10, 100, 1000, 20_000] {
                let text = String(decoding: style.bytes(length, seed: 50_000 + length), as: UTF8.self)
                shingler.read(text)
                let difference = difference(Array(shingler.tokens), naiveTokens(text).map(Naive.tokenHash))
                #expect(difference == nil, "\(style), length \(length)")
            }
        }
    }

    /// `tokens - width + 1` windows; a shorter text is one shingle, an empty one none.
    @Test func shingleCounts() {
        for width in 1...7 {
            let shingler = Shingler(width: width)
            for words in 0...10 {
                shingler.read((0..<words).map { "w\($0)" }.joined(separator: " "))
                let expected = words == 0 ? 0 : max(1, words - width + 1)
                #expect(shingler.shingleCount == expected, "width \(width), \(words) words")
                #expect(shingler.shingles().count == expected, "width \(width), \(words) words")
                #expect(shingler.sortedShingles().count == expected, "width \(width), \(words) words")
            }
        }
    }

    @Test func fingerprintIsThatOfTheTokens() {
        let shingler = Shingler()
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
        func hash(_ word: String) -> UInt64? {
            var word = word
            return word.withUTF8 { tokenHash($0) }
        }
        for word in [
            "a", "minister", "été", "Straße", "東", "sixteen0letters0", "seventeen0letters",
            String(repeating: "x", count: 5000),
        ] {
            #expect(hash(word) == Naive.tokenHash(folded(word)), "\(word)")
        }
        for text in ["", " ", "two words", "東京", "three of them", "…", "a\u{200b}b"] {
            #expect(hash(text) == nil, "\(text)")
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
        let counter = OverlapCounter()
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
            let overlap = unsorted.withUnsafeBufferPointer { x in
                y.hashes.withUnsafeBufferPointer { counter.overlap(x, $0) }
            }
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

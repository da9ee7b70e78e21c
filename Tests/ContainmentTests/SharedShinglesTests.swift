import Columns
import MinHash
import Tables
import TestSupport
import Testing
import Workers

@testable import Containment

@Suite("Shared shingles")
struct SharedShinglesTests {
    @Test("are counted as brute force counts them", arguments: 0..<20)
    func bruteForce(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        // Few distinct values, so that many are shared.
        let texts: [[UInt64]] = (0..<30).map { _ in
            let count = Int.random(in: 0...60, using: &random)
            let text = (0..<count).map { _ in UInt64.random(in: 0..<300, using: &random) &* 0x9e37_79b9_7f4a_7c15 }
            // Some say all of it again and again.
            return Array(repeating: text, count: Int.random(in: 1...4, using: &random)).flatMap { $0 }
        }
        var limits = SharedShingles.Limits()
        limits.listLength = 1000
        limits.texts = 12
        limits.containment = 0.3
        let shared = index(texts, limits: limits)
        let samples = texts.map { Set($0.filter(ShingleSample.contains).map(ShingleSample.key)) }
        let recurring = Set(samples.joined()).filter { key in samples.count { $0.contains(key) } > limits.texts }
        var counter = ItemCounter()
        for item in texts.indices {
            let found = shared.candidates(of: ItemNumber(item), &counter)
            let mine = samples[item].subtracting(recurring)
            let expected = (0..<item).filter { other in
                let others = samples[other].subtracting(recurring)
                let common = mine.intersection(others).count
                return common >= limits.shared
                    && Double(common) >= limits.containment * Double(min(mine.count, others.count))
            }
            #expect(found.map(\.a.index).sorted() == expected, "seed \(seed), item \(item)")
        }
        #expect(Set(shared.recurring.entries.map(\.key)) == recurring, "seed \(seed)")
    }

    /// Sizes of more than a byte, documents without a sample, slabs of any size, keys that share the bits they are
    /// grouped by, lists of many.
    @Test("are the same from slabs of any size, in memory and in files", arguments: 0..<8)
    func slabsAndFiles(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed) + 70)
        func draw(_ bits: Range<UInt64>) -> UInt64 {
            UInt64.random(in: 0..<1 << bits.count, using: &random) << bits.lowerBound
        }
        let words = (0..<4000).map { _ in draw(32..<61) | draw(29..<32) | draw(22..<28) | draw(0..<5) }
        let texts = (0..<150).map { text -> [UInt64] in
            let size = text % 50 == 0 ? 5000 : Int.random(in: 0...40, using: &random)
            let own = (0..<size).map { _ in words.randomElement(using: &random)! }
            return text < 120 ? own + words[..<3] : own
        }
        let sources = texts.map { _ in UInt32.random(in: 0...20, using: &random) }
        let expected = index(texts, sources: sources)
        #expect(!expected.recurring.isEmpty)
        var counter = ItemCounter()
        for (slabSize, spilledAt) in [(7, nil), (1, nil), (150, 0), (7, 40), (1, 0), (7, 150)] {
            let found = index(texts, sources: sources, slabSize: slabSize, spilledAt: spilledAt)
            #expect(
                found.recurring.entries == expected.recurring.entries, "seed \(seed), \(slabSize), \(spilledAt ?? -1)")
            for item in texts.indices.map({ ItemNumber($0) }) {
                #expect(
                    found.candidates(of: item, &counter) == expected.candidates(of: item, &counter),
                    "seed \(seed), slabs of \(slabSize), in files from \(spilledAt ?? -1), item \(item)")
            }
        }
    }

    @Test("recur in many texts of one source, or in very many")
    func recurring() {
        let hash: UInt64 = 0x0123_4567_89ab_cdef
        #expect(ShingleSample.contains(hash))
        for (count, sources, expected) in [
            (11, 1, true), (10, 1, false), (22, 2, true), (20, 2, false), (101, 101, true), (100, 100, false),
        ] {
            let texts = Array(repeating: [hash], count: count)
            let shared = index(texts, sources: texts.indices.map { UInt32($0 % sources + 1) })
            #expect(!shared.recurring.isEmpty == expected, "\(count) texts of \(sources) sources")
            #expect(shared.recurring.contains(ShingleSample.key(hash)) == expected)
        }
        #expect(index(Array(repeating: [hash], count: 50)).recurring.isEmpty, "texts without a source")
    }

    /// A prompt and a story that all copy differ in what the texts hold beside.
    @Test("recur in three of four texts of no source that hold more beside")
    func framing() {
        var random = SplitMix64(seed: 5)
        let common = (0..<20).map { UInt64($0) << 32 | UInt64($0) }
        func own(_ count: Int) -> [UInt64] {
            (0..<count).map { _ in UInt64.random(in: 1 << 40..<1 << 60, using: &random) }
        }
        func recurs(texts: Int, without: Int = 0, rest: Int, thin: Int = 0, sources: [UInt32]? = nil) -> Bool {
            let all = (0..<texts).map { common + own($0 < thin ? 2 : rest) } + (0..<without).map { _ in own(20) }
            let shared = index(all, sources: sources)
            #expect([0, 20].contains(shared.recurring.entries.count))
            return !shared.recurring.isEmpty
        }
        #expect(recurs(texts: 6, rest: 20))
        #expect(!recurs(texts: 5, rest: 20), "too few")
        #expect(recurs(texts: 9, without: 3, rest: 20))
        #expect(!recurs(texts: 9, without: 4, rest: 20), "not in enough of them")
        #expect(!recurs(texts: 9, rest: 5), "a story that all copy")
        #expect(recurs(texts: 12, rest: 20, thin: 3))
        #expect(!recurs(texts: 12, rest: 20, thin: 4))
        #expect(!recurs(texts: 9, rest: 20, sources: [0, 0, 0, 0, 0, 0, 0, 0, 1]), "a source is named")
    }

    @Test("of 24 texts or more that have a shingle before it, a text meets the first and the last")
    func longLists() {
        let common = (0..<20).map { UInt64($0) << 32 | UInt64($0) }
        let shared = index(Array(repeating: common, count: 30))
        var counter = ItemCounter()
        for item in 0..<30 {
            let met = item < 24 ? Array(0..<item) : Array(0..<8) + Array(item - 8..<item)
            #expect(shared.candidates(of: ItemNumber(item), &counter).map(\.a.index) == met, "item \(item)")
        }
    }

    @Test("leave out what is ignored")
    func ignored() {
        let common = (0..<20).map { UInt64($0) << 32 | UInt64($0) }
        let shared = index([common, common, common], ignored: Set(common.prefix(15)))
        var counter = ItemCounter()
        #expect(shared.recurring.isEmpty && shared.recurring.ignored.count == 15)
        #expect(shared.candidates(of: 2, &counter).map(\.a) == [0, 1])
        #expect(index([common, common], ignored: Set(common)).candidates(of: 1, &counter).isEmpty)
    }

    @Test("find recurring keys as a set does", arguments: [0, 1, 2, 7, 64, 1000])
    func keys(_ count: Int) {
        var random = SplitMix64(seed: UInt64(count))
        let keys = Set((0..<count).map { _ in UInt32.random(in: 0...(.max), using: &random) })
        let recurring = RecurringKeys(keys.map { RecurringKeys.Entry(key: $0, texts: $0 / 2, example: 0) })
        for key in keys {
            #expect(recurring.contains(key))
            #expect(recurring.texts(having: key) == key / 2)
            #expect(recurring.contains(key &+ 1) == keys.contains(key &+ 1))
        }
        #expect(!recurring.contains(12) || keys.contains(12))
    }

    private func index(
        _ texts: [[UInt64]], sources: [UInt32]? = nil, limits: SharedShingles.Limits = .init(),
        ignored: Set<UInt64> = [], slabSize: Int = .max, spilledAt: Int? = nil
    ) -> SharedShingles {
        var sampler = Sampler(), store = SampleStore()
        for (number, text) in texts.enumerated() {
            if number == spilledAt { store.spill(to: SpillFolder()) }
            text.filter(ShingleSample.contains).map(ShingleSample.key).withUnsafeBufferPointer { sampler.append($0) }
            if (number + 1) % slabSize == 0 { store.append(sampler.slab()) }
        }
        store.append(sampler.slab())
        return SharedShingles(
            taking: &store, numbers: texts.indices.map { ItemNumber($0) }, sources: sources ?? texts.map { _ in 0 },
            limits: limits, ignored: ignored, workers: Workers(count: 2))
    }
}

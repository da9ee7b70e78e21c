import TestSupport
import Testing

@testable import MinHash

@Suite("Shared shingles")
struct SharedShinglesTests {
    @Test("are counted as brute force counts them", arguments: 0..<20)
    func bruteForce(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        // Few distinct values, so that many are shared.
        let texts: [[UInt64]] = (0..<30).map { _ in
            let count = Int.random(in: 0...60, using: &random)
            return (0..<count).map { _ in UInt64.random(in: 0..<300, using: &random) &* 0x9e37_79b9_7f4a_7c15 }
        }
        var limits = SharedShingles.Limits()
        limits.listLength = 1000
        limits.texts = 12
        let shared = index(texts, limits: limits)
        let samples = texts.map { Set($0.filter(ShingleSample.contains).map(ShingleSample.key)) }
        let recurring = Set(samples.joined()).filter { key in samples.count { $0.contains(key) } > limits.texts }
        var counter = ItemCounter()
        for item in texts.indices {
            let found = shared.candidates(of: UInt32(item), &counter)
            let expected = (0..<item).filter { other in
                samples[item].intersection(samples[other]).subtracting(recurring).count >= limits.shared
            }
            // The least containment is counted over repeats too; it can only leave out more.
            #expect(Set(found.map { Int($0.a) }).isSubset(of: Set(expected)), "seed \(seed), item \(item)")
            for other in expected where !found.contains(CandidatePair(UInt32(other), UInt32(item))) {
                let common = samples[item].intersection(samples[other]).subtracting(recurring).count
                let smaller = min(size(texts[item], recurring), size(texts[other], recurring))
                #expect(
                    Double(common) < limits.containment * Double(smaller), "seed \(seed), items \(other), \(item)")
            }
        }
        #expect(Set(shared.recurring.entries.map(\.key)) == recurring, "seed \(seed)")
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
        _ texts: [[UInt64]], sources: [UInt32]? = nil, limits: SharedShingles.Limits = .init()
    ) -> SharedShingles {
        var sampler = Sampler()
        for text in texts {
            text.filter(ShingleSample.contains).map(ShingleSample.key).withUnsafeBufferPointer { sampler.append($0) }
        }
        var store = SampleStore()
        store.append(sampler.slab())
        return SharedShingles(
            store, items: texts.indices.map { UInt32($0) }, sources: sources ?? texts.map { _ in 0 }, limits: limits
        ) { count, body in
            for part in 0..<count { body(part) }
        }
    }

    private func size(_ text: [UInt64], _ recurring: Set<UInt32>) -> Int {
        text.count { ShingleSample.contains($0) && !recurring.contains(ShingleSample.key($0)) }
    }
}

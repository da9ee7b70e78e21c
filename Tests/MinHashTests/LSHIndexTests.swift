import MinHash
import TestSupport
import Testing

@Suite struct LSHIndexTests {
    /// Against every band of every pair; clusters of copies, look-alikes and strangers.
    @Test(arguments: 0..<40)
    func candidatesMeetInABand(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let banding = [Banding(threshold: 0.7), Banding(bands: 1, rows: 1), Banding(bands: 64, rows: 2)][seed % 3]
        var sets: [[UInt64]] = []
        for _ in 0..<random.below(30) {
            let fresh = (0..<1 + random.below(50)).map { _ in random.next() }
            let kept = sets.randomElement(using: &random)?.filter { _ in random.flip(0.9) } ?? []
            sets.append(random.flip(0.5) || kept.isEmpty ? fresh : kept)
        }
        let signatures = sets.map { Signature(of: $0) }
        var index = LSHIndex(banding)
        let numbers = signatures.map { index.insert($0) }
        #expect(numbers == Array(signatures.indices) && index.count == signatures.count, "seed \(seed)")
        let keys = signatures.map(banding.keys)
        let expected = keys.indices.flatMap { a in
            keys.indices.dropFirst(a + 1).filter { b in zip(keys[a], keys[b]).contains { $0 == $1 } }.map { [a, $0] }
        }
        #expect(index.candidates().map { [$0.a, $0.b] } == expected, "seed \(seed)")
    }

    @Test func preconditions() async {
        await #expect(processExitsWith: .failure) { _ = Signature(of: []) }
        await #expect(processExitsWith: .failure) { _ = LSHIndex(threshold: 1.1) }
        await #expect(processExitsWith: .failure) { _ = LSHIndex(threshold: .nan) }
        await #expect(processExitsWith: .failure) { _ = Banding(bands: 65, rows: 2) }
    }
}

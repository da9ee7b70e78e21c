import MinHash
import TestSupport
import Testing

@Suite struct SignatureTests {
    /// Two sets of `size` hashes of which the share `jaccard` of the union is common.
    static func pair(size: Int, jaccard: Double, _ random: inout SplitMix64) -> (
        a: [UInt64], b: [UInt64], jaccard: Double
    ) {
        let common = Int((2 * Double(size) * jaccard / (1 + jaccard)).rounded())
        let shared = (0..<common).map { _ in random.next() }
        func rest() -> [UInt64] { (0..<size - common).map { _ in random.next() } }
        return (shared + rest(), shared + rest(), Double(common) / Double(2 * size - common))
    }

    /// Unbiased, and no worse than 128 independent minima: over many pairs the mean error stays within four of its
    /// standard errors, the root mean square within a tenth of the theory's.
    @Test(arguments: [30, 100, 400, 2000], [0.3, 0.5, 0.7, 0.9])
    func estimates(size: Int, jaccard: Double) {
        var random = SplitMix64(seed: UInt64(size) &* 100 &+ UInt64(jaccard * 10))
        let rounds = 1200
        var sum = 0.0, squares = 0.0, bytes = 0.0, truth = 0.0
        for _ in 0..<rounds {
            let pair = Self.pair(size: size, jaccard: jaccard, &random)
            let (a, b) = (Signature(of: pair.a), Signature(of: pair.b))
            let error = a.similarity(to: b) - pair.jaccard
            sum += error
            squares += error * error
            bytes += Double(Self.agreement(a, b)) / 128
            truth = pair.jaccard
        }
        let theory = (truth * (1 - truth) / 128).squareRoot(), n = Double(rounds)
        #expect(abs(sum / n) < 4 * theory / n.squareRoot(), "mean error \(sum / n), size \(size), jaccard \(truth)")
        #expect(
            (squares / n).squareRoot() < 1.1 * theory,
            "RMSE \((squares / n).squareRoot()) of \(theory), size \(size), jaccard \(truth)")
        let expectedBytes = truth + (1 - truth) / 256
        #expect(
            abs(bytes / n - expectedBytes) < 4 * theory / n.squareRoot(),
            "byte agreement \(bytes / n), size \(size), jaccard \(truth)")
    }

    static func agreement(_ a: Signature, _ b: Signature) -> Int {
        func bytes(_ signature: Signature) -> [UInt8] {
            Array(unsafeUninitializedCapacity: 128) { bytes, count in
                signature.slots.span.withUnsafeBufferPointer {
                    ByteSignature.write($0.baseAddress!, to: bytes.baseAddress!)
                }
                count = 128
            }
        }
        return ByteSignature.agreement(bytes(a), bytes(b))
    }

    @Test func equalAndDisjointSets() {
        var random = SplitMix64(seed: 1)
        for size in [1, 2, 5, 100, 1000] {
            let set = (0..<size).map { _ in random.next() }, other = (0..<size).map { _ in random.next() }
            #expect(Signature(of: set).similarity(to: Signature(of: set.reversed() + set)) == 1, "size \(size)")
            #expect(Signature(of: set).similarity(to: Signature(of: other)) < 0.05, "size \(size)")
        }
    }

    /// A pair at the threshold is passed over once in four thousand; hardly any far below it gets through.
    @Test(arguments: [0.3, 0.5, 0.7, 0.9])
    func leastAgreement(threshold: Double) {
        var random = SplitMix64(seed: 77)
        let least = ByteSignature.leastAgreement(threshold: threshold)
        let rounds = 3000
        var missed = 0, kept = 0
        for _ in 0..<rounds {
            let at = Self.pair(size: 300, jaccard: threshold, &random)
            missed += Self.agreement(Signature(of: at.a), Signature(of: at.b)) < least ? 1 : 0
            let below = Self.pair(size: 300, jaccard: threshold / 3, &random)
            kept += Self.agreement(Signature(of: below.a), Signature(of: below.b)) >= least ? 1 : 0
        }
        #expect(missed <= 5, "\(missed) of \(rounds) at threshold \(threshold)")
        #expect(kept < rounds / 10, "\(kept) of \(rounds) at a third of threshold \(threshold)")
    }

    @Test func leastAgreementStaysInRange() {
        var last = 0
        for percent in 0...100 {
            let least = ByteSignature.leastAgreement(threshold: Double(percent) / 100)
            #expect((last...128).contains(least), "threshold .\(percent): \(least) after \(last)")
            last = least
        }
    }
}

import TestSupport
import Testing

@testable import Event

@Suite struct SortingTests {
    @Test func radixAgreesWithStableSort() {
        var random = SplitMix64(seed: 4)
        for count in [0, 1, 2, 17, 1000] {
            for bits in [1, 12, 32] {
                let elements = (0..<count).map { index in
                    UInt64.random(in: 0..<(1 << UInt64(bits)), using: &random) << 32 | UInt64(count - index)
                }
                let sorted = elements.enumerated().sorted { ($0.1 >> 32, $0.0) < ($1.1 >> 32, $1.0) }.map(\.1)
                #expect(radixSorted(elements) { UInt32($0 >> 32) } == sorted, "count \(count), bits \(bits)")
            }
        }
    }

    @Test func nthLargestAgreesWithSort() {
        var random = SplitMix64(seed: 6)
        for count in 1...60 {
            let elements = (0..<count).map { _ in UInt64.random(in: 0..<UInt64(count), using: &random) }
            let sorted = elements.sorted(by: >)
            for rank in 0..<count {
                #expect(nthLargest(elements, rank) == sorted[rank], "rank \(rank) of \(elements)")
            }
        }
    }
}

import TestSupport
import Testing

@testable import Event

@Suite struct SelectionTests {
    @Test func nthLargestAgreesWithSort() {
        var random = SplitMix64(seed: 6)
        for count in 1...60 {
            let elements = (0..<count).map { _ in UInt64.random(in: 0..<UInt64(count), using: &random) }
            let sorted = elements.sorted(by: >)
            for rank in 0..<count {
                var shuffled = elements
                #expect(nthLargest(&shuffled, rank) == sorted[rank], "rank \(rank) of \(elements)")
            }
        }
    }
}

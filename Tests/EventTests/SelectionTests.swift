import TestSupport
import Testing

@testable import Event

@Suite struct SelectionTests {
    @Test func nthLargestAgreesWithSort() {
        var random = SplitMix64(seed: 6)
        for count in 1...60 {
            let elements = (0..<UInt64(count)).shuffled(using: &random)
            let sorted = elements.sorted(by: >)
            for rank in 0..<count {
                #expect(nthLargest(elements, rank) == sorted[rank], "rank \(rank) of \(elements)")
            }
        }
    }
}

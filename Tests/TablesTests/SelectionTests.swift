import Tables
import TestSupport
import Testing

@Suite struct SelectionTests {
    @Test func nthLargestAgreesWithSort() {
        var random = SplitMix64(seed: 6)
        for count in 1...60 {
            let elements = (0..<UInt64(count)).shuffled(using: &random)
            let sorted = elements.sorted(by: >)
            for rank in 0..<count {
                var lost = elements, scratch = elements
                let found = lost.withUnsafeMutableBufferPointer { lost in
                    scratch.withUnsafeMutableBufferPointer { nthLargest(lost, rank, scratch: $0) }
                }
                #expect(found == sorted[rank], "rank \(rank) of \(elements)")
            }
        }
    }
}

import Tables
import TestSupport
import Testing

@Suite struct PartitioningTests {
    @Test func findsTheBorder() {
        for count in 0...40 {
            for border in 0...count {
                let numbers = Array(100..<100 + count)
                #expect(numbers.partitioningIndex { $0 >= 100 + border } == border)
                let slice = (Array(0..<5) + numbers)[5...]
                #expect(slice.partitioningIndex { $0 >= 100 + border } == 5 + border)
            }
        }
    }
}

import Tables
import TestSupport
import Testing

@Suite struct RadixSortTests {
    /// Keys at the borders of digits, many of them equal.
    private func items(_ count: Int) -> [UInt64] {
        var random = SplitMix64(seed: 1)
        return (0..<count).map {
            UInt64(random.below(50)) << UInt64(random.below(58)) | UInt64($0) & 0xffff
        }
    }

    @Test(arguments: [0, 1, 2, 100, 3000]) func sortsByKeyAndIsStable(count: Int) {
        var items = items(count), scratch = items
        let expected = items.enumerated().sorted { ($0.element >> 32, $0.offset) < ($1.element >> 32, $1.offset) }
            .map(\.element)
        items.withUnsafeMutableBufferPointer { items in
            scratch.withUnsafeMutableBufferPointer { radixSortByKey(items, scratch: $0) }
        }
        #expect(difference(items, expected) == nil)
    }

    @Test(arguments: [0, 1, 2, 100, 3000]) func groupsStandTogether(count: Int) {
        var items = items(count), scratch = items
        let expected = items.enumerated().sorted {
            (groupOfKey($0.element), $0.offset) < (groupOfKey($1.element), $1.offset)
        }.map(\.element)
        items.withUnsafeMutableBufferPointer { items in
            scratch.withUnsafeMutableBufferPointer { groupByKey(items, scratch: $0) }
        }
        #expect(difference(items, expected) == nil)
    }
}

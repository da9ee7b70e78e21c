import Columns
import TestSupport
import Testing

@Suite struct ColumnTests {
    /// Appended to, changed, moved to a file and back at random, against an array.
    @Test func againstAnArray() {
        for seed in 0..<200 {
            var random = SplitMix64(seed: UInt64(seed))
            let folder = SpillFolder()
            var column = Column<UInt64>(), expected: [UInt64] = []
            for step in 0..<20 {
                switch random.below(6) {
                case 0: column.spill(to: folder)
                case 1: column.load()
                case 2 where !expected.isEmpty:
                    let index = random.below(expected.count)
                    column[index] = UInt64(step)
                    expected[index] = UInt64(step)
                default:
                    let values = (0..<random.below(seed % 10 == 0 ? 9000 : 40)).map { _ in random.next() }
                    column.append(contentsOf: values)
                    expected += values
                }
                check(column, expected, &random, "seed \(seed), step \(step)")
            }
            #expect(folder.failure == nil)
        }
    }

    private func check(_ column: Column<UInt64>, _ expected: [UInt64], _ random: inout SplitMix64, _ name: Comment) {
        #expect(column.count == expected.count, name)
        #expect(column.map { $0 } == expected, name)
        var walked: [UInt64] = []
        column.forEachBlock { first, block in
            #expect(first == walked.count, name)
            walked += block
        }
        #expect(walked == expected, name)
        guard !expected.isEmpty else { return }
        let index = random.below(expected.count)
        #expect(column[index] == expected[index], name)
        #expect(column.spilledBytes == (column.inMemory == nil ? 8 * expected.count : 0), name)
    }

    /// The first failure is remembered, and told with the folder's name.
    @Test func folderThatIsNot() {
        let folder = SpillFolder("/nowhere/at all")
        var column = Column<UInt8>()
        column.append(contentsOf: [1, 2, 3])
        column.spill(to: folder)
        column.append(contentsOf: [4])
        let talk = folder.failure.map { "\($0)" } ?? ""
        #expect(talk.hasPrefix("/nowhere/at all: temporary files could not be written: No such file or directory"))
    }
}

import Tables
import TestSupport
import Testing

@Suite struct GroupsTests {
    /// None, one, few and many of both.
    @Test(arguments: [0, 1, 2, 50, 3000], [0, 1, 7, 4000]) func againstArrays(groups: Int, elements: Int) {
        guard groups > 0 || elements == 0 else { return }
        var random = SplitMix64(seed: UInt64(groups * 31 + elements))
        let all = (0..<elements).map { _ in random.below(groups) }
        var expected = [[Int32]](repeating: [], count: groups)
        for (element, group) in all.enumerated() { expected[group].append(Int32(element)) }
        let found = Groups<Int32>(count: groups) { place in
            for (element, group) in all.enumerated() { place(group, Int32(element)) }
        }
        #expect(found.count == groups && found.elements == expected.flatMap { $0 })
        for group in 0..<groups { #expect(Array(found[group]) == expected[group], "group \(group)") }
    }

    @Test func placesOfRuns() {
        var random = SplitMix64(seed: 2)
        let runs = (0..<500).map { _ in (group: random.below(40), size: random.below(6)) }
        var sizes = GroupSizes(count: 40)
        for run in runs { sizes.add(run.size, to: run.group) }
        var places = sizes.places()
        var owners = [Int](repeating: -1, count: places.total)
        for run in runs {
            let first = places.next(of: run.group, size: run.size)
            for place in first..<first + run.size {
                #expect(owners[place] == -1, "taken twice")
                owners[place] = run.group
            }
        }
        #expect(owners == owners.sorted() && !owners.contains(-1))
        for group in 0..<40 { #expect(places[group] == owners.indices.filter { owners[$0] == group }.range) }
    }
}

extension [Int] {
    /// Of numbers in a row.
    fileprivate var range: Range<Int> { first.map { $0..<$0 + count } ?? 0..<0 }
}

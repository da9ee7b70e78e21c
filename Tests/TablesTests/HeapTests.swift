import Tables
import TestSupport
import Testing

@Suite struct HeapTests {
    /// Against an array that is sorted anew each time; few values, so that many are equal.
    @Test(arguments: 0..<60) func smallestFirst(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let values = [1, 4, 1000][seed % 3]
        var sorted = (0..<seed / 3).map { _ in random.below(values) }
        var heap = Heap(sorted)
        for step in 0..<400 {
            sorted.sort()
            #expect(heap.first == sorted.first, "step \(step)")
            switch random.below(3) {
            case 0:
                let element = random.below(values)
                heap.insert(element)
                sorted.append(element)
            case 1:
                #expect(heap.popFirst() == (sorted.isEmpty ? nil : sorted.removeFirst()), "step \(step)")
            default:
                guard !sorted.isEmpty else { continue }
                let element = random.below(values)
                heap.replaceFirst(with: element)
                sorted[0] = element
            }
        }
        for element in sorted.sorted() { #expect(heap.popFirst() == element) }
        #expect(heap.popFirst() == nil)
    }
}

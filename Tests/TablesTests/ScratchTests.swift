import Tables
import Testing

@Suite struct ScratchTests {
    @Test func growsAndNeverShrinks() {
        var scratch = Scratch<UInt64>()
        #expect(scratch.capacity == 0 && scratch(0).isEmpty)
        for count in [1, 5, 3, 1000, 1001, 2] {
            let held = scratch.capacity, memory = scratch(count)
            #expect(memory.count == count && scratch.capacity >= max(held, count))
            memory.initialize(repeating: 7)
            #expect(scratch.base[count - 1] == 7)
        }
    }
}

import Tables
import TestSupport
import Testing

@Suite struct RepeatFilterTests {
    /// No repeat is missed; of keys that come once, most are known as such.
    @Test(arguments: [0, 1, 10, 5000], [2, 8]) func missesNone(count: Int, placesPerKey: Int) {
        var random = SplitMix64(seed: UInt64(count))
        var filter = RepeatFilter(count: count, placesPerKey: placesPerKey)
        let keys = (0..<count).map { _ in UInt32(truncatingIfNeeded: random.next()) }
        let repeated = Set(keys.filter { _ in random.flip(0.2) })
        var met: Set<UInt32> = []
        for key in keys + repeated {
            let isRepeat = filter.insert(key) == 1
            #expect(isRepeat || !met.contains(key))
            met.insert(key)
        }
        for key in repeated { #expect(filter.mayRepeat(key) == 1) }
        let mistaken = Set(keys).subtracting(repeated).count { filter.mayRepeat($0) == 1 }
        #expect(mistaken * placesPerKey <= count + 20, "\(mistaken) of \(count)")
    }
}

import Tables
import TestSupport
import Testing

@Suite struct TokenNumbersTests {
    /// Against a dictionary.
    @Test(arguments: 0..<40)
    func numbersInTheOrderOfAppearance(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let range = [1, 3, 50, 5000][seed % 4]
        var numbers = TokenNumbers(capacity: seed), expected: [UInt64: Int] = [:]
        for step in 0..<2000 {
            // Small numbers, and such as differ only in their upper bits.
            let key = UInt64(random.below(range)) << (seed % 3 * 28)
            #expect(numbers[key] == expected[key], "seed \(seed), step \(step)")
            let number = numbers.insert(key)
            #expect(number == expected[key, default: expected.count], "seed \(seed), step \(step)")
            expected[key] = number
            #expect(numbers.keys[number] == key && numbers.count == expected.count, "seed \(seed), step \(step)")
        }
    }
}

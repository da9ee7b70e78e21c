import Glibc
import Records
import TestSupport
import Testing

@testable import Index

@Suite struct GapCodeTests {
    /// Behind the bytes stands what belongs to others.
    private func hashes(_ bytes: [UInt8]) -> [UInt64]? {
        let padded = bytes + [UInt8](repeating: 0xff, count: Record.padding)
        return unsafe padded.withUnsafeBufferPointer {
            unsafe GapCode.hashes(UnsafeBufferPointer(rebasing: $0[..<bytes.count]))
        }
    }

    private func code(_ hashes: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        GapCode.append(hashes, to: &bytes)
        return bytes
    }

    private func random(_ count: Int, _ random: inout SplitMix64, bits: Int = 64) -> [UInt64] {
        Set((0..<count).map { _ in random.next() >> (64 - bits) }).sorted()
    }

    @Test func givesBackWhatWasGiven() {
        var random = SplitMix64(seed: 6)
        let edges: [[UInt64]] = [[], [0], [.max], [0, .max], [0, 1, 2], [.max - 1, .max], Array(0...1000)]
        for hashes in edges + (0..<300).map({ self.random($0, &random, bits: 1 + $0 % 64) }) {
            #expect(self.hashes(code(hashes)) == hashes)
        }
    }

    /// Of random hashes none takes more than half a bit above what it must.
    @Test(arguments: [30, 300, 3000]) func takesWhatItMust(_ count: Int) {
        var random = SplitMix64(seed: 7)
        let least = Double(sign: .plus, exponent: 64, significand: 1) / Double(count)
        let bits = Double(code(self.random(count, &random)).count - 4) * 8 / Double(count)
        // ln n! is what their order does not tell.
        let must = log2(least) + log2(2.718_281_828)
        #expect(bits < must + 0.5, "\(bits), \(must)")
    }

    /// Cut off, lengthened or changed they are refused, or other hashes of which these bytes are the code.
    @Test func refusesAnythingElse() {
        var random = SplitMix64(seed: 8)
        for round in 0..<3000 {
            let whole = code(self.random(random.below(40), &random, bits: 1 + random.below(64)))
            var bytes = whole
            switch round % 4 {
            case 0: bytes.removeLast(1 + random.below(bytes.count))
            case 1: bytes += (0...random.below(9)).map { _ in UInt8(random.below(256)) }
            case 2: bytes[random.below(bytes.count)] ^= UInt8(1 << random.below(8))
            default: bytes = (0..<random.below(60)).map { _ in UInt8(random.below(256)) }
            }
            guard let found = hashes(bytes) else { continue }
            #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 })
            #expect(code(found) == bytes)
        }
        #expect(hashes([]) == nil)
        #expect(hashes([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]) == nil)
        #expect(hashes([0, 0, 0]) == nil && hashes([0, 0, 0, 0]) == [])
    }
}

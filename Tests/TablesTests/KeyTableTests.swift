import Tables
import TestSupport
import Testing

@Suite struct KeyTableTests {
    @Test func countsAsADictionaryDoes() {
        var random = SplitMix64(seed: 4)
        var table = KeyTable(), twin: [UInt32: UInt32] = [:]
        for _ in 0..<20_000 {
            // A range of keys, as a part of several has.
            let key = UInt32(truncatingIfNeeded: random.next() >> 50)
            table.update(key) { $0 += 1 }
            twin[key, default: 0] += 1
        }
        #expect(table.count == twin.count)
        for key in UInt32(0)..<20_000 { #expect(table[key] == twin[key, default: 0], "key \(key)") }
    }

    @Test func noneOneAndTheLast() {
        var table = KeyTable(capacity: 0)
        #expect(table.count == 0 && table[0] == 0 && table[.max] == 0)
        table.update(.max) { $0 = .max }
        table.update(0) { $0 = 1 }
        #expect(table.count == 2 && table[0] == 1 && table[.max] == .max && table[1] == 0)
    }
}

@Suite struct PackedTableTests {
    @Test(arguments: [1, 8, 5000]) func agreesWithDictionary(capacity: Int) {
        var random = SplitMix64(seed: 3)
        let keys = (0..<capacity + 1000).map { _ in random.next() }
        var table = PackedTable(capacity: capacity)
        var twin: [UInt64: UInt16] = [:]
        for _ in 0..<4 * capacity {
            let key = keys[Int.random(in: 0..<capacity, using: &random)]
            table.update(key, from: 7) { $0 += 1 }
            twin[key, default: 7] += 1
        }
        #expect(table.count == twin.count)
        for key in keys { #expect(table.find(key) == twin[key], "key \(key)") }
    }
}

@Suite struct ItemCounterTests {
    /// One count after another.
    @Test func countsAsADictionaryDoes() {
        var random = SplitMix64(seed: 8)
        var counter = ItemCounter()
        for round in [10, 5000, 3, 100_000, 0, 700] {
            var expected: [UInt32: UInt32] = [:]
            for _ in 0..<round {
                let item = UInt32.random(in: 0..<UInt32(round), using: &random) &* 65_537
                counter.add(item)
                expected[item, default: 0] += 1
            }
            var found: [UInt32: UInt32] = [:]
            counter.drain { found[$0] = $1 }
            #expect(found == expected, "\(round) additions")
        }
        for _ in 0..<70_000 { counter.add(0) }
        counter.drain { #expect($0 == 0 && $1 == 70_000) }
    }
}

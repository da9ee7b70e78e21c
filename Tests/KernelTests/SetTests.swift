import CDedupKernels
import Glibc
import TestSupport
import Testing

/// Shingles, sketches and set operations against plain twins: equal bits on every instruction set.
@Suite struct SetTests {
    private func hashes(_ count: Int, seed: Int) -> [UInt64] {
        var random = SplitMix64(seed: UInt64(seed))
        return (0..<count).map { _ in random.next() }
    }

    @Test(arguments: InstructionSet.all)
    func shingles(kernel: InstructionSet) {
        for count in Array(1...70) + [127, 128, 129, 1000] {
            let tokens = hashes(count, seed: count)
            for width in [1, 2, 3, 4, 5, 6, 8, 16, 17, count] where width <= count {
                let difference = difference(kernel.shingle(tokens, width: width), Naive.shingles(tokens, width: width))
                #expect(difference == nil, "\(kernel), \(count) tokens, width \(width)")
            }
        }
    }

    @Test(arguments: InstructionSet.all)
    func samples(kernel: InstructionSet) {
        for count in Array(1...70) + [127, 128, 129, 1000] {
            let tokens = hashes(count, seed: count)
            for width in [1, 2, 3, 6, 16, 17, count] where width <= count {
                let all = Naive.shingles(tokens, width: width)
                for bound in [0, 1, 1 << 61, 1 << 63, .max, all[0], all[all.count / 2]] {
                    let expected = all.filter { $0 < bound }.map { UInt32(truncatingIfNeeded: $0) }
                    #expect(
                        kernel.sample(tokens, width: width, below: bound) == expected,
                        "\(kernel), \(count) tokens, width \(width), bound \(bound)")
                }
            }
        }
    }

    @Test(arguments: InstructionSet.all)
    func sketches(kernel: InstructionSet) {
        for count in Array(1...400) + [511, 512, 513, 543, 544, 545, 1023, 1024, 1025, 3000] {
            let set = hashes(count, seed: 1000 + count)
            let difference = difference(kernel.sketch(set), Naive.sketch(set))
            #expect(difference == nil, "\(kernel), \(count) shingles")
        }
    }

    /// A signature is that of the set.
    @Test(arguments: InstructionSet.all)
    func orderAndRepeatsDoNotMatter(kernel: InstructionSet) {
        var random = SplitMix64(seed: 5)
        for count in [1, 2, 16, 17, 33, 100, 600] {
            let set = hashes(count, seed: count)
            let other = (set + set.filter { _ in random.flip(0.5) } + set.prefix(3)).shuffled(using: &random)
            #expect(kernel.sketch(other) == kernel.sketch(set), "\(kernel), \(count) shingles")
        }
    }

    /// Hashes at the ends of their range, and sets that leave all slots but one empty.
    @Test(arguments: InstructionSet.all)
    func extremeSketches(kernel: InstructionSet) {
        for (name, set) in [
            ("zero", [0]), ("largest", [.max]), ("both", [0, .max]), ("one slot", (0..<300).map { UInt64($0) << 32 }),
            ("lower half only", (0..<300).map { UInt64($0) }),
        ] as [(String, [UInt64])] {
            #expect(difference(kernel.sketch(set), Naive.sketch(set)) == nil, "\(kernel), \(name)")
        }
    }

    /// All small sizes, with much and little in common.
    @Test(arguments: InstructionSet.all)
    func intersections(kernel: InstructionSet) {
        for a in 0...40 {
            for b in 0...40 {
                for universe in [UInt64(45), 100, 1000] {
                    check(kernel, a, b, universe: universe, seed: a * 1000 + b)
                }
            }
        }
        for (a, b) in [(1000, 1000), (3, 4000), (4000, 3), (2500, 2501)] {
            for universe in [UInt64(5000), 20_000] { check(kernel, a, b, universe: universe, seed: a + b) }
        }
    }

    private func check(_ kernel: InstructionSet, _ a: Int, _ b: Int, universe: UInt64, seed: Int) {
        var random = SplitMix64(seed: UInt64(seed) &+ universe)
        func set(_ count: Int) -> Set<UInt64> {
            var set: Set<UInt64> = []
            while set.count < count { set.insert(random.next() % universe &* 0x0123_4567_89ab_cdef) }
            return set
        }
        let (x, y) = (set(a), set(b))
        let found = kernel.intersect(x.sorted(), y.sorted()), expected = x.intersection(y).count
        #expect(found == expected, "\(kernel), sizes \(a) and \(b), universe \(universe)")
    }

    @Test(arguments: InstructionSet.all)
    func agreement(kernel: InstructionSet) {
        var random = SplitMix64(seed: 9)
        for agreeing in 0...128 {
            let a = (0..<128).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            // What differs, in one bit or in several.
            let b = zip(0..., a).map { $0 < agreeing ? $1 : $0 % 9 == 8 ? ~$1 : $1 ^ 1 << UInt8($0 % 9) }
            #expect(kernel.table.pointee.agree(a, b) == agreeing, "\(kernel), \(agreeing) positions")
        }
    }

    @Test func fingerprintsAreTheSameOnAllKernels() {
        for count in Array(0...130) + [1000, 5000] {
            let tokens = hashes(count, seed: count)
            let all = InstructionSet.all.map { $0.table.pointee.fingerprint(tokens, count) }
            #expect(all.allSatisfy { ($0.low, $0.high) == (all[0].low, all[0].high) }, "\(count) tokens")
            guard count > 0 else { continue }
            var other = tokens
            other[count / 2] ^= 1
            let changed = InstructionSet.all[0].table.pointee.fingerprint(other, count)
            #expect(changed.low != all[0].low && changed.high != all[0].high, "\(count) tokens, one bit changed")
        }
    }

    /// Well mixed and adversarial: the counting pass must not be what the result rests on.
    @Test(arguments: [0, 1, 2, 3, 63, 64, 65, 66, 255, 256, 1000, 1023, 1024, 5000, 100_000])
    func sortUnique(count: Int) {
        let random = hashes(count, seed: count)
        for (name, values) in [
            ("random", random), ("all equal", random.map { _ in 7 }), ("largest", random.map { _ in .max }),
            ("same top bits", random.map { $0 >> 30 }), ("same bottom bits", random.map { $0 << 40 }),
            ("ascending", random.sorted()), ("descending", random.sorted(by: >)),
            ("small", (0..<count).map { UInt64($0) }),
            ("few", random.map { $0 % 10 &* 0x0123_4567_89ab_cdef }),
            ("twice", (random + random).prefix(count).reversed()),
            ("one crowd", random.enumerated().map { $0.offset % 3 == 0 ? $0.element >> 20 : $0.element }),
        ] {
            var sorted = Array(values), scratch = [UInt64](repeating: 0, count: count)
            let kept = ddk_sort_unique(&sorted, count, &scratch)
            let difference = difference(Array(sorted[..<kept]), Set(values).sorted())
            #expect(difference == nil, "\(name), \(count) values")
        }
    }

    /// Unsorted sets with repeats, tables from just large enough to sparse, hashes that crowd one place.
    @Test func overlaps() {
        var random = SplitMix64(seed: 3)
        for round in 0..<600 {
            let sizes = (random.below(round < 500 ? 40 : 1000), random.below(round < 500 ? 40 : 1000))
            let universe = 1 + random.below(2 * (sizes.0 + sizes.1) + 1)
            let crowded = random.flip(0.3)
            func values(_ count: Int) -> [UInt64] {
                (0..<count).map { _ in
                    let value = UInt64(random.below(universe))
                    return crowded ? value << 2 : Naive.shingles([value &+ 1], width: 1)[0] & ~3
                }
            }
            let (a, b) = (values(sizes.0), values(sizes.1))
            let needed = max(2, 2 * (a.count + b.count))
            let bits = Int.bitWidth - (needed - 1).leadingZeroBitCount + random.below(2)
            var table = [UInt64](repeating: .max, count: 1 << bits)
            let found = ddk_overlap_of(a, a.count, b, b.count, &table, UInt32(bits))
            let expected = (Set(a).intersection(b).count, Set(a).count, Set(b).count)
            #expect(
                (Int(found.common), Int(found.a), Int(found.b)) == expected,
                "round \(round), sizes \(sizes), universe \(universe), crowded \(crowded), \(bits) bits")
        }
    }

    @Test func positionsBelow() {
        for count in [0, 1, 7, 500] {
            var random = SplitMix64(seed: UInt64(count))
            let hashes = (0..<count).map { _ in random.next() >> UInt64(random.below(4)) }
            for bound in [0, 1 << 60, 1 << 62, UInt64.max] + hashes.prefix(3) {
                var found = [UInt32](repeating: .max, count: count + 1)
                found.removeLast(found.count - ddk_positions_below(hashes, count, bound, &found))
                #expect(found == hashes.indices.filter { hashes[$0] < bound }.map { UInt32($0) }, "\(count), \(bound)")
            }
        }
    }

    /// More than 32 bits can count is refused before anything is read.
    @Test func tooMany() async {
        await #expect(processExitsWith: .signal(SIGABRT)) {
            var value: UInt64 = 0, scratch: UInt64 = 0
            _ = ddk_sort_unique(&value, 1 << 32, &scratch)
        }
        await #expect(processExitsWith: .signal(SIGABRT)) {
            var value: UInt64 = 0, table: UInt64 = 0
            _ = ddk_overlap_of(&value, 1 << 32, nil, 0, &table, 0)
        }
        await #expect(processExitsWith: .signal(SIGABRT)) {
            var value: UInt64 = 0, place: UInt32 = 0
            _ = ddk_positions_below(&value, 1 << 32, 0, &place)
        }
        await #expect(processExitsWith: .signal(SIGABRT)) {
            var value: UInt64 = 0, byte: UInt8 = 0
            _ = ddk_active().pointee.tokenise(&byte, 1 << 32, &value, nil, nil, 1)
        }
    }

    /// Where a count is 0, a pointer may be null.
    @Test(arguments: InstructionSet.all)
    func nothing(kernel: InstructionSet) {
        var hash: UInt64 = 0
        var table = [UInt64](repeating: 1, count: 4)
        #expect(kernel.table.pointee.tokenise(nil, 0, &hash, nil, nil, 0) == 0, "\(kernel)")
        #expect(kernel.table.pointee.intersect(nil, 0, nil, 0) == 0, "\(kernel)")
        let found = ddk_overlap_of(nil, 0, nil, 0, &table, 2)
        #expect((found.common, found.a, found.b) == (0, 0, 0))
    }
}

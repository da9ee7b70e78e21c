import Columns
import TestSupport
import Testing

@testable import MinHash

/// Groups in the order of their keys, items ascending.
private func naiveBuckets(_ keys: [(key: UInt32, item: ItemNumber)]) -> [[ItemNumber]] {
    Dictionary(grouping: keys, by: \.key).filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
        .map { $0.value.map(\.item).sorted() }
}

extension Buckets {
    fileprivate var groups: [[ItemNumber]] { (0..<count).map { Array(items[self[$0]]) } }
}

@Suite struct BucketsTests {
    /// Random keys from few to many, all equal, all different, at the borders of the radix sort's digits.
    @Test(arguments: [0, 1, 2, 3, 10, 100, 2047, 2048, 5000])
    func groupsOfEqualKeys(count: Int) {
        for (name, mask) in [("all equal", 0), ("few", 7), ("some", 0xff), ("digits", 0x0040_0801), ("any", .max)]
            as [(String, UInt32)]
        {
            var random = SplitMix64(seed: UInt64(count))
            let keys = (0..<count).map { _ in UInt32(truncatingIfNeeded: random.next()) & mask }
            let buckets = Buckets(count: count) { keys[$0] }
            let expected = naiveBuckets(keys.enumerated().map { ($0.element, ItemNumber($0.offset)) })
            #expect(difference(buckets.groups, expected) == nil, "\(count) items, keys \(name)")
        }
    }

    @Test func append() {
        var all = Buckets(), expected: [[ItemNumber]] = []
        for band in 0..<5 {
            let buckets = Buckets(count: 20) { UInt32($0 % (band + 3)) }
            all.append(buckets)
            expected += buckets.groups
            all.append(Buckets())
        }
        #expect(all.groups == expected)
    }

    @Test func indexKnowsTheBucketsOfAnItem() {
        for seed in 0..<100 {
            var random = SplitMix64(seed: UInt64(seed)), buckets = Buckets()
            let items = 1 + random.below(40)
            for _ in 0..<random.below(6) {
                let keys = (0..<items).map { _ in UInt32(random.below(8)) }
                buckets.append(Buckets(count: items) { keys[$0] })
            }
            let index = BucketIndex(buckets, itemCount: items)
            for item in (0..<items).map({ ItemNumber($0) }) {
                let expected = buckets.groups.indices.filter { buckets.groups[$0].contains(item) }.map {
                    BucketNumber($0)
                }
                #expect(Array(index.buckets(of: item)) == expected, "seed \(seed), item \(item)")
            }
        }
    }
}

@Suite struct SketchStoreTests {
    /// Slabs of all sizes that grow, in memory and in files, items without signature and items left out, against a dictionary a band.
    @Test func bucketsAndBytes() {
        for seed in 0..<60 {
            var random = SplitMix64(seed: UInt64(seed))
            let banding = [Banding(threshold: 0.7), Banding(bands: 1, rows: 1), Banding(bands: 64, rows: 2)][seed % 3]
            let values = banding.rows == 5 ? 2 : [3, 12, 300][random.below(3)]
            let folder = SpillFolder()
            var store = SketchStore(banding: banding), all: [[UInt32]?] = []
            for _ in 0..<random.below(5) {
                var slab = SketchBuilder(banding: banding, capacity: random.below(4))
                for _ in 0..<random.below(80) {
                    let slots = (0..<128).map { _ in UInt32(random.below(values)) << 20 }
                    let signature = random.flip(0.9) ? slots : nil
                    all.append(signature)
                    slab.append(signature)
                }
                store.append(slab.finish())
                if seed % 2 == 0, random.flip(0.4) { store.spill(to: folder) }
            }
            #expect(store.count == all.count, "seed \(seed)")
            let numbers = all.enumerated().map {
                $1 == nil || random.flip(0.2) ? ItemNumber.none : ItemNumber(1000 + $0)
            }
            for band in 0..<banding.bands {
                let keys = zip(all, numbers).filter { $0.1 != .none }.map {
                    (BandingTests.keys(banding, $0.0!)[band], $0.1)
                }
                let found = store.buckets(band: band, numbers: numbers).groups
                #expect(
                    Set(found) == Set(naiveBuckets(keys)) && found.count == naiveBuckets(keys).count,
                    "seed \(seed), band \(band)")
            }
            let reader = SignatureReader(store)
            for (item, slots) in all.enumerated() {
                guard let slots else { continue }
                let bytes = store.withBytes(of: item) { Array(UnsafeBufferPointer(start: $0, count: 128)) }
                #expect(bytes == slots.map { UInt8(truncatingIfNeeded: $0) }, "seed \(seed), item \(item)")
                let other = item / 2
                let agreement = all[other].map { zip($0, slots).count { UInt8($0 & 0xff) == UInt8($1 & 0xff) } }
                if let agreement {
                    #expect(reader.agreement(other, item) == agreement, "seed \(seed), \(other), \(item)")
                }
            }
        }
    }
}

extension SketchBuilder {
    fileprivate mutating func append(_ slots: [UInt32]?) {
        guard let slots else { return append(UnsafePointer<UInt32>?.none) }
        slots.withUnsafeBufferPointer { append($0.baseAddress) }
    }
}

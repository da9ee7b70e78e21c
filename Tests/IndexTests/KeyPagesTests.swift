import Store
import TestSupport
import Testing

@testable import Index

@Suite struct KeyPagesTests {
    private let scratch = TemporaryFolder()

    private func table(_ entries: [UInt64], documents: Int, expected: Int) throws -> KeyPagesReader {
        let folder = StoreFolder(scratch.path)
        let file = try PagedWriter(folder, "keys", tag: 3)
        try file.append([1, 2, 3])
        var writer = try KeyPagesWriter(file, documents: documents)
        for entry in entries { try writer.append(entry, to: file) }
        let pages = try writer.finish(to: file)
        return KeyPagesReader(
            pages: pages, file: try PagedFile(folder, try file.finish()), expected: expected)
    }

    private func places(_ table: KeyPagesReader, _ key: UInt32) throws -> [Int] {
        var places: [Int] = []
        try table.forEachPlace(of: key) { place throws(StoreError) in
            places.append(place)
            return true
        }
        return places
    }

    /// Keys spread evenly, keys in heaps, and all alike; lookups of those that are there and of others, in any order and
    /// in ascending order, where few are asked for and where many are.
    @Test(arguments: [0, 1, 2, 700, 5000, 20_000], [UInt32.max, 1 << 20, 300, 1])
    func findsWhatASearchThroughAllFinds(_ count: Int, _ range: UInt32) throws {
        var random = SplitMix64(seed: UInt64(count) + UInt64(range))
        let documents = max(1, count)
        let entries = (0..<count).map { _ in
            let spread = random.flip(0.5) ? UInt64(range) : max(1, UInt64(range) / 1000)
            return (random.next() % spread) << 32 | UInt64(random.below(documents))
        }.sorted()
        let table = try table(entries, documents: documents, expected: 1)
        var all: [UInt64] = []
        try table.forEach { entry throws(StoreError) in all.append(entry) }
        #expect(all == entries)
        let twin = Dictionary(grouping: entries) { UInt32($0 >> 32) }
        var keys = (0..<300).map { _ in UInt32(truncatingIfNeeded: random.next()) % range } + [0, .max]
        for _ in 0..<300 where count > 0 { keys.append(UInt32(entries[random.below(count)] >> 32)) }
        let many = try self.table(entries, documents: documents, expected: .max)
        let inOrder = keys.sorted()
        for (name, table, keys) in [
            ("few", table, keys), ("few in order", table, inOrder), ("many in order", many, inOrder),
            ("many", many, keys),
        ] {
            for key in keys {
                let expected = (twin[key] ?? []).map { Int($0 & 0xFFFF_FFFF) }, found = try places(table, key)
                try #require(found == expected, "key \(key), \(name)")
            }
        }
    }

    /// A page whose checksum is right and which holds anything.
    @Test func readsAnythingWithoutACrash() throws {
        var random = SplitMix64(seed: 9)
        for _ in 0..<2000 {
            var payload = (0..<4088).map { _ in UInt8(0) }
            for _ in 0..<random.below(40) { payload[random.below(64)] = UInt8(truncatingIfNeeded: random.next()) }
            unsafe payload.withUnsafeBytes { payload in
                guard let page = unsafe KeyPage(payload) else { return }
                _ = page.lowerBound(UInt32(truncatingIfNeeded: random.next()), from: random.below(page.count + 1))
                _ = (page[0], page[page.count - 1])
                var entries: [UInt64] = []
                page.unpack(to: &entries)
                #expect(entries == (0..<page.count).map { page[$0] })
            }
        }
        let none: [[UInt8]] = [[], Array(repeating: 255, count: 4088)]
        for payload in none { unsafe payload.withUnsafeBytes { #expect(unsafe KeyPage($0) == nil) } }
    }
}

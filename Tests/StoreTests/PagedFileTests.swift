import Glibc
import Store
import TestSupport
import Testing

@Suite struct PagedFileTests {
    private let scratch = TemporaryFolder()
    private var folder: StoreFolder { StoreFolder(scratch.path) }

    private func write(_ bytes: [UInt8], tag: UInt64 = 7) throws -> PagedFileName {
        let writer = try PagedWriter(folder, "file", tag: tag)
        var rest = bytes[...]
        var random = SplitMix64(seed: UInt64(bytes.count))
        while !rest.isEmpty {
            let part = rest.prefix(1 + random.below(9000))
            try writer.append(part)
            rest = rest[part.endIndex...]
        }
        return try writer.finish()
    }

    @Test(arguments: [0, 1, 4087, 4088, 4089, 8176, 100_000, 1_500_000])
    func givesBackWhatWasWritten(_ count: Int) throws {
        var random = SplitMix64(seed: 1)
        let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let file = try PagedFile(folder, try write(bytes))
        try file.check()
        let reader = PageReader(file, pages: 4)
        #expect(try reader.bytes(0..<count) == bytes)
        for _ in 0..<200 where count > 0 {
            let start = random.below(count), end = start + random.below(min(count - start, 50_000) + 1)
            #expect(try reader.bytes(start..<end) == Array(bytes[start..<end]))
            if start + 4 <= count {
                let value = try reader.value(UInt32.self, at: start, 0)
                #expect(
                    value
                        == UInt32(
                            littleEndian: bytes[start..<start + 4].enumerated().reduce(0) {
                                $0 | UInt32($1.element) << UInt32(8 * $1.offset)
                            }))
            }
        }
    }

    /// Whatever a byte of a file is changed to, it is found, when it is read and when all is checked.
    @Test func findsEveryFlippedByte() throws {
        var random = SplitMix64(seed: 2)
        let bytes = (0..<20_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let name = try write(bytes), whole = scratch.read("file")
        for _ in 0..<500 {
            let at = random.below(whole.count)
            var damaged = whole
            damaged[at] ^= UInt8(1 + random.below(255))
            scratch.write("file", damaged)
            let file = try PagedFile(folder, name)
            #expect(throws: StoreError.self) { try file.check() }
            // A read gives what was written or fails.
            if let read = try? PageReader(file).bytes(0..<bytes.count) { #expect(read == bytes) }
        }
        for length in [0, 1, 4096, whole.count - 1, whole.count + 1] {
            scratch.write("file", (whole + [0]).prefix(length))
            #expect(throws: StoreError.self) { try PagedFile(folder, name) }
        }
    }

    @Test func tellsAPageInAWrongPlace() throws {
        let name = try write(Array(repeating: 5, count: 3 * 4088)), whole = scratch.read("file")
        scratch.write("file", whole[4096..<8192] + whole[..<4096] + whole[8192...])
        #expect(throws: StoreError.self) { try PageReader(try PagedFile(folder, name)).bytes(0..<100) }
        // And one of another file.
        _ = try write(Array(repeating: 5, count: 3 * 4088), tag: 8)
        #expect(throws: StoreError.self) { try PageReader(try PagedFile(folder, name)).bytes(0..<100) }
    }

    @Test func readsNothingBeyondItsEnd() throws {
        let reader = PageReader(try PagedFile(folder, try write([1, 2, 3])))
        for range in [0..<4, 2..<5000, -1..<2] {
            #expect(throws: StoreError.self) { try reader.bytes(range) }
        }
        #expect(throws: StoreError.self) { try reader.values(UInt64.self, at: 0, 0..<1) }
    }

    @Test func aSecondWriterIsTold() throws {
        let lock = try folder.lock()
        #expect(throws: StoreError.self) { try folder.lock() }
        withExtendedLifetime(lock) {}
    }

    /// Ended anywhere, a replaced file is the old or the new one.
    @Test func replacesAsAWhole() throws {
        for calls in 0..<20 {
            scratch.write("name", "old")
            let faults = Faults(after: calls)
            try? StoreFolder(scratch.path, faults: faults).replace("name", with: Array("new one".utf8))
            #expect(["old", "new one"].contains(scratch.text("name")))
            if !faults.hasStruck {
                #expect(scratch.text("name") == "new one" && calls > 3)
                return
            }
        }
        Issue.record("it never ends")
    }
}

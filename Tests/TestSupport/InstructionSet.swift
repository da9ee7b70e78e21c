public import CDedupKernels

/// One instruction set of this CPU.
public struct InstructionSet: Sendable, CustomStringConvertible {
    public let name: String
    nonisolated(unsafe) public let table: UnsafePointer<ddk_kernels>

    public var description: String { name }

    /// All that this CPU can run.
    public static let all: [InstructionSet] = {
        var tables: [UnsafePointer<ddk_kernels>?] = Array(repeating: nil, count: 8)
        let count = ddk_available(&tables)
        return tables.prefix(count).map { InstructionSet(name: String(cString: $0!.pointee.name), table: $0!) }
    }()
}

/// What `tokenise` gave.
public struct Tokens: Equatable, Sendable {
    public var hashes: [UInt64]
    /// Empty where they were not asked for.
    public var ranges: [Range<Int>]
    public var marks: Marks
    /// Whether the text may mean something else than it says.
    public var isVeiled: Bool
}

/// What it told of a text beside its tokens.
public struct Marks: Equatable, Sendable {
    public var low: UInt64 = 0
    public var high: UInt64 = 0
    public var lost = 0
}

extension InstructionSet {
    /// Runs `tokenise`; nil for `DDK_NO_ROOM`. A value written behind `capacity` is a crash.
    public func tokenise(_ text: GuardedText, ranges wanted: Bool = false, capacity: Int? = nil) -> Tokens? {
        let capacity = capacity ?? 6 * text.count, canary = UInt64(0xdead_beef_dead_beef)
        var hashes = [UInt64](repeating: canary, count: capacity + 16)
        var ranges = [ddk_range](repeating: ddk_range(start: 1, end: 0), count: wanted ? capacity + 16 : 0)
        var marks = ddk_marks()
        let count = ranges.withUnsafeMutableBufferPointer {
            table.pointee.tokenise(text.start, text.count, &hashes, wanted ? $0.baseAddress : nil, &marks, capacity)
        }
        var bare = [UInt64](repeating: canary, count: capacity + 16)
        let again = table.pointee.tokenise(text.start, text.count, &bare, nil, nil, capacity)
        // Near the least room that is enough, one may find none where the other does.
        precondition(
            min(count, again) < 0 || (again == count && bare[..<count] == hashes[..<count]),
            "\(name) has other tokens without marks")
        precondition(hashes[capacity...].allSatisfy { $0 == canary }, "\(name) wrote past \(capacity) tokens")
        precondition(ranges.dropFirst(capacity).allSatisfy { $0.start == 1 }, "\(name) wrote past \(capacity) ranges")
        guard count >= 0 else { return nil }
        return Tokens(
            hashes: Array(hashes[..<count]),
            ranges: ranges.prefix(wanted ? count : 0).map { Int($0.start)..<Int($0.end) },
            marks: Marks(low: marks.hash.low, high: marks.hash.high, lost: marks.lost), isVeiled: marks.is_veiled)
    }

    public func tokenise(_ text: some Sequence<UInt8>, ranges: Bool = false, capacity: Int? = nil) -> Tokens? {
        tokenise(GuardedText(text), ranges: ranges, capacity: capacity)
    }

    public func tokenise(_ text: String, ranges: Bool = false) -> Tokens { tokenise(text.utf8, ranges: ranges)! }

    public func shingle(_ tokens: [UInt64], width: Int) -> [UInt64] {
        Array(unsafeUninitializedCapacity: tokens.count - width + 1) { out, count in
            table.pointee.shingle(tokens, tokens.count, width, out.baseAddress!)
            count = tokens.count - width + 1
        }
    }

    /// A value written behind the last but one is a crash.
    public func sample(_ tokens: [UInt64], width: Int, below bound: UInt64) -> [UInt32] {
        let canary = UInt32(0xdead_beef), room = tokens.count - width + 2
        var out = [UInt32](repeating: canary, count: room + 16)
        let count = table.pointee.sample(tokens, tokens.count, width, bound, &out)
        precondition(out[room...].allSatisfy { $0 == canary }, "\(name) wrote past \(room) keys")
        return Array(out[..<count])
    }

    public func sketch(_ shingles: [UInt64]) -> [UInt32] {
        Array(unsafeUninitializedCapacity: Int(DDK_SLOTS)) { out, count in
            table.pointee.sketch(shingles, shingles.count, out.baseAddress!)
            count = Int(DDK_SLOTS)
        }
    }

    public func intersect(_ a: [UInt64], _ b: [UInt64]) -> Int {
        table.pointee.intersect(a, a.count, b, b.count)
    }
}

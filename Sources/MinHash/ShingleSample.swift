/// A fixed share of all shingles there are, the same for every document: what two documents share of the sample tells
/// how much of either is contained in the other, whatever their lengths (FracMinHash; Irber, Brooks, Reiter et al.:
/// Lightweight compositional analysis of metagenomes with FracMinHash and minimum metagenome covers, 2022).
public enum ShingleSample {
    /// One shingle in this many is in the sample: some forty of a news story.
    public static let rate = 8

    /// - Parameter hash: well mixed; its upper bits decide, its lower half is the key.
    @inlinable
    public static func contains(_ hash: UInt64) -> Bool { hash >> 61 == 0 }
    @inlinable
    public static func key(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) }
}

/// The samples of some documents in a row: 4 bytes for each sampled shingle, and 4 for the document.
public struct SampleSlab: Sendable {
    private var keys: [UInt32] = []
    private var ends: [UInt32] = []

    public init() {}

    public var count: Int { ends.count }

    /// Adds a document by its shingles; nil adds one without any.
    public mutating func append(_ shingles: UnsafeBufferPointer<UInt64>?) {
        if let shingles {
            for hash in shingles where ShingleSample.contains(hash) { keys.append(ShingleSample.key(hash)) }
        }
        ends.append(UInt32(keys.count))
    }

    func forEachSample(_ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
        keys.withUnsafeBufferPointer { keys in
            var start = 0
            for (document, end) in ends.enumerated() {
                body(document, UnsafeBufferPointer(rebasing: keys[start..<Int(end)]))
                start = Int(end)
            }
        }
    }

    /// In the order of the text, repeats included.
    func sample(_ item: Int) -> ArraySlice<UInt32> {
        keys[(item == 0 ? 0 : Int(ends[item - 1]))..<Int(ends[item])]
    }
}

/// The samples of all documents.
public struct SampleStore: Sendable {
    private var slabs: [SampleSlab] = []
    /// Of each slab, the number of its first document; then of all.
    private var firsts: [Int] = [0]

    public init() {}

    public var count: Int { firsts.last! }

    public mutating func append(_ slab: SampleSlab) {
        firsts.append(count + slab.count)
        slabs.append(slab)
    }

    /// Keys of a document in the order of its text, repeats included. O(log slabs).
    public subscript(item: Int) -> ArraySlice<UInt32> {
        var low = 0, high = slabs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if firsts[middle] <= item { low = middle } else { high = middle }
        }
        return slabs[low].sample(item - firsts[low])
    }

    /// Calls `body` with the keys of a sixteenth of all, and the number of the document that has them, by document.
    ///
    /// - Parameter numbers: what each document is called; `UInt32.max` leaves it out.
    func forEachKey(inPart part: UInt32, numbers: [UInt32], _ body: (_ key: UInt32, _ number: UInt32) -> Void) {
        for (slab, first) in zip(slabs, firsts) {
            slab.forEachSample { document, keys in
                let number = numbers[first + document]
                guard number != .max else { return }
                for key in keys where key >> 28 == part { body(key, number) }
            }
        }
    }

    /// Of each numbered document, its sampled shingles that do not recur.
    func sizes(numbers: [UInt32], count: Int, without recurring: RecurringKeys) -> [UInt32] {
        var sizes = [UInt32](repeating: 0, count: count)
        for (slab, first) in zip(slabs, firsts) {
            slab.forEachSample { document, keys in
                let number = numbers[first + document]
                guard number != .max else { return }
                var size: UInt32 = 0
                for key in keys where !recurring.contains(key) { size += 1 }
                sizes[Int(number)] = size
            }
        }
        return sizes
    }
}

/// A fixed share of all shingles there are, the same for every document: what two documents share of the sample tells
/// how much of either is contained in the other, whatever their lengths (FracMinHash; Irber, Brooks, Reiter et al.:
/// Lightweight compositional analysis of metagenomes with FracMinHash and minimum metagenome covers, 2022).
public enum ShingleSample {
    /// One shingle in this many is in the sample: some forty of a news story.
    public static let rate = 8

    /// - Parameter hash: well mixed; its upper bits decide, its lower half is the key.
    @inlinable
    public static func contains(_ hash: UInt64) -> Bool { hash < .max / UInt64(rate) }
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
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: shingles.count + 1) { sampled in
                var count = 0
                // Written whether sampled or not: a branch that is taken at random costs more.
                for hash in shingles {
                    sampled[count] = ShingleSample.key(hash)
                    count &+= ShingleSample.contains(hash) ? 1 : 0
                }
                keys.append(contentsOf: sampled[..<count])
            }
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

    /// Parts of equal size that the keys fall into.
    static let parts = 8

    /// Keys of numbered documents in each part.
    func partSizes(numbers: [UInt32]) -> [Int] {
        var sizes = [Int](repeating: 0, count: Self.parts)
        forEachSample(numbers) { _, keys in
            for key in keys { sizes[Int(key >> 29)] += 1 }
        }
        return sizes
    }

    /// Writes `key << 32 | number` for each key of a part, by document.
    ///
    /// - Parameters:
    ///   - numbers: what each document is called; `UInt32.max` leaves it out.
    ///   - places: the size of the part and one more.
    func writeKeys(ofPart part: Int, numbers: [UInt32], to places: UnsafeMutableBufferPointer<UInt64>) {
        var used = 0
        forEachSample(numbers) { number, keys in
            // Written whether it is of the part or not: a branch that is taken at random costs more.
            for key in keys {
                places[used] = UInt64(key) << 32 | UInt64(number)
                used &+= Int(key >> 29) == part ? 1 : 0
            }
        }
    }

    private func forEachSample(_ numbers: [UInt32], _ body: (UInt32, UnsafeBufferPointer<UInt32>) -> Void) {
        for (slab, first) in zip(slabs, firsts) {
            slab.forEachSample { document, keys in
                let number = numbers[first + document]
                if number != .max { body(number, keys) }
            }
        }
    }

    /// Of each numbered document, its sampled shingles that do not recur.
    func sizes(numbers: [UInt32], count: Int, without recurring: RecurringKeys) -> [UInt32] {
        var sizes = [UInt32](repeating: 0, count: count)
        forEachSample(numbers) { number, keys in
            var size: UInt32 = 0
            for key in keys where !recurring.contains(key) { size += 1 }
            sizes[Int(number)] = size
        }
        return sizes
    }
}

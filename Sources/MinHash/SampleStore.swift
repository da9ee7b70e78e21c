/// The samples of some documents in a row: 4 bytes for each sampled shingle, and 32 for the document.
///
/// Kept apart by the first bits of their keys, so that an index can be made of one part of all keys after the other
/// without looking at the rest.
public struct SampleSlab: Sendable {
    /// Parts of about equal size that the keys fall into.
    static let partBits = 3
    static let parts = 1 << partBits

    /// Of one part after the other; within, of one document after the other.
    private var keys: [UInt32] = []
    /// In `keys`, by part and document.
    private var ends: [UInt32] = []
    public private(set) var count = 0

    public init() {}

    init(_ sampler: Sampler) {
        count = sampler.ends.count
        var next = [Int](repeating: 0, count: Self.parts + 1)
        for key in sampler.keys { next[Self.part(of: key) + 1] += 1 }
        for part in 0..<Self.parts { next[part + 1] += next[part] }
        ends = Array(repeating: 0, count: count * Self.parts)
        keys = Array(unsafeUninitializedCapacity: sampler.keys.count) { places, used in
            var start = 0
            for document in 0..<count {
                let end = Int(sampler.ends[document])
                for key in sampler.keys[start..<end] {
                    let part = Self.part(of: key)
                    places.initializeElement(at: next[part], to: key)
                    next[part] += 1
                }
                for part in 0..<Self.parts { ends[part * count + document] = UInt32(next[part]) }
                start = end
            }
            used = sampler.keys.count
        }
    }

    private static func part(of key: UInt32) -> Int { Int(key >> UInt32(32 - partBits)) }

    /// Keys of a part, of all documents.
    func keys(ofPart part: Int) -> ArraySlice<UInt32> {
        count == 0 ? [] : keys[start(of: part)..<Int(ends[(part + 1) * count - 1])]
    }

    private func start(of part: Int) -> Int { part == 0 ? 0 : Int(ends[part * count - 1]) }

    /// Calls `body` with each document and its keys of a part, repeats included.
    @inline(__always)
    func forEachSample(ofPart part: Int, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void) {
        guard count > 0 else { return }
        keys.withUnsafeBufferPointer { keys in
            var start = start(of: part)
            for document in 0..<count {
                let end = Int(ends[part * count + document])
                body(document, UnsafeBufferPointer(rebasing: keys[start..<end]))
                start = end
            }
        }
    }

    /// Sampled shingles of a document, repeats included.
    func size(_ document: Int) -> Int {
        (0..<Self.parts).reduce(0) { size, part in
            let at = part * count + document
            return size + Int(ends[at]) - (at == 0 ? 0 : Int(ends[at - 1]))
        }
    }
}

/// The samples of all documents.
public struct SampleStore: Sendable {
    private var slabs: [SampleSlab] = []
    public private(set) var count = 0

    public init() {}

    public mutating func append(_ slab: SampleSlab) {
        count += slab.count
        slabs.append(slab)
    }

    /// Calls `body` with some keys of a part, until it has had all.
    @inline(__always)
    func forEachKeys(ofPart part: Int, _ body: (ArraySlice<UInt32>) -> Void) {
        for slab in slabs { body(slab.keys(ofPart: part)) }
    }

    /// Calls `body` with each numbered document and its keys of a part, repeats included.
    ///
    /// - Parameter numbers: what each document is called; `UInt32.max` leaves it out.
    @inline(__always)
    func forEachSample(ofPart part: Int, numbers: [UInt32], _ body: (UInt32, UnsafeBufferPointer<UInt32>) -> Void) {
        var first = 0
        for slab in slabs {
            slab.forEachSample(ofPart: part) { document, keys in
                let number = numbers[first + document]
                if number != .max { body(number, keys) }
            }
            first += slab.count
        }
    }

    /// Of each numbered document, its sampled shingles, repeats included.
    func sizes(numbers: [UInt32], count: Int) -> [UInt32] {
        var sizes = [UInt32](repeating: 0, count: count)
        var first = 0
        for slab in slabs {
            for document in 0..<slab.count {
                let number = numbers[first + document]
                if number != .max { sizes[Int(number)] = UInt32(slab.size(document)) }
            }
            first += slab.count
        }
        return sizes
    }
}

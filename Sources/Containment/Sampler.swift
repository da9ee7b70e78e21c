/// Collects the samples of a slab, document by document.
public struct Sampler: ~Copyable {
    private var keys: UnsafeMutablePointer<UInt32>
    /// Keys that there is room for in each part.
    private var capacity = 1 << 12
    private var counts = [Int](repeating: 0, count: SamplePart.count)
    /// The largest of them.
    private var most = 0
    private var sizes = [[UInt8]](repeating: [], count: SamplePart.count)
    private var documents = 0

    public init() { keys = .allocate(capacity: capacity * SamplePart.count) }

    deinit { keys.deallocate() }

    /// Adds a document by the keys of its sample; nil adds one without any.
    public mutating func append(_ sample: UnsafeBufferPointer<UInt32>?) {
        documents += 1
        let sample = sample ?? UnsafeBufferPointer(start: nil, count: 0)
        if most + sample.count > capacity { grow(to: most + sample.count) }
        withUnsafeTemporaryAllocation(of: Int.self, capacity: SamplePart.count) { before in
            counts.withUnsafeMutableBufferPointer { counts in
                _ = before.initialize(from: counts)
                for key in sample {
                    let part = SamplePart.number(of: key)
                    keys[part &* capacity &+ counts[part]] = key
                    counts[part] &+= 1
                }
                for part in 0..<SamplePart.count {
                    SamplePart.appendSize(counts[part] - before[part], to: &sizes[part])
                    most = max(most, counts[part])
                }
            }
        }
    }

    /// What was collected; the sampler begins anew.
    public mutating func slab() -> SampleSlab {
        let parts = (0..<SamplePart.count).map { part in
            SamplePart.Block(
                keys: Array(UnsafeBufferPointer(start: keys + part * capacity, count: counts[part])), sizes: sizes[part]
            )
        }
        for part in 0..<SamplePart.count {
            counts[part] = 0
            sizes[part].removeAll(keepingCapacity: true)
        }
        most = 0
        defer { documents = 0 }
        return SampleSlab(parts: parts, count: documents)
    }

    private mutating func grow(to least: Int) {
        let grown = max(least, 2 * capacity)
        let wider = UnsafeMutablePointer<UInt32>.allocate(capacity: grown * SamplePart.count)
        for part in 0..<SamplePart.count {
            (wider + part * grown).update(from: keys + part * capacity, count: counts[part])
        }
        keys.deallocate()
        (keys, capacity) = (wider, grown)
    }
}

import MinHash
import Shingle

/// Documents with the same tokens collapse before anything is compared.
struct ExactStage {
    /// Of each document, the preferred one with the same tokens.
    var labels: [UInt32]
    /// The preferred document of each distinct text that has enough words, in order of preference: the items of all
    /// further stages.
    var items: [UInt32] = []

    init(_ documents: Documents, order: [UInt32], shortest: Int) {
        labels = documents.indices.map { UInt32($0) }
        // Of each document that has enough words, its place in the order.
        var places = [UInt32](repeating: .max, count: order.count)
        for (place, document) in order.enumerated() { places[Int(document)] = UInt32(place) }
        documents.lengths.forEachBlock { first, lengths in
            for i in lengths.indices where lengths[i] < shortest { places[first + i] = .max }
        }
        let equals = Buckets(numbers: places) { Self.forEachKey(documents, $0) }
        for bucket in 0..<equals.count {
            // Different texts share 32 bits now and then; the fingerprint decides.
            var preferred: [Fingerprint: UInt32] = [:]
            for at in equals[bucket] {
                let document = order[Int(equals.items[at])]
                let fingerprint = documents.fingerprints[Int(document)]
                labels[Int(document)] = preferred[fingerprint] ?? document
                if preferred[fingerprint] == nil { preferred[fingerprint] = document }
            }
        }
        items = order.filter { [labels] in labels[Int($0)] == $0 && places[Int($0)] != .max }
    }

    /// 32 bits of each fingerprint, in blocks.
    private static func forEachKey(_ documents: Documents, _ body: (_ first: Int, UnsafeBufferPointer<UInt32>) -> Void)
    {
        let size = 4096
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { keys in
            documents.fingerprints.forEachBlock { first, fingerprints in
                for start in stride(from: 0, to: fingerprints.count, by: size) {
                    let count = min(size, fingerprints.count - start)
                    for i in 0..<count { keys[i] = UInt32(truncatingIfNeeded: fingerprints[start + i].low) }
                    body(first + start, UnsafeBufferPointer(rebasing: keys[..<count]))
                }
            }
        }
    }
}

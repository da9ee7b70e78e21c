import MinHash
import Records
import Shingle
import Tables

/// Documents with the same fingerprint collapse before anything is compared.
package struct ExactStage {
    /// Of each document, the preferred one with the same fingerprint; one of no words is like no other.
    package var labels: [DocumentNumber]
    /// The preferred document of each distinct text that has enough words, in order of preference.
    package var texts: Numbering<OfItem, OfDocument>

    /// - Parameters:
    ///   - order: the documents, those that are to be left out aside.
    ///   - shortest: tokens of a text that can be like one that has others.
    package init(_ documents: Documents, order: [DocumentNumber], shortest: Int) {
        var labels = documents.indices.map { DocumentNumber($0) }
        // Of each document that has enough words, its place in the order.
        var places = Numbering<OfItem, OfDocument>(order).inverse(count: documents.count)
        func leaveOut(below least: Int) {
            unsafe documents.lengths.forEachBlock { first, lengths in
                for i in lengths.indices where unsafe lengths[i] < least { places[first + i] = .none }
            }
        }
        leaveOut(below: 1)
        let equals = unsafe Buckets(numbers: places) { unsafe Self.forEachKey(documents, $0) }
        for bucket in 0..<equals.count {
            // Different texts share 32 bits now and then; the fingerprint decides.
            var preferred: [Fingerprint: DocumentNumber] = [:]
            for at in equals[bucket] {
                let document = order[equals.items[at].index]
                let fingerprint = documents.fingerprints[document.index]
                labels[document.index] = preferred[fingerprint] ?? document
                if preferred[fingerprint] == nil { preferred[fingerprint] = document }
            }
        }
        self.labels = labels
        leaveOut(below: shortest)
        texts = Numbering(order.filter { labels[$0.index] == $0 && places[$0.index] != .none })
    }

    /// 32 bits of each fingerprint, in blocks.
    private static func forEachKey(_ documents: Documents, _ body: (_ first: Int, UnsafeBufferPointer<UInt32>) -> Void)
    {
        let size = 4096
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { keys in
            unsafe documents.fingerprints.forEachBlock { first, fingerprints in
                for start in stride(from: 0, to: fingerprints.count, by: size) {
                    let count = min(size, fingerprints.count - start)
                    for i in 0..<count {
                        unsafe keys[i] = unsafe UInt32(truncatingIfNeeded: fingerprints[start + i].low)
                    }
                    unsafe body(first + start, UnsafeBufferPointer(rebasing: keys[..<count]))
                }
            }
        }
    }
}

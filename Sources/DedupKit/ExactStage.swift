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
        let equals = Buckets(count: order.count) {
            UInt32(truncatingIfNeeded: documents.fingerprints[Int(order[$0])].low)
        }
        for bucket in 0..<equals.count {
            // Different texts share 32 bits now and then; the fingerprint decides.
            var preferred: [Fingerprint: UInt32] = [:]
            for at in equals[bucket] {
                let document = order[Int(equals.items[at])]
                guard documents.lengths[Int(document)] >= shortest else { continue }
                let fingerprint = documents.fingerprints[Int(document)]
                labels[Int(document)] = preferred[fingerprint] ?? document
                if preferred[fingerprint] == nil { preferred[fingerprint] = document }
            }
        }
        items = order.filter { [labels] in
            labels[Int($0)] == $0 && documents.lengths[Int($0)] >= shortest
        }
    }
}

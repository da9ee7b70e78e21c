/// Which of several alike documents is preferred.
public enum Keep: String, Sendable, CaseIterable {
    /// The earliest, then the longest, then the first; undated ones come last.
    case earliest
    /// The longest, then the first.
    case longest
    /// The first in the input.
    case first
}

/// The order in which documents are preferred as representatives.
func preferenceOrder(_ documents: Documents, _ keep: Keep = .earliest) -> [UInt32] {
    if keep == .first { return documents.indices.map { UInt32($0) } }
    var keys = documents.indices.map { document in
        let date = keep == .earliest ? UInt64(bitPattern: documents.dates[document]) ^ 1 << 63 : 0
        let shortness = ~documents.lengths[document]
        return UInt128(date) << 64 | UInt128(shortness) << 32 | UInt128(document)
    }
    keys.sort()
    return keys.map { UInt32(truncatingIfNeeded: $0) }
}

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
    // Columns one after the other, in blocks: they may lie in files.
    var keys = documents.indices.map { UInt128($0) }
    documents.lengths.forEachBlock { first, lengths in
        for i in lengths.indices { keys[first + i] |= UInt128(~lengths[i]) << 32 }
    }
    if keep == .earliest {
        documents.dates.forEachBlock { first, dates in
            for i in dates.indices { keys[first + i] |= UInt128(UInt64(bitPattern: dates[i]) ^ 1 << 63) << 64 }
        }
    }
    keys.sort()
    return keys.map { UInt32(truncatingIfNeeded: $0) }
}

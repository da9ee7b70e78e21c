/// The order in which documents are preferred as representatives: earliest date, then longest, then first in the
/// input. Undated ones come last.
func preferenceOrder(_ documents: Documents) -> [UInt32] {
    var keys = documents.indices.map { document in
        let date = UInt64(bitPattern: documents.dates[document]) ^ 1 << 63
        let shortness = ~documents.lengths[document]
        return UInt128(date) << 64 | UInt128(shortness) << 32 | UInt128(document)
    }
    keys.sort()
    return keys.map { UInt32(truncatingIfNeeded: $0) }
}

import Columns
import Dates
import Records

extension Documents {
    /// The total order in which documents are preferred as representatives: known ones, where they all stay; then what is
    /// favoured; then what is to be kept. The first is the one of the least ordinal.
    ///
    /// - Complexity: O(count log count); 16 bytes a document on the way.
    public func preferenceOrder(_ definition: Definition = Definition()) -> [DocumentNumber] {
        var order = order(of: definition.keep)
        if let favour = definition.favour {
            let ranks = favour.ranks(of: self)
            order =
                favour.values.indices.flatMap { rank in order.filter { ranks[$0.index] == rank } }
                + order.filter { ranks[$0.index] == favour.values.count }
        }
        return definition.keepsKnown ? order.filter(isKnown) + order.filter { !isKnown($0) } : order
    }

    private func order(of keep: Keep) -> [DocumentNumber] {
        // Ordinals that the source gave may have gaps: their order is what counts.
        let first = ordinals.isEmpty ? nil : indices.sorted { (ordinals[$0], $0) < (ordinals[$1], $1) }
        // Columns one after the other, in blocks: they may lie in files.
        var keys = indices.map { UInt128($0) }
        if let first { for (place, document) in first.enumerated() { keys[document] = UInt128(place) } }
        if keep != .first {
            unsafe lengths.forEachBlock { first, lengths in
                for i in lengths.indices { unsafe keys[first + i] |= UInt128(keep.rank(ofLength: lengths[i])) << 32 }
            }
        }
        if keep == .earliest || keep == .newest {
            unsafe dates.forEachBlock { first, dates in
                for i in dates.indices {
                    let rank = unsafe keep.rank(ofDate: dates[i], isKnown: first + i < knownCount)
                    keys[first + i] |= UInt128(UInt64(bitPattern: rank) ^ 1 << 63) << 64
                }
            }
        }
        if keep != .first || first != nil { keys.sort() }
        let places = keys.map { DocumentNumber(rawValue: UInt32(truncatingIfNeeded: $0)) }
        guard let first else { return places }
        return places.map { DocumentNumber(first[$0.index]) }
    }
}

extension Keep {
    /// By which documents sort before all else, ascending; the same for all where dates do not count.
    ///
    /// - Parameters:
    ///   - key: `RecordDate.key`, or `Documents.undated`.
    ///   - isKnown: whether the document is of an archive: it was there before what is new, and an unknown date says
    ///     nothing else.
    package func rank(ofDate key: Int64, isKnown: Bool) -> Int64 {
        switch self {
        case .earliest: key == Documents.undated && isKnown ? .min : key
        case .newest: Self.newestFirst(key)
        case .longest, .first: 0
        }
    }

    /// By which documents sort then, ascending.
    package func rank(ofLength length: UInt32) -> UInt32 { self == .first ? 0 : ~length }

    /// By which dates sort from the newest on, coarse ones behind all others.
    private static func newestFirst(_ key: Int64) -> Int64 {
        guard key != Documents.undated else { return key }
        return RecordDate(key: key).isCoarse ? Int64.max >> 1 - key : -key
    }
}

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
                for i in lengths.indices { unsafe keys[first + i] |= UInt128(~lengths[i]) << 32 }
            }
        }
        if keep == .earliest || keep == .newest {
            unsafe dates.forEachBlock { first, dates in
                for i in dates.indices {
                    let key = unsafe keep == .earliest ? earliestFirst(first + i, dates[i]) : Self.newestFirst(dates[i])
                    keys[first + i] |= UInt128(UInt64(bitPattern: key) ^ 1 << 63) << 64
                }
            }
        }
        if keep != .first || first != nil { keys.sort() }
        let places = keys.map { DocumentNumber(rawValue: UInt32(truncatingIfNeeded: $0)) }
        guard let first else { return places }
        return places.map { DocumentNumber(first[$0.index]) }
    }

    /// What is known was there before what is new, and an unknown date says nothing else.
    private func earliestFirst(_ document: Int, _ key: Int64) -> Int64 {
        key == Self.undated && document < knownCount ? .min : key
    }

    /// By which dates sort from the newest on, coarse ones behind all others.
    private static func newestFirst(_ key: Int64) -> Int64 {
        guard key != undated else { return undated }
        return RecordDate(key: key).isCoarse ? Int64.max >> 1 - key : -key
    }
}

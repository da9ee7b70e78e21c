import Background

/// What is kept of a document at the event level for those that come after it, in words that can be written down.
package struct KeptReport: Sendable {
    /// `headerSize` words; see docs/index-format.md.
    package var header: [UInt64]
    /// A word each, ascending by key: the key below, and above it what the term counts or weighs.
    package var terms: [UInt64]
    /// With documents before it; none of one without weights.
    package var pairs: [Pair] = []

    package static let headerSize = 4

    /// A pair with another document, and what the two say by themselves; see `EventModel.ofWords`.
    package struct Pair: Sendable {
        package var other: Int
        package var alone, part: Int32

        package init(other: Int, alone: Int32, part: Int32) {
            (self.other, self.alone, self.part) = (other, alone, part)
        }
    }
}

extension TermStore.Header {
    private static let weighed: UInt64 = 1, background: UInt64 = 2, form: UInt64 = 4
    private static let undated = UInt64.max

    func words(isWeighed: Bool) -> [UInt64] {
        let flags =
            (isWeighed ? Self.weighed : 0) | (hasBackground ? Self.background : 0) | (isForm ? Self.form : 0)
            | UInt64(weekdays.rawValue) << 8
        return [
            language.code, day?.bitPattern ?? Self.undated, UInt64(UInt32(clamping: length)) | flags << 32,
            UInt64(norm.bitPattern) | UInt64(leadNorm.bitPattern) << 32,
        ]
    }

    /// Nil where they cannot have been written.
    init?(_ words: ArraySlice<UInt64>) {
        guard words.count == KeptReport.headerSize else { return nil }
        let first = words.startIndex, flags = words[first + 2] >> 32
        language = Language(code: words[first])
        day = words[first + 1] == Self.undated ? nil : Double(bitPattern: words[first + 1])
        length = Int(words[first + 2] & 0xFFFF_FFFF)
        (hasBackground, isForm) = (flags & Self.background != 0, flags & Self.form != 0)
        weekdays = Weekdays(rawValue: UInt8(truncatingIfNeeded: flags >> 8))
        norm = Float(bitPattern: UInt32(truncatingIfNeeded: words[first + 3]))
        leadNorm = Float(bitPattern: UInt32(words[first + 3] >> 32))
        // NaN is in no range.
        guard (-1e9...1e9).contains(day ?? 0), (0...1e6).contains(norm), (0...2).contains(leadNorm) else { return nil }
    }

    /// Whether a document that is kept has weights.
    static func isWeighed(_ words: ArraySlice<UInt64>) -> Bool { words[words.startIndex + 2] >> 32 & weighed != 0 }
}

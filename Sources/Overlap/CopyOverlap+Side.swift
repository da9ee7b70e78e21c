extension CopyOverlap {
    /// One side from the marks of its tokens and how the passages cover them (`Cover`); counts its numbers and words.
    /// Eight tokens at a time.
    mutating func side(_ marks: [TextMarks], cover: UnsafeRawBufferPointer) -> Side {
        var side = Side()
        marks.withUnsafeBytes { marks in
            for start in stride(from: 0, to: marks.count, by: 8 * LaneCounts.most) {
                var counts = LaneCounts()
                for at in stride(from: start, to: min(marks.count, start + 8 * LaneCounts.most), by: 8) {
                    let mark = Self.eight(marks, at: at), covered = Self.eight(cover, at: at)
                    counts.add(mark, covered, isToken: LaneCounts.ones >> UInt64(64 - 8 * min(8, marks.count - at)))
                    var numbers = Self.startsOfNumbers(mark, covered)
                    while numbers != 0 {
                        let isEqual = Self.isEqualNumber(at: at + numbers.trailingZeroBitCount / 8, marks, cover)
                        self.numbers += 1
                        equalNumbers += isEqual ? 1 : 0
                        numbers &= numbers - 1
                    }
                }
                add(counts, to: &side)
            }
            side.parts = Self.parts(marks, cover)
        }
        return side
    }

    private mutating func add(_ counts: LaneCounts, to side: inout Side) {
        side.tokens += LaneCounts.sum(counts.text)
        side.covered += LaneCounts.sum(counts.covered)
        side.unquoted += LaneCounts.sum(counts.unquoted)
        side.coveredUnquoted += LaneCounts.sum(counts.coveredUnquoted)
        words += LaneCounts.sum(counts.words)
        equalWords += LaneCounts.sum(counts.equalWords)
    }

    @inline(__always)
    private static func startsOfNumbers(_ marks: UInt64, _ cover: UInt64) -> UInt64 {
        cover & TextMarks.number.lanes(of: marks) & ~TextMarks.continued.lanes(of: marks)
            & ~TextMarks.boilerplate.lanes(of: marks)
    }

    /// A number is the same if all of it is.
    private static func isEqualNumber(
        at token: Int, _ marks: UnsafeRawBufferPointer, _ cover: UnsafeRawBufferPointer
    ) -> Bool {
        var token = token
        repeat {
            if cover[token] & 2 == 0 { return false }
            token += 1
        } while token < marks.count && marks[token] & TextMarks.continued.rawValue != 0
        return true
    }

    /// Of the text cut into 64 equal parts, those that have a covered token.
    private static func parts(_ marks: UnsafeRawBufferPointer, _ cover: UnsafeRawBufferPointer) -> UInt64 {
        var parts: UInt64 = 0, token = 0
        for part in 0..<64 {
            let end = ((part + 1) * marks.count + 63) >> 6
            while token < end {
                if cover[token] & 1 != 0, marks[token] & TextMarks.boilerplate.rawValue == 0 {
                    parts |= 1 << UInt64(part)
                    break
                }
                token += 1
            }
            token = end
        }
        return parts
    }

    /// Eight bytes, the first in the lowest place; 0 behind the end.
    @inline(__always)
    private static func eight(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64 {
        if start + 8 <= bytes.count {
            return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
        return (start..<bytes.count).reversed().reduce(0) { $0 << 8 | UInt64(bytes[$1]) }
    }
}

extension TextMarks {
    /// Of eight tokens' marks, 1 in the byte of each that has this one.
    @inline(__always)
    fileprivate func lanes(of marks: UInt64) -> UInt64 {
        marks >> UInt64(rawValue.trailingZeroBitCount) & LaneCounts.ones
    }
}

/// Counts in eight bytes of a word, one for each of eight tokens.
private struct LaneCounts {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    /// Additions before a byte may overflow.
    static let most = 255

    var text: UInt64 = 0, covered: UInt64 = 0, unquoted: UInt64 = 0, coveredUnquoted: UInt64 = 0
    var words: UInt64 = 0, equalWords: UInt64 = 0

    @inline(__always)
    mutating func add(_ marks: UInt64, _ cover: UInt64, isToken: UInt64) {
        let isText = isToken & ~TextMarks.boilerplate.lanes(of: marks)
        let isCovered = isText & cover, isUnquoted = isText & ~TextMarks.quoted.lanes(of: marks)
        let isWord = isCovered & ~TextMarks.number.lanes(of: marks)
        text &+= isText
        covered &+= isCovered
        unquoted &+= isUnquoted
        coveredUnquoted &+= isCovered & isUnquoted
        words &+= isWord
        equalWords &+= isWord & cover >> 1
    }

    static func sum(_ lanes: UInt64) -> UInt32 {
        let pairs = (lanes & 0x00ff_00ff_00ff_00ff) &+ (lanes >> 8 & 0x00ff_00ff_00ff_00ff)
        return UInt32((pairs &* 0x0001_0001_0001_0001) >> 48)
    }
}

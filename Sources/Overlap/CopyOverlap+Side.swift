extension CopyOverlap {
    /// A bit for each of eight tokens, the lowest of its byte.
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// One side from the marks of its tokens and how the passages cover them; counts its numbers and words. Eight
    /// tokens at a time.
    mutating func side(_ marks: [TextMarks], cover: [UInt8]) -> Side {
        var side = Side()
        marks.withUnsafeBytes { marks in
            cover.withUnsafeBytes { cover in
                for start in stride(from: 0, to: marks.count, by: 8) {
                    let mark = Self.eight(marks, at: start), covered = Self.eight(cover, at: start)
                    let isToken = Self.ones >> UInt64(64 - 8 * min(8, marks.count - start))
                    count(mark, covered, isToken, &side)
                    var numbers = Self.startsOfNumbers(mark, covered)
                    while numbers != 0 {
                        let token = start + numbers.trailingZeroBitCount / 8
                        equalNumbers += Self.isEqualNumber(at: token, marks, cover) ? 1 : 0
                        numbers &= numbers - 1
                    }
                }
                side.parts = Self.parts(marks, cover)
            }
        }
        return side
    }

    @inline(__always)
    private mutating func count(_ marks: UInt64, _ cover: UInt64, _ isToken: UInt64, _ side: inout Side) {
        let text = isToken & ~Self.bit(.boilerplate, marks)
        let covered = text & cover, equal = covered & cover >> 1
        let unquoted = text & ~Self.bit(.quoted, marks), isNumber = Self.bit(.number, marks)
        side.tokens += UInt32(text.nonzeroBitCount)
        side.covered += UInt32(covered.nonzeroBitCount)
        side.unquoted += UInt32(unquoted.nonzeroBitCount)
        side.coveredUnquoted += UInt32((covered & unquoted).nonzeroBitCount)
        words += UInt32((covered & ~isNumber).nonzeroBitCount)
        equalWords += UInt32((equal & ~isNumber).nonzeroBitCount)
        numbers += UInt32(Self.startsOfNumbers(marks, cover).nonzeroBitCount)
    }

    @inline(__always)
    private static func startsOfNumbers(_ marks: UInt64, _ cover: UInt64) -> UInt64 {
        cover & bit(.number, marks) & ~bit(.continued, marks) & ~bit(.boilerplate, marks)
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
        let count = marks.count
        return (0..<64).reduce(0) { parts, part in
            let tokens = (part * count + 63) / 64..<((part + 1) * count + 63) / 64
            let isCovered = tokens.contains {
                cover[$0] & 1 != 0 && marks[$0] & TextMarks.boilerplate.rawValue == 0
            }
            return parts | (isCovered ? 1 : 0) << UInt64(part)
        }
    }

    @inline(__always)
    private static func bit(_ mark: TextMarks, _ marks: UInt64) -> UInt64 {
        marks >> UInt64(mark.rawValue.trailingZeroBitCount) & ones
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

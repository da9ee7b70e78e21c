internal import CDedupKernels

/// A text as it is meant: character references replaced, tags left out, words joined that a line end parts, UTF-8 undone
/// that was read as windows-1252; and where each byte of it comes from.
struct PlainText {
    /// With `Shingler.padding` bytes behind them.
    private var bytes: [UInt8] = []
    private var pieces: [Piece] = []

    private struct Piece {
        /// In `bytes`.
        var start: Int
        /// Where it comes from; as long as the piece if it is a copy.
        var source: Range<Int>
        var isCopy: Bool
    }

    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0.dropLast(Shingler.padding))) }
    }

    /// Nil where the text is meant as it stands. O(length).
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        let isTwiceEncoded = Mojibake.isLikely(in: text)
        var at = 0, copied = 0
        while at < text.count {
            guard let found = Self.substitute(in: text, at: at, isTwiceEncoded) else {
                at += 1
                continue
            }
            copy(copied..<at, of: text)
            pieces.append(Piece(start: bytes.count, source: at..<at + found.length, isCopy: false))
            bytes += found.bytes
            at += found.length
            copied = at
        }
        guard !pieces.isEmpty else { return nil }
        copy(copied..<text.count, of: text)
        bytes += repeatElement(0, count: Shingler.padding)
    }

    private mutating func copy(_ range: Range<Int>, of text: UnsafeBufferPointer<UInt8>) {
        guard !range.isEmpty else { return }
        pieces.append(Piece(start: bytes.count, source: range, isCopy: true))
        bytes.append(contentsOf: text[range])
    }

    /// The bytes of the text that a range of these, which is not empty, stands for. O(log pieces).
    func source(of range: Range<Int>) -> Range<Int> {
        let first = piece(of: range.lowerBound), last = piece(of: range.upperBound - 1)
        let start = first.isCopy ? first.source.lowerBound + range.lowerBound - first.start : first.source.lowerBound
        let end = last.isCopy ? last.source.lowerBound + range.upperBound - last.start : last.source.upperBound
        return start..<end
    }

    private func piece(of byte: Int) -> Piece {
        var low = 0, high = pieces.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if pieces[middle].start <= byte { low = middle } else { high = middle }
        }
        return pieces[low]
    }

    /// What stands for something else at a place, and what for.
    struct Substitute {
        var length: Int
        var bytes: [UInt8]
    }

    private static func substitute(
        in text: UnsafeBufferPointer<UInt8>, at: Int, _ isTwiceEncoded: Bool
    ) -> Substitute? {
        switch text[at] {
        case UInt8(ascii: "&"): Markup.reference(in: text, at: at)
        case UInt8(ascii: "<"): Markup.tag(in: text, at: at)
        case UInt8(ascii: "-"): partedWord(in: text, at: at, hyphen: 1)
        case 0xc2 where at + 1 < text.count && text[at + 1] == 0xad: partedWord(in: text, at: at, hyphen: 2)
        case 0xe2 where text[at...].starts(with: [0xe2, 0x80, 0x90]): partedWord(in: text, at: at, hyphen: 3)
        case 0xc3 where isTwiceEncoded: Mojibake.character(in: text, at: at)
        default: nil
        }
    }

    /// A hyphen and a line end between two letters, the second no capital.
    private static func partedWord(in text: UnsafeBufferPointer<UInt8>, at: Int, hyphen: Int) -> Substitute? {
        let isLetter = { (c: UInt8) in c >= 0x80 || (c | 0x20) &- 0x61 < 26 },
            isSpace = { (c: UInt8) in c == 9 || c == 32 }
        guard at > 0, isLetter(text[at - 1]) else { return nil }
        var end = at + hyphen
        if end < text.count, text[end] == 0x0d { end += 1 }
        guard end < text.count, text[end] == 0x0a || text[end - 1] == 0x0d else { return nil }
        if text[end] == 0x0a { end += 1 }
        while end < text.count, isSpace(text[end]) { end += 1 }
        guard end < text.count, isLetter(text[end]), text[end] >= 0x61 else { return nil }
        return Substitute(length: end - at, bytes: [])
    }
}

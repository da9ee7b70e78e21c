/// Scripts that are written without spaces between words, told by the first bytes of a character in UTF-8. Of these the
/// tokeniser takes each letter for a token.
///
/// Public since Swift 6.3 inlines nothing of a package's own into another module, whatever is `@inlinable`.
public enum Script {
    /// Han and kana: U+3000 to U+9FFF.
    @inlinable @inline(__always)
    public static func isHanOrKana(_ first: UInt8) -> Bool { first &- 0xe3 <= 6 }

    /// The second byte of what begins with E0: U+0E00 to U+0EFF.
    @inlinable @inline(__always)
    public static func isThaiOrLao(behindE0 second: UInt8) -> Bool { second &- 0xb8 <= 3 }

    /// Han, kana, Thai, Lao, Burmese or Khmer.
    public static func isUnspaced(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first {
        case 0xe0: isThaiOrLao(behindE0: second)
        case 0xe1: (0x80...0x82).contains(second) || (0x9e...0x9f).contains(second)
        case 0xf0: second >= 0xa0
        default: isHanOrKana(first)
        }
    }
}

/// The language of a document: the primary subtag of its BCP 47 tag, "en" of "en-GB".
public struct Language: Hashable, Sendable, CustomStringConvertible {
    /// The subtag's letters, one a byte.
    package let code: UInt64

    package init(code: UInt64) { self.code = code }

    public static let undetermined = Language("und")!

    /// - Parameter tag: such as "en", "pt-BR" or "ZH_Hant"; nil if it does not start with 2–8 ASCII letters.
    public init?(_ tag: some StringProtocol) {
        var code: UInt64 = 0
        var letters = 0
        for byte in tag.utf8 {
            let letter = byte | 0x20
            guard letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "z") else {
                if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { break }
                return nil
            }
            code = code << 8 | UInt64(letter)
            letters += 1
        }
        guard (2...8).contains(letters) else { return nil }
        self.code = code
    }

    public var description: String {
        var letters: [UInt8] = []
        for shift in stride(from: 56, through: 0, by: -8) where code >> UInt64(shift) != 0 {
            letters.append(UInt8(truncatingIfNeeded: code >> UInt64(shift)))
        }
        return String(decoding: letters, as: UTF8.self)
    }
}

import CUchardet
import Glibc
import JSON

/// An encoding of text other than UTF-8, by the name that the system's converter has for it.
struct TextEncoding: Sendable, Hashable {
    let name: String

    /// Whether a line feed is more than one byte.
    var isWide: Bool { name.hasPrefix("UTF-16") || name.hasPrefix("UTF-32") }

    /// Nil for UTF-8, and for what the converter does not know.
    init?(named name: String) {
        // Shift-JIS by itself has a yen where JSON has its backslash.
        let upper = name.uppercased()
        let name = ["SHIFT_JIS", "SHIFT-JIS", "SJIS"].contains(upper) ? "CP932" : upper
        guard name != "UTF-8", name != "UTF8", TextConverter.knows(name) else { return nil }
        self.name = name
    }

    private init(_ name: String) { self.name = name }

    /// What the first bytes of a file are in; nil for UTF-8 and for what cannot be told.
    init?(head: [UInt8]) {
        if let wide = Self.wide(head) {
            self = wide
        } else {
            // The last character may be cut.
            self.init(sample: head.count > 4 ? head.dropLast(4) : head)
        }
    }

    /// Whether most of what is not ASCII is UTF-8: what is not is dirt then.
    private static func isMostlyUTF8(_ sample: [UInt8]) -> Bool {
        if unsafe sample.withUnsafeBufferPointer({ unsafe $0.isUTF8 }) { return true }
        var good = 0, bad = 0
        for scalar in String(decoding: sample, as: UTF8.self).unicodeScalars where !scalar.isASCII {
            if scalar == "\u{FFFD}" { bad += 1 } else { good += 1 }
        }
        // Those that stand there are UTF-8 as it should be.
        let given = sample.indices.dropLast(2).count { sample[$0...].starts(with: [0xEF, 0xBF, 0xBD]) }
        return good + given >= bad - given
    }

    /// UTF-16 and UTF-32 by their marks, or by which order of bytes makes more that is common.
    private static func wide(_ head: [UInt8]) -> TextEncoding? {
        if head.starts(with: [0xFF, 0xFE, 0, 0]) { return TextEncoding("UTF-32LE") }
        if head.starts(with: [0, 0, 0xFE, 0xFF]) { return TextEncoding("UTF-32BE") }
        if head.starts(with: [0xFF, 0xFE]) { return TextEncoding("UTF-16LE") }
        if head.starts(with: [0xFE, 0xFF]) { return TextEncoding("UTF-16BE") }
        let sample = Array(head.prefix(4096))
        // Text of bytes has no such control characters; of these has it commas, spaces or full stops.
        guard sample.count >= 8, sample.contains(where: { $0 < 0x09 }) else { return nil }
        let quads = stride(from: 0, to: sample.count & ~3, by: 4)
        if quads.allSatisfy({ sample[$0 + 3] == 0 && sample[$0 + 2] <= 0x10 }) { return TextEncoding("UTF-32LE") }
        if quads.allSatisfy({ sample[$0] == 0 && sample[$0 + 1] <= 0x10 }) { return TextEncoding("UTF-32BE") }
        let pairs = stride(from: 0, to: sample.count & ~1, by: 2)
        let little = pairs.count { isCommon(UInt16(sample[$0 + 1]) << 8 | UInt16(sample[$0])) }
        let big = pairs.count { isCommon(UInt16(sample[$0]) << 8 | UInt16(sample[$0 + 1])) }
        // A few zeros in plain text are dirt.
        guard max(little, big) >= max(4, sample.count / 50), little != big else { return nil }
        return TextEncoding(little > big ? "UTF-16LE" : "UTF-16BE")
    }

    /// ASCII, or a mark of East Asia: in the other order of bytes hardly anything that is written.
    private static func isCommon(_ unit: UInt16) -> Bool {
        (0x20..<0x7F).contains(unit) || unit == 0x0A || (0x3000...0x3002).contains(unit)
            || (0xFF01..<0xFF20).contains(unit)
    }

    private static let leastEvidence = 4

    /// Whether it is neither UTF-8 nor anything that is told, and no mere dirt.
    static func isBeyondTelling(_ sample: [UInt8]) -> Bool { saysMuch(sample) && !isMostlyUTF8(sample) }

    /// Whether there is enough that is not ASCII to tell anything.
    static func saysMuch(_ sample: [UInt8]) -> Bool { sample.count { $0 >= 0x80 } >= leastEvidence }

    /// What bytes that are not UTF-8 are in, as uchardet has it; nil where it says nothing, or what it says makes no text.
    init?(sample: [UInt8]) {
        guard Self.saysMuch(sample), !Self.isMostlyUTF8(sample) else { return nil }
        guard let detector = unsafe uchardet_new() else { return nil }
        defer { unsafe uchardet_delete(detector) }
        guard unsafe uchardet_handle_data(detector, sample.map { CChar(bitPattern: $0) }, sample.count) == 0 else {
            return nil
        }
        unsafe uchardet_data_end(detector)
        let told = unsafe String(cString: uchardet_get_charset(detector))
        // What calls itself ISO 8859-1 is windows-1252, which has more (WHATWG Encoding); so with GB2312 and others.
        let name =
            ["ISO-8859-1": "WINDOWS-1252", "GB2312": "GB18030", "EUC-KR": "CP949"][told] ?? told
        guard !told.isEmpty, let encoding = TextEncoding(named: name), encoding.name != "ASCII",
            encoding.makesText(of: sample)
        else { return nil }
        self = encoding
    }

    /// Whether nearly all that is not ASCII becomes letters and the marks of print.
    private func makesText(of sample: [UInt8]) -> Bool {
        guard let converter = TextConverter(self) else { return false }
        let text = unsafe sample.withUnsafeBufferPointer {
            unsafe String(decoding: converter.converted($0), as: UTF8.self)
        }
        var good = 0, bad = 0
        for scalar in text.unicodeScalars where !scalar.isASCII {
            switch scalar.properties.generalCategory {
            case .control, .privateUse, .unassigned,
                .otherSymbol where scalar == "\u{FFFD}":
                bad += 1
            default: good += 1
            }
        }
        return bad * 20 <= good
    }
}

/// The system's converter from one encoding to UTF-8, or back. What it cannot convert becomes U+FFFD.
@safe final class TextConverter {
    private let descriptor: iconv_t
    private var left: [UInt8] = []
    /// Bytes that a character takes at least.
    private let unit: Int

    static func knows(_ name: String) -> Bool {
        let descriptor = unsafe iconv_open("UTF-8", name)
        guard unsafe descriptor != iconv_t(bitPattern: -1) else { return false }
        unsafe iconv_close(descriptor)
        return true
    }

    init?(_ encoding: TextEncoding, back: Bool = false) {
        let descriptor = unsafe back ? iconv_open(encoding.name, "UTF-8") : iconv_open("UTF-8", encoding.name)
        guard unsafe descriptor != iconv_t(bitPattern: -1), let descriptor = unsafe descriptor else { return nil }
        unsafe self.descriptor = unsafe descriptor
        unit = back ? 1 : encoding.name.hasPrefix("UTF-32") ? 4 : encoding.isWide ? 2 : 1
    }

    deinit { unsafe iconv_close(descriptor) }

    /// All of it, by itself.
    func converted(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        unsafe iconv(descriptor, nil, nil, nil, nil)
        left = []
        return unsafe next(bytes) + end()
    }

    /// What the next bytes of a stream become; a character that is cut waits for the rest.
    func next(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var input = unsafe left + bytes, output: [UInt8] = []
        left = []
        var block = [UInt8](repeating: 0, count: 1 << 14)
        unsafe input.withUnsafeMutableBytes { input in
            var from = unsafe input.baseAddress?.assumingMemoryBound(to: CChar.self), rest = input.count
            while rest > 0 {
                let (failed, count) = unsafe block.withUnsafeMutableBytes { block in
                    var to = unsafe block.baseAddress?.assumingMemoryBound(to: CChar.self), room = block.count
                    let failed = unsafe iconv(descriptor, &from, &rest, &to, &room) == -1
                    return (failed ? errno : 0, block.count - room)
                }
                output += block[..<count]
                if failed == EILSEQ {
                    output += Self.replacement
                    let step = min(unit, rest)
                    unsafe from = from! + step
                    rest -= step
                } else if failed == EINVAL {
                    left = unsafe Array(input[(input.count - rest)...])
                    break
                } else if failed != 0, failed != E2BIG {
                    break
                }
            }
        }
        return output
    }

    /// What is left of a stream that ended inside a character.
    func end() -> [UInt8] {
        defer { left = [] }
        return left.isEmpty ? [] : Self.replacement
    }

    private static let replacement = Array("\u{FFFD}".utf8)
}

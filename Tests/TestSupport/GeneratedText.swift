/// Kinds of text that kernels are tried on.
public enum TextStyle: String, Sendable, CaseIterable {
    /// Mostly not UTF-8.
    case randomBytes
    case words
    /// Runs of all kinds of characters, separators and marks among them.
    case scripts
    /// Tokens of up to 600 bytes, plain and accented.
    case longTokens

    /// Exactly `length` bytes, cut wherever that falls.
    public func bytes(_ length: Int, seed: Int) -> [UInt8] {
        var random = SplitMix64(seed: UInt64(seed) &* 4 &+ UInt64(Self.allCases.firstIndex(of: self)!))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length + 700)
        while bytes.count < length {
            switch self {
            case .randomBytes: bytes.append(UInt8(truncatingIfNeeded: random.next()))
            case .words:
                bytes.append(
                    random.flip(0.85) ? letters.randomElement(using: &random)! : gaps.randomElement(using: &random)!)
            case .scripts: appendRun(to: &bytes, &random)
            case .longTokens: appendLongToken(to: &bytes, &random)
            }
        }
        return self == .randomBytes ? ofKnownCharacters(bytes[..<length]) : Array(bytes[..<length])
    }
}

/// The same with the first byte of each character replaced that is not known to all.
private func ofKnownCharacters(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.indices.map { at in
        guard bytes[at] >= 0xc2 else { return bytes[at] }
        return String(decoding: bytes[at...].prefix(4), as: UTF8.self).unicodeScalars.first!.isKnown ? bytes[at] : 0xff
    }
}

private let letters = Array("abcxyzABCXYZ019".utf8)
private let gaps = Array(" .,\n\t-'@[`{/:".utf8)

/// U+0345 and U+037A are left out: an iota that is a mark depends on the order of marks in texts that are not
/// normalised; and U+2065, which is ignorable but unassigned.
private let blocks: [ClosedRange<UInt32>] = [
    0x20...0x7e, 0x20...0x7e, 0xa0...0x17f, 0x300...0x33f, 0x37b...0x3ff, 0x400...0x45f, 0x5d0...0x5ea, 0x620...0x64f,
    0x900...0x97f, 0xe00...0xe7f, 0xe80...0xeff, 0x1000...0x109f, 0x1100...0x11ff, 0x1780...0x17ff, 0x1e00...0x1fff,
    0x200b...0x200f, 0x2000...0x2064, 0x2066...0x206f, 0x2100...0x214f, 0x3040...0x30ff, 0x3300...0x33ff,
    0x4e00...0x4fff,
    0xac00...0xad00, 0xfb00...0xfdff, 0xff01...0xff9f, 0x1d15e...0x1d1ff, 0x1d400...0x1d7ff, 0x1f300...0x1f64f,
    0x20000...0x200ff, 0xe0100...0xe01ef,
]

private func appendRun(to bytes: inout [UInt8], _ random: inout SplitMix64) {
    let block = blocks.randomElement(using: &random)!
    for _ in 0...random.below(6) {
        guard let c = Unicode.Scalar(UInt32.random(in: block, using: &random)), c.isKnown else { continue }
        bytes += UTF8.encode(c)!
    }
}

extension Unicode.Scalar {
    /// Whether the standard library and utf8proc 2.8 (Unicode 15) say the same of it.
    fileprivate var isKnown: Bool { properties.age.map { ($0.major, $0.minor) <= (15, 0) } ?? true }
}

private func appendLongToken(to bytes: inout [UInt8], _ random: inout SplitMix64) {
    let length = [1, 8, 15, 16, 17, 24, 255, 256, 257, 600].randomElement(using: &random)!
    let accented = random.flip(0.5)
    for _ in 0..<length {
        if accented, random.flip(0.1) {
            bytes += "éßΣж한ก".utf8.randomCharacter(&random)
        } else {
            bytes.append(letters.randomElement(using: &random)!)
        }
    }
    bytes += " ".utf8
}

extension String.UTF8View {
    fileprivate func randomCharacter(_ random: inout SplitMix64) -> String.UTF8View {
        String(String(self).randomElement(using: &random)!).utf8
    }
}

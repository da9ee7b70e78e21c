import Foundation

/// What a normalised character does to the token under construction.
public enum CharacterClass: Sendable {
    case separator, word, single, mark
}

/// By Unicode's general category and, for scripts without spaces, by the character's name.
public func characterClass(_ c: Unicode.Scalar) -> CharacterClass {
    // Braille, and what stands for a lost letter.
    if 0x2800...0x28ff ~= c.value || c.value == 0xfffd { return .word }
    return switch c.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
        isUnspaced(c) ? .single : .word
    case .decimalNumber, .letterNumber, .otherNumber:
        c == "〇" ? .single : .word
    case .unassigned where 0x20000...0x3ffff ~= c.value:
        .single
    case .privateUse, .unassigned:
        .word
    case .nonspacingMark, .spacingMark, .enclosingMark:
        .mark
    default:
        .separator
    }
}

private func isUnspaced(_ c: Unicode.Scalar) -> Bool {
    // Tangut and Nushu are ideographic too; no news is written in them.
    if c.properties.isIdeographic { return !(0x16fe0...0x18d7f ~= c.value || 0x1b170...0x1b2ff ~= c.value) }
    // Unnamed by the standard library, or named for their use in two scripts.
    if "々〱〲〳〴〵〻〼ー".unicodeScalars.contains(c) { return true }
    let scripts = [
        "THAI", "LAO", "MYANMAR", "KHMER", "TAI", "NEW TAI", "HIRAGANA", "KATAKANA", "HENTAIGANA", "BOPOMOFO",
    ]
    return scripts.contains { c.properties.name?.hasPrefix($0 + " ") ?? false }
}

/// Unicode NFKC and full case folding without ignorable characters, a fixed point of all three.
public func folded(_ text: String) -> String {
    var text = Array(text.decomposedStringWithCanonicalMapping.unicodeScalars)
    while true {
        let mapped = text.filter { !$0.properties.isDefaultIgnorableCodePoint }.flatMap(fold)
        let next = Array(
            String(String.UnicodeScalarView(mapped)).decomposedStringWithCompatibilityMapping.unicodeScalars)
        if next == text { return composed(text) }
        text = next
    }
}

/// Case folding as the lower case of the upper case, but for the dotless i, which stands for no other letter, and
/// Cherokee, whose folding is to upper case.
private func fold(_ c: Unicode.Scalar) -> [Unicode.Scalar] {
    switch c.value {
    case 0x131, 0x13a0...0x13f5: [c]
    case 0x13f8...0x13fd: [Unicode.Scalar(c.value - 8)!]
    case 0xab70...0xabbf: [Unicode.Scalar(c.value - 0xab70 + 0x13a0)!]
    default: c.properties.uppercaseMapping.unicodeScalars.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
    }
}

/// What a folded character counts as; nil where writers of its script leave it out at will.
private func usual(_ c: Unicode.Scalar, _ base: Unicode.Scalar) -> Unicode.Scalar? {
    let isMark = characterClass(c) == .mark, name = c.properties.name ?? ""
    let greek: [ClosedRange<UInt32>] = [0x370...0x3ff, 0x1f00...0x1fff], isGreek = greek.contains { $0 ~= base.value }
    switch c.value {
    case 0x300...0x301 where 0x400...0x52f ~= base.value: return nil
    case 0x300...0x36f where isGreek && isMark: return nil
    case _ where isMark && (name.hasPrefix("ARABIC ") || name.hasPrefix("HEBREW ")): return nil
    case _ where isGreek: return String(c).decomposedStringWithCanonicalMapping.unicodeScalars.first
    default: break
    }
    let variants: [Unicode.Scalar: [Unicode.Scalar]] = [
        "е": ["ё", "ѐ"], "и": ["ѝ"], "ا": ["أ", "إ", "آ", "ٱ"], "ه": ["ة", "ۀ", "ہ", "ۂ", "ە"], "ي": ["ى", "ی"],
        "ك": ["ک"],
    ]
    if c == "\u{640}" { return nil }
    return variants.first { $0.value.contains(c) }?.key ?? c
}

/// Stands for a byte that is no UTF-8, as a letter.
func stray(_ byte: UInt8) -> Unicode.Scalar { Unicode.Scalar(0x10_f800 + UInt32(byte))! }

/// The characters of a text, and of each byte that is no UTF-8 its `stray`.
private func characters(_ bytes: some Collection<UInt8>) -> [Unicode.Scalar] {
    var parser = Unicode.UTF8.ForwardParser(), rest = bytes.makeIterator(), left = bytes[...]
    var characters: [Unicode.Scalar] = []
    while true {
        switch parser.parseScalar(from: &rest) {
        case .valid(let encoded):
            characters.append(UTF8.decode(encoded))
            left = left.dropFirst(encoded.count)
        case .error(let length):
            characters += left.prefix(length).map(stray)
            left = left.dropFirst(length)
        case .emptyInput: return characters
        }
    }
}

/// The normalised tokens of a text, a character at a time.
public func naiveTokens(_ bytes: some Collection<UInt8>) -> [String] {
    let text = String(String.UnicodeScalarView(characters(bytes)))
    var tokens: [String.UnicodeScalarView] = []
    var before = CharacterClass.separator, base = Unicode.Scalar(0 as UInt8)
    for written in folded(text).unicodeScalars {
        let isMark = characterClass(written) == .mark
        if !isMark { base = written }
        guard let c = usual(written, base) else { continue }
        switch (characterClass(c), before) {
        case (.separator, _): before = .separator
        case (.mark, .separator): break
        case (.mark, _), (.word, .word): tokens[tokens.count - 1].append(c)
        case (let kind, _):
            tokens.append(String.UnicodeScalarView([c]))
            before = kind
        }
    }
    return tokens.map { String($0) }
}

public func naiveTokens(_ text: String) -> [String] { naiveTokens(Array(text.utf8)) }

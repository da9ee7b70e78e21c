import Foundation
import TestSupport
import Testing

/// Every code point that utf8proc 2.8 knows (Unicode 15), in context.
@Suite struct UnicodeTests {
    static let assigned: [Unicode.Scalar] = (0...0x10ffff).compactMap { Unicode.Scalar($0) }.filter {
        guard let age = $0.properties.age else { return false }
        return (age.major, age.minor) <= (15, 0) && $0.properties.generalCategory != .privateUse
    }
    let kernel = InstructionSet.all.last!

    /// Names the code points whose line has other tokens than expected.
    private func check(_ line: (Unicode.Scalar) -> (text: String, expected: [UInt64])) {
        let faults = Self.assigned.filter { c in
            let (text, expected) = line(c)
            return kernel.tokenise(text).hashes != expected
        }
        let names = faults.prefix(20).map { "U+\(String($0.value, radix: 16)) \($0.properties.name ?? "")" }
        Issue.record("\(faults.count) code points: \(names.joined(separator: "; "))")
    }

    /// All lines at once; only where they differ one by one.
    @Test func classAndFoldingOfEveryCodePoint() {
        let all = Self.assigned.map { "a\($0)b\n" }.joined()
        if kernel.tokenise(all).hashes == naiveTokens(all).map(Naive.tokenHash) { return }
        check { ("a\($0)b", naiveTokens("a\($0)b").map(Naive.tokenHash)) }
    }

    /// Canonically equivalent texts have the same tokens: composed, decomposed, and behind each kind of neighbour.
    @Test(arguments: ["", "=", "a", "é", "東", "ก", "\u{1100}"], ["", "\u{338}", "\u{301}\u{345}"])
    func composedAndDecomposed(before: String, after: String) {
        // Ideographs and syllables are many and alike.
        let text = Self.assigned.filter {
            !$0.properties.isIdeographic && !(0xac00...0xd7a3 ~= $0.value && $0.value % 29 != 0)
        }.map { "\(before)\($0)\(after)b\n" }.joined().decomposedStringWithCanonicalMapping
        let expected = kernel.tokenise(text).hashes
        if kernel.tokenise(composed(text.unicodeScalars)).hashes == expected { return }
        check { c in
            let text = "\(before)\(c)\(after)b".decomposedStringWithCanonicalMapping
            return (composed(text.unicodeScalars), kernel.tokenise(text).hashes)
        }
    }

    /// The twin's own composition, by the standard library's notion of equivalence.
    @Test func compositionIsEquivalent() {
        for c in Self.assigned where c.value < 0x3400 {
            let text = "\(c)\u{301}\u{338}"
            #expect(
                composed(text.decomposedStringWithCanonicalMapping.unicodeScalars) == text,
                "U+\(String(c.value, radix: 16))")
        }
    }

    @Test func fullWidthIsASCII() {
        for c in UInt32(0x21)...0x7e {
            let plain = "a\(Unicode.Scalar(c)!)b", wide = "a\(Unicode.Scalar(c + 0xfee0)!)b"
            // Only the ASCII ones may begin a reference.
            var tokens = [kernel.tokenise(wide), kernel.tokenise(plain)]
            for i in tokens.indices { tokens[i].isVeiled = false }
            #expect(tokens[0] == tokens[1], "U+\(String(c, radix: 16))")
        }
    }

    /// Pairs of texts with the same tokens.
    @Test(arguments: [
        ("soft\u{ad}hyphen", "softhyphen"), ("zero\u{200b}width", "zerowidth"), ("می\u{200c}خواهم", "میخواهم"),
        ("क\u{94d}\u{200d}ष", "क\u{94d}ष"), ("\u{feff}mark", "mark"), ("word\u{2060}joiner", "wordjoiner"),
        ("한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"), ("Straße", "STRASSE"), ("STRAẞE", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("İstanbul", "i\u{307}stanbul"), ("ﬁnance", "finance"), ("e\u{301}te\u{301}", "ÉTÉ"),
        ("e\u{ad}\u{301}", "é"), ("①", "1"), ("½", "1\u{2044}2"), ("½", "1 2"), ("ＡＢＣ１２３", "abc123"),
        ("K", "k"), ("don’t", "don't"), ("a…b", "a b"), ("北京", "北 京"), ("ﷺ", "صلى الله عليه وسلم"),
        ("ｶﾞ", "ガ"), ("naïve\u{fe0f}", "naïve"), ("x\u{e0041}y", "xy"), ("👍🏽great👨‍👩‍👧", "great"), ("a\u{0}b", "a b"),
        ("e\u{345}\u{301}", "é\u{345}"),
    ])
    func sameTokens(_ a: String, _ b: String) {
        #expect(kernel.tokenise(a).hashes == kernel.tokenise(b).hashes, "\(a) and \(b)")
    }

    /// Pairs of texts whose writers left out or wrote otherwise what their script lets them: the same tokens, apart at
    /// level exact.
    @Test(arguments: [
        ("кита́й", "китай"), ("Ёлка стоѝт", "елка стоит"), ("ѐ", "е"), ("أُسْرَة", "اسره"), ("مـــدرسة", "مدرسه"),
        ("على", "علي"), ("کتاب یک", "كتاب يك"), ("שָׁלוֹם", "שלום"), ("ΆΝΘΡΩΠΟΣ", "ΑΝΘΡΩΠΟΣ"), ("ἄνθρωπος", "άνθρωπος"),
        ("προϊόν", "προιον"), ("ﷲ", "اللّه"),
    ])
    func variants(_ a: String, _ b: String) {
        for (a, b) in [(a, b), (a.decomposedStringWithCanonicalMapping, b)] {
            #expect(kernel.tokenise(a).hashes == kernel.tokenise(b).hashes, "\(a) and \(b)")
            #expect(kernel.tokenise(a) != kernel.tokenise(b), "\(a) and \(b)")
        }
        #expect(kernel.tokenise(a) == kernel.tokenise(a.decomposedStringWithCanonicalMapping), "\(a)")
    }

    /// Texts that differ to a reader, and their tokens.
    @Test(arguments: [
        ("ı", "i"), ("resume", "résumé"), ("и", "й"), ("が", "か"), ("ก\u{e49}", "ก"), ("10", "１１"), ("co-op", "coop"),
        ("мой", "мои"), ("їжак", "іжак"), ("кѓ", "кг"), ("schön", "schon"), ("señal", "senal"), ("ма", "мa"),
        ("ب", "ت"),
    ])
    func differentTokens(_ a: String, _ b: String) {
        #expect(kernel.tokenise(a) != kernel.tokenise(b), "\(a) and \(b)")
    }

    /// One token a letter with its marks, in scripts that are written without spaces.
    @Test(arguments: [
        ("น้ำใจ", ["น\u{e49}\u{e4d}", "า", "ใ", "จ"]), ("ສະບາຍ", ["ສ", "ະ", "ບ", "າ", "ຍ"]), ("ខ្មែរ", ["ខ្", "មែ", "រ"]),
        ("မြန်မာ", ["မြ", "န်", "မာ"]), ("東京タワー2024年", ["東", "京", "タ", "ワ", "ー", "2024", "年"]),
        ("ひらがな", ["ひ", "ら", "が", "な"]),
        ("〇五", ["〇", "五"]), ("iPhoneを買う", ["iphone", "を", "買", "う"]), ("한국 경제", ["한국", "경제"]), ("हिन्दी", ["हिन्दी"]),
    ])
    func unspacedScripts(text: String, tokens: [String]) {
        #expect(kernel.tokenise(text).hashes == tokens.map(Naive.tokenHash), "\(text): \(naiveTokens(text))")
    }

    /// Thousands of marks on one letter take linear time and lose nothing else.
    @Test func manyMarks() {
        for count in [29, 30, 31, 61, 5000] {
            let text = "one a" + String(repeating: "\u{301}", count: count) + "b two"
            let tokens = kernel.tokenise(text).hashes
            #expect(tokens.first == Naive.tokenHash("one") && tokens.last == Naive.tokenHash("two"), "\(count) marks")
        }
    }
}

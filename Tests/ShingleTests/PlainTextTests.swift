import Shingle
import TestSupport
import Testing

/// Texts that say something else than what stands there: references, tags, line ends, encodings.
@Suite struct PlainTextTests {
    private func read(_ text: String) -> (tokens: [UInt64], fingerprint: Fingerprint, words: [String]) {
        var shingler = Shingler()
        shingler.read(text, ranges: true)
        let bytes = Array(text.utf8)
        let words = (0..<shingler.tokenCount).map { String(decoding: bytes[shingler.byteRange(of: $0)], as: UTF8.self) }
        return (shingler.withTokens { tokens in tokens.indices.map { tokens[$0] } }, shingler.fingerprint, words)
    }

    /// The same words, and not the same text at level exact.
    @Test(arguments: [
        ("Fish &amp; chips", "Fish & chips"), ("the town&#8217;s ferry", "the town’s ferry"), ("caf&#xE9;", "café"),
        ("caf&eacute;", "café"), ("M&uuml;nchen", "München"), ("&Scaron;koda", "Škoda"), ("p&ccaron;ela", "pčela"),
        ("can&#146;t", "can’t"), ("caf&amp;eacute;", "café"), ("caf&amp;amp;eacute;", "café"), ("a&nbsp;b", "a b"),
        ("<p>One</p><p>two</p>", "One two"), ("a <b>bo</b>ld move", "a bold move"), ("one<br/>two", "one two"),
        (#"see <a href="/x?a=1&amp;b=2>" title='it is'>this</a>"#, "see this"), ("one<!-- two --> three", "one three"),
        ("one<script>var two = 2;</SCRIPT>three", "one three"), ("&lt;p&gt;One &lt;/p&gt; two", "One two"),
        ("exam-\nple text", "example text"), ("exam-\r\n  ple", "example"), ("exam\u{ad}\nple", "example"),
        ("exam\u{2010}\nple", "example"), ("дво-\nрец", "дворец"),
        ("It â€œworksâ€\u{9d}, donâ€™t it", "It “works”, don’t it"),
        ("Ã¼ber KÃ¶ln", "über Köln"),
    ])
    func meansTheSame(_ text: String, _ meant: String) {
        let (found, expected) = (read(text), read(meant))
        #expect(found.tokens == expected.tokens, "\(text): \(found.words)")
        #expect(found.fingerprint != expected.fingerprint, "\(text)")
    }

    /// Stands as it is.
    @Test(arguments: [
        "AT&T and R&D; more", "a < b and c > d", "x <y and z> w", "5 &unknown; 6", "&#0; &#xD800; &#1114112; &;",
        "co-op",
        "CAFÉ», dit-elle", "5 -\n6", "Non-\nEU", "A-\n\nb", "1 <2 >", "<", "&", "&#", "<p", "a <!-- b", "Ã", "été",
    ])
    func standsAsItIs(text: String) {
        var kernel: [UInt64] = []
        for set in InstructionSet.all { kernel = set.tokenise(text).hashes }
        #expect(read(text).tokens == kernel, "\(text)")
    }

    /// Places are those of the text as it is given.
    @Test(arguments: [
        ("caf&amp;eacute; <b>bar</b>", ["caf&amp;eacute;", "bar"]), ("fo<i>o</i> b", ["fo<i>o", "b"]),
        ("a &eacute;t&eacute; b", ["a", "&eacute;t&eacute;", "b"]), ("ex-\nact &amp; so", ["ex-\nact", "so"]),
        ("&lt;b&gt;Ã¼ber&lt;/b&gt; Ã¶l", ["Ã¼ber", "Ã¶l"]), ("&#1076;&#1072;", ["&#1076;&#1072;"]),
    ])
    func rangesAreThoseOfTheText(text: String, words: [String]) { #expect(read(text).words == words, "\(text)") }

    private static let sentences = [
        "The mayor's “plan” for Zürich – a naïve one – wasn't read by many people in the old town hall",
        "Старый мост через реку закрыли на двенадцать недель, и жители идут вокруг по набережной",
        "Ο δήμος έκλεισε τη γέφυρα για δώδεκα εβδομάδες και οι κάτοικοι περπατούν γύρω από το ποτάμι",
        "市政府宣布旧桥将关闭十二周居民必须绕行", "Město uzavřelo most přes řeku na dvanáct týdnů kvůli opravám",
    ]

    /// Each written in random ways, once and twice over.
    @Test func randomSpellings() {
        var random = SplitMix64(seed: 15)
        for round in 0..<300 {
            let sentence = Self.sentences[round % Self.sentences.count], expected = read(sentence).tokens
            var text = escaped(sentence, &random)
            if random.flip(0.3) { text = escaped(text.replacing("<", with: "&lt;"), &random) }
            let found = read(text)
            #expect(found.tokens == expected, "round \(round): \(text)")
            var shingler = Shingler()
            shingler.read(text, ranges: true)
            let ranges = (0..<shingler.tokenCount).map { shingler.byteRange(of: $0) }
            #expect(
                zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, "round \(round): \(text)"
            )
        }
    }

    private func escaped(_ text: String, _ random: inout SplitMix64) -> String {
        var isOpen = false
        return text.unicodeScalars.map { c in
            switch c {
            case "&": return ["&amp;", "&#38;", "&#x26;"].randomElement(using: &random)!
            case " " where !isOpen:
                return [" ", " ", "\n<br>", " <em>", "</p><p class=\"x\">"].randomElement(using: &random)!
            case "<": isOpen = true
            case ">": isOpen = false
            default: break
            }
            if isOpen || c.isASCII || random.flip(0.6) { return String(c) }
            return random.flip(0.5) ? "&#\(c.value);" : "&#X\(String(c.value, radix: 16, uppercase: true));"
        }.joined()
    }

    /// UTF-8 read as windows-1252, once and twice.
    @Test func mojibake() {
        func misread(_ text: String) -> String {
            let upper = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".unicodeScalars)
            return String(
                String.UnicodeScalarView(
                    text.utf8.map { 0x80...0x9f ~= $0 ? upper[Int($0) - 0x80] : Unicode.Scalar($0) }))
        }
        for sentence in Self.sentences {
            let expected = read(sentence).tokens
            #expect(read(misread(sentence)).tokens == expected, "\(misread(sentence))")
            #expect(read(misread(misread(sentence))).tokens == expected, "\(misread(misread(sentence)))")
        }
    }

    /// On every instruction set, for cues at every place of a block.
    @Test(arguments: ["&a", "<b", "-\n", "\u{ad}\r", "Ã©", "â€™", "é", "-", "\n", "& ", "é’", "É ", "<3"])
    func veiledTextsAreKnown(cue: String) {
        let isVeiled = !["é", "-", "\n", "& ", "é’", "É ", "<3"].contains(cue)
        for length in 0..<200 {
            let text = String(repeating: "x", count: length) + cue + "y"
            for set in InstructionSet.all {
                #expect(set.tokenise(text).isVeiled == isVeiled, "\(set), \(cue) at \(length)")
            }
        }
    }
}

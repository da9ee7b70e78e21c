import Testing

@testable import Shingle

@Suite struct ScriptTests {
    /// Every letter that the tokeniser takes for a token of its own in a text without spaces, by its block.
    @Test func lettersOfScriptsWithoutSpaces() {
        for block: ClosedRange<UInt32> in [
            0x3041...0x3096, 0x4e00...0x9fff, 0xe01...0xe30, 0xe81...0xeb0, 0x1780...0x17b3,
        ] {
            for value in block {
                guard let letter = Unicode.Scalar(value), letter.properties.generalCategory == .otherLetter else {
                    continue
                }
                let bytes = Array(String(letter).utf8)
                #expect(Script.isUnspaced(bytes[0], bytes[1]), "U+\(String(value, radix: 16))")
                var shingler = Shingler()
                shingler.read("\(letter)\(letter)")
                #expect(shingler.tokenCount == 2, "U+\(String(value, radix: 16))")
            }
        }
        for letter in ["é", "ж", "ب", "א", "한", "ह", "A"] {
            let bytes = Array(letter.utf8) + [0]
            #expect(!Script.isUnspaced(bytes[0], bytes[1]), "\(letter)")
        }
    }
}

import Shingle
import TestSupport
import Testing

/// Over all of Unicode, by the general categories of the standard library.
@Suite struct CodePointTests {
    /// White space, punctuation, control and format characters may be left out of a text.
    private static let counted = (0...0x10ffff).compactMap { Unicode.Scalar($0) }.filter(isCounted)

    private static func isCounted(_ c: Unicode.Scalar) -> Bool {
        switch c.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .connectorPunctuation, .dashPunctuation,
            .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation, .control,
            .format:
            false
        default: true
        }
    }

    /// Apart from what may be left out.
    private func folded(_ c: Unicode.Scalar) -> [Unicode.Scalar] {
        TestSupport.folded(String(c)).unicodeScalars.filter(Self.isCounted)
    }

    /// Two texts that differ in one other character are never the same, but for what Unicode folds (NFKC_Casefold).
    @Test(arguments: [("one ", " two"), ("one", "two"), ("1", "2")])
    func noCharacterVanishes(before: String, after: String) {
        var shingler = Shingler()
        func fingerprint(_ text: String) -> Fingerprint {
            shingler.read(text)
            return shingler.fingerprint
        }
        var seen: [Fingerprint: Unicode.Scalar] = [:]
        seen.reserveCapacity(Self.counted.count)
        let bare = [fingerprint(before + after), fingerprint("\(before) \(after)")]
        var vanished: [Unicode.Scalar] = [], confused: [(Unicode.Scalar, Unicode.Scalar)] = []
        for c in Self.counted {
            let found = fingerprint("\(before)\(c)\(after)")
            if bare.contains(found) { vanished.append(c) }
            if let other = seen.updateValue(c, forKey: found), folded(c) != folded(other) {
                confused.append((c, other))
            }
        }
        #expect(vanished.isEmpty, "\(vanished.count), \(vanished.prefix(20).map { String($0.value, radix: 16) })")
        #expect(confused.isEmpty, "\(confused.count), \(confused.prefix(20))")
    }

    /// The same letters with a mark that readers may leave out, each time over another of them.
    @Test(arguments: [("مدرسة", "\u{64e}"), ("שלום", "\u{5b8}"), ("Порт", "\u{301}")])
    func aMarkInAnotherPlaceTellsTextsApart(word: String, mark: String) {
        var shingler = Shingler()
        let letters = word.map { String($0) }
        let found = letters.indices.map { place in
            shingler.read(letters[...place].joined() + mark + letters[(place + 1)...].joined())
            return shingler.fingerprint
        }
        #expect(Set(found).count == found.count)
    }
}

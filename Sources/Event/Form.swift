import Background

/// Forms: market tables, results, lists of names. They tell no event, however much two of them have in common.
///
/// Prose of any kind needs the few words that hold a language together; what is filled in or lined up does without most
/// of them. Short texts vary more, so they must have fewer; one of less than twenty words may have none. What has as many
/// digits as letters is none either, whatever its words are.
package enum Form {
    /// Of what general text has of such words, what the shortest and the longest prose still has of them.
    private static let leastShare = 0.42, perRootLength = 1.8

    static func isForm(_ counts: TermCounts, length: Int, _ table: FrequencyTable?) -> Bool {
        guard let table, table.tellsForms else { return false }
        let least =
            table.functionShare * (leastShare - perRootLength / Double(max(length, 1)).squareRoot())
        return counts.share(upTo: FrequencyTable.functionWord) < least
    }

    /// Whether a text has as many digits as letters, not counting those of names such as "A4".
    ///
    /// - Parameter text: UTF-8; bytes beyond ASCII count as letters.
    /// - Complexity: O(*n*).
    package static func isOfFigures(_ text: Span<UInt8>) -> Bool {
        var (digits, letters) = (0, 0)
        for place in text.indices {
            digits += isDigit(text[place]) ? 1 : 0
            letters += isLetter(text[place]) ? 1 : 0
        }
        guard digits > 0, digits >= letters else { return false }
        var run = (digits: 0, isName: false)
        for place in text.indices {
            if isDigit(text[place]) {
                run.digits += 1
            } else if isLetter(text[place]) {
                run.isName = true
            } else {
                digits -= run.isName ? run.digits : 0
                run = (0, false)
            }
        }
        return digits - (run.isName ? run.digits : 0) >= letters
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    @inline(__always)
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 }
}

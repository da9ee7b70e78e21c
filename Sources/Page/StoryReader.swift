import DedupKit

/// One worker's way from a story to its words.
final class StoryReader {
    /// Bytes of a headline, and of a text, that a page shows.
    static let longestHeadline = 300, longestText = 24_000

    /// Of each result.
    private let readers: [TextReader?]

    init(_ results: [PageContent.Result]) { readers = results.map { $0.source?.reader() } }

    /// Headline and text; nil where there is no source or it cannot be read again.
    func read(_ story: PageContent.Story) -> (headline: String, text: [UInt8])? {
        guard let reader = readers[story.result], let row = story.place?.row else { return nil }
        return try? reader.withRecord(of: row) { record in
            let title = unsafe record.title.flatMap { unsafe $0.isEmpty ? nil : $0 }
            return unsafe (Self.line(title ?? record.text, upTo: Self.longestHeadline), Array(record.text))
        }
    }

    /// The first words, white space folded.
    static func line(_ utf8: ArraySlice<UInt8>, upTo longest: Int) -> String {
        unsafe utf8.withUnsafeBufferPointer { unsafe line($0, upTo: longest) }
    }

    private static func line(_ utf8: UnsafeBufferPointer<UInt8>, upTo longest: Int) -> String {
        let kept = unsafe UnsafeBufferPointer(rebasing: utf8[..<wholeCharacters(utf8, upTo: longest)])
        return unsafe oneLine(kept) + (kept.count < utf8.count ? " …" : "")
    }

    /// Where to cut a text so that no character is cut: at most at `longest` bytes.
    static func wholeCharacters(_ utf8: some RandomAccessCollection<UInt8>, upTo longest: Int) -> Int {
        guard utf8.count > longest else { return utf8.count }
        var end = longest
        while end > 0, utf8[utf8.index(utf8.startIndex, offsetBy: end)] & 0xc0 == 0x80 { end -= 1 }
        return end
    }
}

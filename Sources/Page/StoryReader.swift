import DedupKit
import Records

/// One worker's way from a story to its words.
final class StoryReader {
    /// Bytes of a headline and of an address that a page shows.
    static let longestHeadline = 300, longestAddress = 2000

    /// Of each result.
    private let readers: [(reader: TextReader, lost: LostTexts)?]

    init(_ results: [PageContent.Result]) {
        readers = results.map { result in result.source.map { ($0.reader(), result.lost) } }
    }

    /// What a record has, read again.
    struct Words: Sendable {
        var headline: String
        var text: [UInt8]
        /// Where the story is in the web; nil where that is not told, or leads elsewhere.
        var url: String?
    }

    /// Nil where there is no source, or it cannot be read again, which the content remembers.
    func read(_ story: PageContent.Story) -> Words? {
        guard let (reader, lost) = readers[story.result], let row = story.place?.row else { return nil }
        return lost.attempt(row) { () throws(Problem) in try reader.withRecord(of: row, words) }
    }

    private func words(_ record: Record) -> Words {
        let title = unsafe record.title.flatMap { unsafe $0.isEmpty ? nil : $0 }
        return unsafe Words(
            headline: Self.line(title ?? record.text, upTo: Self.longestHeadline), text: Array(record.text),
            url: record.url.flatMap { unsafe Self.webAddress($0) })
    }

    /// An address of the web, and no script, file or other thing that a record may name.
    static func webAddress(_ utf8: some Collection<UInt8>) -> String? {
        guard utf8.count <= longestAddress, utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
        let address = String(decoding: utf8, as: UTF8.self)
        return ["http://", "https://"].contains { address.lowercased().hasPrefix($0) } ? address : nil
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

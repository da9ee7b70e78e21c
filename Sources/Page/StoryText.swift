import DedupKit
import JSON
import Report

/// The texts of a cluster that the page holds, each once.
struct StoryTexts: Sendable {
    private(set) var all: [StoryText] = []
    private var places: [Int: Int] = [:]

    mutating func add(_ text: StoryText, of story: PageContent.Story) {
        places[story.exact] = all.count
        all.append(text)
    }

    /// The number of the text with the words of a story.
    subscript(story: PageContent.Story) -> Int? { places[story.exact] }
}

/// A text that the page holds.
final class StoryText: Sendable {
    /// The first story that has it.
    let story: Int
    /// Whole: passages are found in all of it.
    let utf8: [UInt8]
    /// Marked with the boilerplate.
    let tokens: TokenText
    /// The same without the marks.
    let allTokens: TokenText
    /// How much of it is shown.
    let shown: Int
    /// Bytes that recur across otherwise unrelated stories.
    let boilerplate: [Range<Int>]
    private let offsets: TextOffsets

    init(story: Int, _ utf8: [UInt8], _ finder: BoilerplateFinder, upTo longest: Int) {
        self.story = story
        self.utf8 = utf8
        allTokens = TokenText(utf8)
        boilerplate = finder.ranges(in: allTokens)
        var tokens = allTokens
        tokens.mark(boilerplate)
        self.tokens = tokens
        shown = StoryReader.wholeCharacters(utf8, upTo: longest)
        offsets = TextOffsets(Array(utf8[..<shown]))
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            unsafe utf8.withUnsafeBufferPointer {
                unsafe json.field("text", UnsafeBufferPointer(rebasing: $0[..<shown]))
            }
            json.key("boilerplate")
            json.array { $0.ranges(boilerplate.filter { $0.upperBound <= shown }.map(units)) }
            if TextMarker.unit(utf8, tokens: allTokens.count) == "character" { json.field("characters", true) }
            if shown < utf8.count { json.field("cut", utf8.count - shown) }
        }
    }

    /// In UTF-16 units of what is shown.
    func units(_ bytes: Range<Int>) -> Range<Int> { offsets[bytes.lowerBound]..<offsets[bytes.upperBound] }
}

extension JSONWriter {
    /// One number after the other: starts and ends.
    mutating func ranges(_ ranges: [Range<Int>]) {
        for range in ranges {
            number(range.lowerBound)
            number(range.upperBound)
        }
    }
}

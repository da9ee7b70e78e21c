/// A story made up of words without meaning.
public struct SyntheticStory: Sendable {
    public var id: String
    public var words: [String]
    /// Minutes since 2024 began; nil if undated.
    public var minute: Int?
    /// Whether it is written in capitals and with other punctuation, which changes no token.
    public var isDressedUp = false

    public var text: String {
        isDressedUp ? words.joined(separator: ", ").uppercased() + "!" : words.joined(separator: " ") + "."
    }

    public var date: String? {
        func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return minute.map { "2024-01-\(two(1 + $0 / 1440))T\(two($0 / 60 % 24)):\(two($0 % 60)):00Z" }
    }

    public var jsonLine: String {
        let date = date.map { #","date":"\#($0)""# } ?? ""
        return #"{"id":"\#(id)","text":"\#(text)"\#(date)}"# + "\n"
    }
}

/// Original stories, and of many of them copies that are edited a little or a lot, dressed up, or cut short.
///
/// - Parameter datesDiffer: whether no two stories have the same date; else some have none.
public func syntheticStories(seed: Int, count: Int, datesDiffer: Bool = false) -> [SyntheticStory] {
    var random = SplitMix64(seed: UInt64(seed))
    let vocabulary = 30 + random.below(500)
    let minutes = Array(0..<40_000).shuffled(using: &random)
    var stories: [SyntheticStory] = []
    for number in 0..<count {
        var story = SyntheticStory(id: "story-\(number)", words: [])
        if let original = stories.randomElement(using: &random), random.flip(0.65) {
            story.words = original.words
            for _ in 0..<[0, 0, 1, 2, 5, 15].randomElement(using: &random)! { edit(&story.words, vocabulary, &random) }
            story.isDressedUp = random.flip(0.4)
        } else {
            story.words = (0..<(random.flip(0.1) ? random.below(6) : 6 + random.below(90))).map { _ in
                random.word(vocabulary)
            }
        }
        story.minute = datesDiffer ? minutes[number] : random.flip(0.6) ? random.below(5) : nil
        stories.append(story)
    }
    return stories
}

private func edit(_ words: inout [String], _ vocabulary: Int, _ random: inout SplitMix64) {
    let at = random.below(words.count + 1)
    switch random.below(4) {
    case 0: words.insert(random.word(vocabulary), at: at)
    case 1 where at < words.count: words[at] = random.word(vocabulary)
    case 2: words.removeSubrange(at..<min(words.count, at + 1 + random.below(4)))
    default: words += (0..<random.below(6)).map { _ in random.word(vocabulary) }
    }
}

extension SplitMix64 {
    fileprivate mutating func word(_ vocabulary: Int) -> String { "w\(below(vocabulary))x" }
}

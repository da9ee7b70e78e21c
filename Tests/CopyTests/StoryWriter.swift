import TestSupport

enum Script: CaseIterable {
    case latin, cyrillic, arabic, han

    fileprivate var letters: [Character] {
        switch self {
        case .latin: Array("abcdefghijklmnoprstuvwyz")
        case .cyrillic: Array("абвгдежзиклмнопрстуфхцчшыэюя")
        case .arabic: Array("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
        case .han: (0x4e00..<0x4e00 + 1200).map { Character(Unicode.Scalar($0)!) }
        }
    }

    /// Han words stand side by side.
    var space: String { self == .han ? "" : " " }
}

/// Writes stories of invented words, and what becomes of them on their way through other papers.
struct StoryWriter {
    typealias Words = [String]

    let script: Script
    private var random: SplitMix64
    private let vocabulary: [String]

    init(_ script: Script = .latin, seed: UInt64) {
        self.script = script
        random = SplitMix64(seed: seed)
        let letters = script.letters
        let lengths = script == .han ? 1...2 : 2...9
        var random = SplitMix64(seed: ~seed)
        vocabulary = (0..<4000).map { _ in
            let length = Int.random(in: lengths, using: &random)
            return String((0..<length).map { _ in letters.randomElement(using: &random)! })
        }
    }

    /// Frequent words are frequent here too: the rank is the square of an even draw.
    mutating func word() -> String {
        let draw = Double.random(in: 0..<1, using: &random)
        return vocabulary[Int(draw * draw * Double(vocabulary.count))]
    }

    mutating func words(_ count: Int) -> Words { (0..<count).map { _ in word() } }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// As sentences of about a dozen words.
    func text(_ words: Words) -> String {
        stride(from: 0, to: words.count, by: 12).map {
            words[$0..<min(words.count, $0 + 12)].joined(separator: script.space)
        }.joined(separator: script == .han ? "。" : ". ")
    }

    /// Cut from the end.
    func abridged(_ words: Words, to share: Double) -> Words { Array(words.prefix(Int(Double(words.count) * share))) }

    /// Some sentences left out.
    mutating func thinned(_ words: Words, dropping share: Double) -> Words {
        stride(from: 0, to: words.count, by: 12).flatMap { start -> ArraySlice<String> in
            Double.random(in: 0..<1, using: &random) < share ? [] : words[start..<min(words.count, start + 12)]
        }
    }

    /// Between a text of its own.
    mutating func embedded(_ words: Words, in others: Int) -> Words {
        self.words(others / 2) + words + self.words(others - others / 2)
    }

    /// Some words misread.
    mutating func scanned(_ words: Words, misreading share: Double) -> Words {
        words.map { word in
            guard Double.random(in: 0..<1, using: &random) < share else { return word }
            var letters = Array(word)
            letters[Int.random(in: letters.indices, using: &random)] = script.letters.randomElement(using: &random)!
            return String(letters)
        }
    }
}

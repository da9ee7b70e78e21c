import TestSupport

/// A text made up for a test, and one that was made from it; words of a few scripts, some of them often.
struct EditedPair {
    /// Words of both, and for each word of `b` which word of `a` it was, nil for a new one.
    private(set) var a: [String] = []
    private(set) var b: [(word: String, origin: Int?)] = []
    private var random: SplitMix64
    private let words: [String]
    let separator: String

    enum Script: CaseIterable { case latin, mixed, han }

    enum Edit: CaseIterable { case abridged, embedded, reworded, moved }

    init(_ script: Script, length: Int, vocabulary: Int, seed: Int) {
        random = SplitMix64(seed: UInt64(seed) &+ 60_000)
        separator = script == .han ? "" : " "
        let alphabets: [[String]] =
            switch script {
            case .latin: ["abcdefghijklmnop".map(String.init)]
            case .mixed:
                ["abcde".map(String.init), "абвгд".map(String.init), "αβγδε".map(String.init), ["مرحبا", "سلام"]]
            case .han: [(0x4e00..<0x4e00 + vocabulary).map { String(Unicode.Scalar($0)!) }]
            }
        words = (0..<vocabulary).map { number in
            var random = SplitMix64(seed: UInt64(number) &+ UInt64(seed))
            let alphabet = alphabets[number % alphabets.count]
            if script == .han { return alphabet[number] }
            return (0..<4 + number % 7).map { _ in alphabet.randomElement(using: &random)! }.joined() + "\(number)"
        }
        a = newWords(length)
        b = a.enumerated().map { ($1, $0) }
    }

    mutating func below(_ bound: Int) -> Int { random.below(bound) }

    /// The frequent words of a language are much more frequent than the others.
    mutating func newWords(_ count: Int) -> [String] {
        (0..<count).map { _ in
            words[min(random.below(words.count), random.below(words.count), random.below(words.count))]
        }
    }

    mutating func apply(_ edit: Edit) {
        switch edit {
        case .abridged:
            for _ in 0..<max(1, b.count / 100) where b.count > 80 {
                let start = random.below(b.count - 20)
                b.removeSubrange(start..<start + 10 + random.below(10))
            }
        case .embedded:
            let before = newWords(20 + random.below(200)), after = newWords(20 + random.below(200))
            b = before.map { ($0, nil) } + b + after.map { ($0, nil) }
        case .reworded:
            var at = 8 + random.below(20)
            while at < b.count - 8 {
                b[at] = (newWords(1)[0], nil)
                at += 8 + random.below(20)
            }
        case .moved:
            guard b.count > 100 else { return }
            let start = 20 + random.below(b.count - 80), block = b[start..<start + 30 + random.below(30)]
            b.removeSubrange(block.indices)
            b.insert(contentsOf: block, at: random.below(b.count + 1))
        }
    }

    /// Any small edit anywhere.
    mutating func scratch() {
        guard !b.isEmpty else { return }
        let at = random.below(b.count), end = min(b.count, at + 1 + random.below(25))
        switch random.below(5) {
        case 0: b.insert((newWords(1)[0], nil), at: at)
        case 1: b.removeSubrange(at..<end)
        case 2: b[at] = (newWords(1)[0], nil)
        case 3: b += b[at..<end].map { ($0.word, nil) }
        default:
            let block = b[at..<end]
            b.removeSubrange(at..<end)
            b.insert(contentsOf: block, at: random.below(b.count + 1))
        }
    }

    var textOfA: String { a.joined(separator: separator) }
    var textOfB: String { b.map(\.word).joined(separator: separator) }
}

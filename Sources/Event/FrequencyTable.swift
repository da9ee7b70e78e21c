import CBackground
import Glibc

/// How common terms are in general text of one language.
///
/// Frequencies are in centibels below 1: a term of 300 makes up a thousandth of all words.
final class FrequencyTable: Sendable {
    /// What a text of `referenceWords` words is taken to be when frequencies become document frequencies.
    static let referenceWords = 300.0

    /// Of a term that the table does not have: a third of the rarest it has.
    let unlisted: Int

    private let entries: HashTable<UInt16>
    private static let characterFlag: UInt16 = 1 << 15
    private static let none = UInt16.max

    init(_ background: dedup_background, hash: Background.TokenHash) {
        // A term takes about nine bytes.
        var entries = HashTable(capacity: background.count / 8, empty: Self.none)
        var last = 0
        for (term, centibels) in Terms(background) {
            let value = UInt16(centibels)
            switch characters(term) {
            case 1: entries[hash(term)] = value | Self.characterFlag
            case 2: entries[pairHash(hash(prefix(of: term)), hash(suffix(of: term)))] = value
            default: entries[hash(term)] = value
            }
            last = centibels
        }
        self.entries = entries
        unlisted = last + 50
    }

    /// The frequency of a term in centibels below 1, and whether it is a character of a script without spaces;
    /// nil if the table does not have it.
    func find(_ term: UInt64) -> (centibels: Int, isCharacter: Bool)? {
        guard let value = entries.find(term) else { return nil }
        return (Int(value & ~Self.characterFlag), value & Self.characterFlag != 0)
    }

    /// −ln of the share of texts that hold a term of this frequency.
    static func rarity(centibels: Int) -> Double { rarities[min(centibels, rarities.count - 1)] }

    private static let rarities = (0..<1200).map { -log(-expm1(-referenceWords * pow(10, -Double($0) / 100))) }
}

/// The hash of two neighbouring characters as one term.
func pairHash(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var hash = (first << 23 | first >> 41) ^ second
    hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 32
}

/// The terms of a background in descending order of frequency, each with its centibels.
struct Terms: Sequence, IteratorProtocol {
    private let text: UnsafeBufferPointer<UInt8>
    private var start = 0
    private var line = 0

    init(_ background: dedup_background) {
        text = UnsafeBufferPointer(start: background.text, count: background.count)
    }

    mutating func next() -> (term: UnsafeBufferPointer<UInt8>, centibels: Int)? {
        while start < text.count, text[start] <= UInt8(ascii: " ") {
            if text[start] == UInt8(ascii: "\n") { line += 1 }
            start += 1
        }
        guard start < text.count else { return nil }
        var end = start
        while text[end] > UInt8(ascii: " ") { end += 1 }
        defer { start = end }
        return (UnsafeBufferPointer(rebasing: text[start..<end]), line)
    }
}

/// 1 or 2 where a term is that many kana or Han characters (three bytes each, U+3040–U+9FFF), else 0.
func characters(_ term: UnsafeBufferPointer<UInt8>) -> Int {
    let lead: ClosedRange<UInt8> = 0xE3...0xE9
    switch term.count {
    case 3 where lead.contains(term[0]): return 1
    case 6 where lead.contains(term[0]) && lead.contains(term[3]): return 2
    default: return 0
    }
}

private func prefix(of term: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: term[..<3])
}

private func suffix(of term: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: term[3...])
}

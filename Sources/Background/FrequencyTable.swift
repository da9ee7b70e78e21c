import CBackground
import Glibc
import Shingle
import Tables

/// How common terms are in general text of one language.
///
/// Frequencies are in centibels below 1: a term of 300 makes up a thousandth of all words. Public, as are the types that
/// it names, for no other use than to be inlined in Event.
public final class FrequencyTable: Sendable {
    /// What a text of `referenceWords` words is taken to be when frequencies become document frequencies.
    static let referenceWords = 300.0

    /// Of a term that the table does not have: a third of the rarest it has.
    public let unlisted: Entry
    /// Whether it has characters of a script without spaces.
    public let hasCharacters: Bool
    /// How much of general text are words that each make up half a per cent of it or more, 0–1.
    public let functionShare: Double

    /// Centibels.
    public static let functionWord = 230

    /// Whether the language is one whose prose needs such words.
    public var tellsForms: Bool { !hasCharacters && functionShare >= 0.15 }

    @usableFromInline let entries: PackedTable

    init(_ background: dedup_background, hash: Background.TokenHash) {
        // A term takes six to fifteen bytes.
        var entries = unsafe PackedTable(capacity: background.count / 5)
        var last = 0, functionShare = 0.0
        var hasCharacters = false
        var terms = unsafe Terms(background)
        while let (term, centibels) = unsafe terms.next() {
            let entry = unsafe Entry(centibels, isCharacter: characters(term) == 1)
            // The most frequent way to write it comes first.
            unsafe entries.update(key(term, hash), from: 0) { $0 = $0 == 0 ? entry.bits : $0 }
            hasCharacters = hasCharacters || entry.isCharacter
            if centibels <= Self.functionWord { functionShare += pow(10, -Double(centibels) / 100) }
            last = centibels
        }
        let unlisted = Entry(last + 50)
        for (day, names) in unsafe Weekdays.names(String(cString: background.language)).enumerated() {
            for name in names {
                unsafe entries.update(key(name, hash), from: unlisted.bits) {
                    $0 |= UInt16(day + 1) << Entry.weekdayShift
                }
            }
        }
        self.unlisted = unlisted
        self.hasCharacters = hasCharacters
        self.functionShare = functionShare
        self.entries = entries
    }

    /// What is known of a term, in 16 bits.
    public struct Entry: BitwiseCopyable, Sendable {
        @inlinable static var weekdayShift: UInt16 { 12 }
        @inlinable static var characterFlag: UInt16 { 1 << 15 }
        @usableFromInline let bits: UInt16

        @inlinable init(bits: UInt16) { self.bits = bits }

        package init(_ centibels: Int, isCharacter: Bool = false) {
            bits = UInt16(min(centibels, 1 << 12 - 1)) | (isCharacter ? Self.characterFlag : 0)
        }

        /// The term's frequency, in centibels below 1.
        @inlinable public var centibels: Int { Int(bits & (1 << 12 - 1)) }
        /// Of a script without spaces.
        @inlinable public var isCharacter: Bool { bits & Self.characterFlag != 0 }
        @inlinable public var weekday: Weekdays { Weekdays(number: bits >> Self.weekdayShift & 7) }
    }

    /// Nil if the table does not have the term.
    @inlinable @inline(__always)
    public func find(_ term: UInt64) -> Entry? { entries.find(term).map(Entry.init(bits:)) }

    /// Lends the address that is looked at first for a term: to be asked for before it is needed.
    @inlinable @inline(__always)
    public func withAddress(of term: UInt64, _ body: (UnsafeRawPointer) -> Void) {
        unsafe entries.withAddress(of: term, body)
    }

    /// −ln of the share of texts that hold a term of this frequency.
    package static func rarity(centibels: Int) -> Double { rarities[min(centibels, rarities.count - 1)] }

    private static let rarities = (0..<1200).map { -log(-expm1(-referenceWords * pow(10, -Double($0) / 100))) }
}

private func key(_ term: UnsafeBufferPointer<UInt8>, _ hash: Background.TokenHash) -> UInt64 {
    unsafe characters(term) == 2 ? pairHash(hash(prefix(of: term)), hash(suffix(of: term))) : hash(term)
}

private func key(_ term: String, _ hash: Background.TokenHash) -> UInt64 {
    unsafe Array(term.utf8).withUnsafeBufferPointer { unsafe key($0, hash) }
}

/// The hash of two neighbouring characters as one term.
@inlinable
public func pairHash(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var hash = (first << 23 | first >> 41) ^ second
    hash = (hash ^ hash >> 32) &* 0xD6E8_FEB8_6659_FD93
    return hash ^ hash >> 32
}

/// The terms of a background in descending order of frequency, each with its centibels.
@safe
struct Terms {
    private let text: UnsafeBufferPointer<UInt8>
    private var start = 0
    private var line = 0

    init(_ background: dedup_background) {
        unsafe text = UnsafeBufferPointer(start: background.text, count: background.count)
    }

    mutating func next() -> (term: UnsafeBufferPointer<UInt8>, centibels: Int)? {
        while unsafe start < text.count, unsafe text[start] <= UInt8(ascii: " ") {
            if unsafe text[start] == UInt8(ascii: "\n") { line += 1 }
            start += 1
        }
        guard unsafe start < text.count else { return nil }
        var end = start
        while unsafe text[end] > UInt8(ascii: " ") { end += 1 }
        defer { start = end }
        return unsafe (UnsafeBufferPointer(rebasing: text[start..<end]), line)
    }
}

/// 1 or 2 where a term is that many kana or Han characters, of three bytes each, else 0.
func characters(_ term: UnsafeBufferPointer<UInt8>) -> Int {
    switch term.count {
    case 3 where unsafe Script.isHanOrKana(term[0]): 1
    case 6 where unsafe Script.isHanOrKana(term[0]) && Script.isHanOrKana(term[3]): 2
    default: 0
    }
}

private func prefix(of term: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(rebasing: term[..<3])
}

private func suffix(of term: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(rebasing: term[3...])
}

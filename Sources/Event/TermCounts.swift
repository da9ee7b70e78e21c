import Background
import CDedupKernels
import Tables

/// The terms of one text and how often they occur.
///
/// A hash table with a slot for each range of keys: terms come out of it all but sorted. What a text says next nobody can
/// predict, so finding a term takes no branch but one that is hardly ever taken.
struct TermCounts {
    /// By number from 1. Of number 0, all is junk.
    private let tokens: UnsafeMutableBufferPointer<UInt64>
    private let counts: UnsafeMutableBufferPointer<UInt32>
    private let entries: UnsafeMutableBufferPointer<FrequencyTable.Entry>
    /// The keys of the tokens before the first of each.
    private let previous: UnsafeMutableBufferPointer<UInt32>
    /// The key above the number of the term; 0 is free.
    let slots: UnsafeMutableBufferPointer<UInt64>
    private(set) var count = 0
    private(set) var weekdays: Weekdays = []
    /// The last of the lead, and of the pairs of characters the first, and the last of the lead.
    private var lead = 0
    private var pairs = 0..<0
    /// The key of the token found last.
    private var last: UInt32 = 0

    /// Characters occur about one and a half times as often as words.
    private static let charactersPerWord = 20

    /// So many terms before one is looked up it is asked for.
    private static let ahead = 16

    /// Where the counts of one text after the other are kept.
    struct Memory: ~Copyable {
        var tokens = Scratch<UInt64>()
        var counts = Scratch<UInt32>()
        var entries = Scratch<FrequencyTable.Entry>()
        var previous = Scratch<UInt32>()
        var slots = Scratch<UInt64>()
    }

    /// - Parameter table: nil where nothing is known of the language.
    init(_ text: UnsafeBufferPointer<UInt64>, _ table: FrequencyTable?, _ memory: inout Memory) {
        // One for each token, one for each pair of two.
        let room = (table?.hasCharacters == true ? 2 : 1) * text.count + 1
        tokens = memory.tokens(room)
        counts = memory.counts(room)
        entries = memory.entries(room)
        previous = memory.previous(room)
        slots = memory.slots(1 << min(31, Int.bitWidth - (room * 4 / 3).leadingZeroBitCount))
        counts.update(repeating: 0)
        slots.update(repeating: 0)

        let lead = min(TermBag.lead, text.count)
        for token in text[..<lead] { counts[find(token)] &+= 2 }
        self.lead = count
        for token in text[lead...] { counts[find(token)] &+= 1 }
        if let table { look(up: text, in: table) } else { entries.update(repeating: FrequencyTable.Entry(0)) }
    }

    /// A term in the table or `count + 1` numbers from 0.
    subscript(number: Int) -> (key: UInt32, count: UInt32, centibels: Int) {
        (TermBag.key(tokens[number]), counts[number], entries[number].centibels)
    }

    func place(of number: Int) -> Term.Place {
        Term.Place(after: previous[number], inLead: number <= lead || pairs.contains(number))
    }

    /// How much of the text, its lead counted twice, are terms no rarer than these; 0–1.
    func share(upTo centibels: Int) -> Double {
        var common: UInt32 = 0
        var all: UInt32 = 0
        for number in 1..<count + 1 {
            common &+= entries[number].centibels <= centibels ? counts[number] : 0
            all &+= counts[number]
        }
        return Double(common) / Double(max(all, 1))
    }

    static func number(_ slot: UInt64) -> Int { Int(truncatingIfNeeded: slot & 0xFFFF_FFFF) }

    /// The number of a term, a new one where it has none.
    @inline(__always)
    private mutating func find(_ term: UInt64) -> Int {
        let key = TermBag.key(term)
        let slot = UnsafeBufferPointer(slots).span.slot(of: key, from: (Int(key) &* slots.count) >> 32)
        let found = slots[slot]
        let isNew = found == 0
        count &+= isNew ? 1 : 0
        let number = isNew ? count : Self.number(found)
        slots[slot] = UInt64(key) << 32 | UInt64(number)
        tokens[isNew ? count : 0] = term
        previous[isNew ? count : 0] = last
        last = key
        return number
    }

    private mutating func look(up text: UnsafeBufferPointer<UInt64>, in table: FrequencyTable) {
        for number in 1..<count + 1 {
            table.withAddress(of: tokens[min(number + Self.ahead, count)]) { ddk_prefetch($0) }
            entries[number] = table.find(tokens[number]) ?? table.unlisted
            weekdays.formUnion(entries[number].weekday)
        }
        if table.hasCharacters { pairCharacters(of: text, table) }
    }

    /// Counts neighbours among characters in place of the characters; one that has no neighbour stays. What a pair
    /// follows is the pair that ends before it: those in a row share a character, and so follow each other in any word.
    private mutating func pairCharacters(of text: UnsafeBufferPointer<UInt64>, _ table: FrequencyTable) {
        for number in 1..<count + 1 where entries[number].isCharacter { counts[number] = 0 }
        var previous: (number: Int, isPaired: Bool)?
        var (last, before): (UInt32, UInt32) = (0, 0)
        pairs = count + 1..<count + 1
        for (position, token) in text.enumerated() {
            if position == TermBag.lead { pairs = pairs.lowerBound..<count + 1 }
            let number = find(token)
            guard entries[number].isCharacter else {
                if let previous, !previous.isPaired { counts[previous.number] += weight(position) }
                previous = nil
                (last, before) = (0, TermBag.key(token))
                continue
            }
            if let previous {
                let pair = find(pair: previous.number, number, after: before, table)
                counts[pair] += weight(position)
                (last, before) = (TermBag.key(tokens[pair]), last)
            }
            previous = (number, previous != nil)
        }
        if text.count <= TermBag.lead { pairs = pairs.lowerBound..<count + 1 }
        if let previous, !previous.isPaired { counts[previous.number] += weight(text.count) }
    }

    private mutating func find(pair first: Int, _ second: Int, after previous: UInt32, _ table: FrequencyTable) -> Int {
        let pair = pairHash(tokens[first], tokens[second])
        let known = count
        last = previous
        let number = find(pair)
        if count > known {
            let listed = table.find(pair)
            weekdays.formUnion(listed?.weekday ?? [])
            let byChance = entries[first].centibels + entries[second].centibels + Self.charactersPerWord
            entries[number] = listed ?? FrequencyTable.Entry(min(byChance, table.unlisted.centibels))
        }
        return number
    }

    private func weight(_ position: Int) -> UInt32 { position < TermBag.lead ? 2 : 1 }
}

import Glibc

/// Counts the terms of one text after the other, in memory that is used again.
///
/// A table with a slot for each range of keys: a text's terms come out of it all but sorted, and nothing is sorted that
/// will not be kept.
public final class TermCounter {
    private var cells = UnsafeMutableBufferPointer<TermCount>.allocate(capacity: 0)
    private var slots = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
    private var ranks = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 0)
    private let logarithms: [Float] = (0..<64).map { log(Float($0)) }

    public init() {}

    deinit {
        cells.deallocate()
        slots.deallocate()
        ranks.deallocate()
    }

    /// The terms of a text, those of its lead counted twice: the `limit` heaviest.
    ///
    /// - Returns: terms ascending by key, and the weekdays among all of them.
    /// - Complexity: O(*n*) in the number of tokens.
    func terms(
        of tokens: UnsafeBufferPointer<UInt64>, table: FrequencyTable?, limit: Int
    ) -> (terms: [TermBag.Term], weekdays: Weekdays) {
        // A token is a cell at most, and so is a pair of two.
        let room = 2 * tokens.count
        if cells.count < room {
            cells.deallocate()
            ranks.deallocate()
            cells = .allocate(capacity: room)
            ranks = .allocate(capacity: 2 * room)
        }
        let bits = min(31, Int.bitWidth - room.leadingZeroBitCount)
        if slots.count < 1 << bits {
            slots.deallocate()
            slots = .allocate(capacity: 1 << bits)
        }
        let slots = UnsafeMutableBufferPointer(rebasing: slots[..<(1 << bits)])
        var counts = TermCounts(cells: cells.baseAddress!, slots: slots)
        if let table {
            counts.add(tokens, table)
        } else {
            counts.add(tokens)
        }
        return (heaviest(limit, counts.count, slots), counts.weekdays)
    }

    private func heaviest(_ limit: Int, _ count: Int, _ slots: UnsafeMutableBufferPointer<UInt32>) -> [TermBag.Term] {
        for number in 0..<count {
            let cell = cells[number]
            let logarithm = cell.count < logarithms.count ? logarithms[Int(cell.count)] : log(Float(cell.count))
            let weight = cell.count == 0 ? 0 : (1 + logarithm) * Float(cell.rarity)
            ranks[number] = weightRank(weight, cell.key)
            ranks[count + number] = ranks[number]
        }
        let least =
            count > limit ? nthLargest(UnsafeMutableBufferPointer(rebasing: ranks[count..<2 * count]), limit - 1) : 0
        return Array(unsafeUninitializedCapacity: min(limit, count)) { terms, initialized in
            for slot in slots where slot != 0 && ranks[Int(slot) - 1] >= least {
                let cell = cells[Int(slot) - 1]
                guard cell.count > 0 else { continue }
                // Where slots ran over, a term comes a little late.
                var place = initialized
                while place > 0, terms[place - 1].key > cell.key {
                    terms[place] = terms[place - 1]
                    place -= 1
                }
                terms[place] = TermBag.Term(key: cell.key, count: UInt16(clamping: cell.count), rarity: cell.rarity)
                initialized += 1
            }
        }
    }
}

private struct TermCount {
    let key: UInt32
    var count: UInt32 = 0
    let rarity: UInt16
    let centibels: UInt16
    let isCharacter: Bool
}

/// The counts of one text while it is read.
private struct TermCounts {
    let cells: UnsafeMutablePointer<TermCount>
    /// The number of a cell plus one; 0 is free.
    let slots: UnsafeMutableBufferPointer<UInt32>
    private(set) var count = 0
    private(set) var weekdays: Weekdays = []
    private var position = 0
    /// The last token if it was a character of a script without spaces, and whether it is part of a pair already.
    private var previous: (token: UInt64, cell: Int, paired: Bool)?

    /// Characters occur about one and a half times as often as words.
    private static let charactersPerWord = 20

    init(cells: UnsafeMutablePointer<TermCount>, slots: UnsafeMutableBufferPointer<UInt32>) {
        self.cells = cells
        self.slots = slots
        slots.update(repeating: 0)
    }

    mutating func add(_ tokens: UnsafeBufferPointer<UInt64>) {
        for token in tokens {
            add(find(token) ?? insert(token, centibels: 0, rarity: 0))
            position += 1
        }
    }

    mutating func add(_ tokens: UnsafeBufferPointer<UInt64>, _ table: FrequencyTable) {
        for token in tokens {
            var cell = find(token)
            if cell == nil {
                let entry = find(token, table)
                cell = insert(token, entry?.centibels ?? table.unlisted, isCharacter: entry?.isCharacter ?? false)
            }
            if cells[cell!].isCharacter {
                add(character: token, cell!, table)
            } else {
                endRun()
                add(cell!)
            }
            position += 1
        }
        endRun()
    }

    private mutating func find(_ term: UInt64, _ table: FrequencyTable) -> FrequencyTable.Entry? {
        let entry = table.find(term)
        if let entry { weekdays.formUnion(entry.weekdays) }
        return entry
    }

    private func find(_ term: UInt64) -> Int? {
        let key = TermBag.key(term)
        var slot = firstSlot(key)
        while slots[slot] != 0 {
            let cell = Int(slots[slot]) - 1
            if cells[cell].key == key { return cell }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func firstSlot(_ key: UInt32) -> Int { (Int(key) * slots.count) >> 32 }

    private mutating func insert(_ term: UInt64, _ centibels: Int, isCharacter: Bool = false) -> Int {
        insert(term, centibels: UInt16(centibels), rarity: TermBag.rarity(centibels), isCharacter: isCharacter)
    }

    private mutating func insert(
        _ term: UInt64, centibels: UInt16, rarity: UInt16, isCharacter: Bool = false
    ) -> Int {
        let key = TermBag.key(term)
        var slot = firstSlot(key)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        (cells + count).initialize(
            to: TermCount(key: key, rarity: rarity, centibels: centibels, isCharacter: isCharacter))
        count += 1
        slots[slot] = UInt32(count)
        return count - 1
    }

    private func add(_ cell: Int) { cells[cell].count += position < TermBag.lead ? 2 : 1 }

    private mutating func add(character: UInt64, _ cell: Int, _ table: FrequencyTable) {
        if let previous {
            let pair = pairHash(previous.token, character)
            var found = find(pair)
            if found == nil {
                let byChance = Int(cells[previous.cell].centibels + cells[cell].centibels) + Self.charactersPerWord
                found = insert(pair, find(pair, table)?.centibels ?? min(byChance, table.unlisted))
            }
            add(found!)
        }
        previous = (character, cell, previous != nil)
    }

    private mutating func endRun() {
        if let previous, !previous.paired { add(previous.cell) }
        previous = nil
    }
}

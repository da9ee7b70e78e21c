import Glibc

/// Counts the terms of one text after the other, in memory that is used again.
///
/// A table with a slot for each range of keys: a text's terms come out of it all but sorted, and nothing is sorted that
/// will not be kept. What a text does next nobody can predict, so the loops are without branches where they can be.
public final class TermCounter {
    /// By number from 1; 0 is for slots that are free.
    private var cells = UnsafeMutableBufferPointer<Cell>.allocate(capacity: 0)
    private var ranks = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 0)
    private var ranked = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 0)
    private var spare = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 0)
    private var numbers = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
    /// The number of a cell.
    private var slots = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
    private var slotBits = 0
    private var count = 0

    private let logarithms: [Float] = (0..<64).map { 1 + log(Float($0)) }
    private let rarities = TermBag.rarities

    private struct Cell {
        var token: UInt64
        var count: UInt32
        var entry = FrequencyTable.Entry(0)
        var key: UInt32 { TermBag.key(token) }
    }

    /// Characters occur about one and a half times as often as words.
    private static let charactersPerWord = 20

    public init() {}

    deinit {
        cells.deallocate()
        ranks.deallocate()
        ranked.deallocate()
        spare.deallocate()
        numbers.deallocate()
        slots.deallocate()
    }

    /// The terms of a text, those of its lead counted twice: the `limit` heaviest.
    ///
    /// - Returns: terms ascending by key, and the weekdays among all of them.
    /// - Complexity: O(*n*) in the number of tokens.
    func terms(
        of tokens: UnsafeBufferPointer<UInt64>, table: FrequencyTable?, limit: Int
    ) -> (terms: [TermBag.Term], weekdays: Weekdays) {
        reserve(tokens.count)
        let lead = min(TermBag.lead, tokens.count)
        for token in tokens[..<lead] { cells[find(token)].count += 2 }
        for token in tokens[lead...] { cells[find(token)].count += 1 }
        var weekdays: Weekdays = []
        if let table {
            var hasCharacters = false
            for number in stride(from: 1, through: count, by: 1) {
                let entry = table.find(cells[number].token) ?? table.unlisted
                cells[number].entry = entry
                weekdays.formUnion(entry.weekday)
                hasCharacters = hasCharacters || entry.isCharacter
            }
            if hasCharacters { pairCharacters(tokens, table, &weekdays) }
        }
        return (heaviest(limit), weekdays)
    }

    private func reserve(_ tokens: Int) {
        // A token is a cell at most, and so is a pair of two.
        let room = 2 * tokens + 1
        if cells.count < room {
            cells.deallocate()
            ranks.deallocate()
            ranked.deallocate()
            spare.deallocate()
            cells = .allocate(capacity: room)
            ranks = .allocate(capacity: room)
            ranked = .allocate(capacity: room)
            spare = .allocate(capacity: room)
        }
        slotBits = min(31, Int.bitWidth - room.leadingZeroBitCount)
        if slots.count < 1 << slotBits {
            slots.deallocate()
            numbers.deallocate()
            numbers = .allocate(capacity: 1 << slotBits)
            slots = .allocate(capacity: 1 << slotBits)
        }
        UnsafeMutableBufferPointer(rebasing: slots[..<(1 << slotBits)]).update(repeating: 0)
        count = 0
    }

    /// The number of the cell of a term, which is new if it has none.
    @inline(__always)
    private func find(_ term: UInt64) -> Int {
        let mask = 1 << slotBits - 1
        var slot = Int(term >> UInt64(64 - slotBits))
        var number = Int(slots[slot])
        while number != 0, cells[number].key != TermBag.key(term) {
            slot = (slot + 1) & mask
            number = Int(slots[slot])
        }
        let isNew = number == 0
        count += isNew ? 1 : 0
        number = isNew ? count : number
        slots[slot] = UInt32(number)
        let cell = cells[number]
        cells[number].token = isNew ? term : cell.token
        cells[number].count = isNew ? 0 : cell.count
        cells[number].entry = isNew ? FrequencyTable.Entry(0) : cell.entry
        return number
    }

    /// Counts neighbours among characters in place of the characters; one that has no neighbour stays.
    private func pairCharacters(
        _ tokens: UnsafeBufferPointer<UInt64>, _ table: FrequencyTable, _ weekdays: inout Weekdays
    ) {
        for number in 1..<count + 1 where cells[number].entry.isCharacter { cells[number].count = 0 }
        var previous: (cell: Int, isPaired: Bool)?
        func endRun(before position: Int) {
            if let previous, !previous.isPaired { cells[previous.cell].count += weight(position) }
            previous = nil
        }
        for (position, token) in tokens.enumerated() {
            let cell = find(token)
            guard cells[cell].entry.isCharacter else {
                endRun(before: position)
                continue
            }
            if let previous {
                let pair = find(pair: previous.cell, cell, table, &weekdays)
                cells[pair].count += weight(position)
            }
            previous = (cell, previous != nil)
        }
        endRun(before: tokens.count)
    }

    private func find(pair first: Int, _ second: Int, _ table: FrequencyTable, _ weekdays: inout Weekdays) -> Int {
        let pair = pairHash(cells[first].token, cells[second].token)
        let known = count
        let cell = find(pair)
        if count > known {
            let listed = table.find(pair)
            weekdays.formUnion(listed?.weekday ?? [])
            let byChance = cells[first].entry.centibels + cells[second].entry.centibels + Self.charactersPerWord
            cells[cell].entry = listed ?? FrequencyTable.Entry(min(byChance, table.unlisted.centibels))
        }
        return cell
    }

    private func weight(_ position: Int) -> UInt32 { position < TermBag.lead ? 2 : 1 }

    private func heaviest(_ limit: Int) -> [TermBag.Term] {
        let present = rank()
        let least =
            present > limit
            ? nthLargest(UnsafeMutableBufferPointer(rebasing: ranked[..<present]), limit - 1, scratch: spare) : 1
        var kept = 0
        for number in slots[..<(1 << slotBits)] {
            numbers[kept] = number
            kept += ranks[Int(number)] >= least ? 1 : 0
        }
        return Array(unsafeUninitializedCapacity: kept) { terms, initialized in
            for number in numbers[..<kept] {
                let cell = cells[Int(number)]
                // Where slots ran over, a term comes a little late.
                var place = initialized
                while place > 0, terms[place - 1].key > cell.key {
                    terms[place] = terms[place - 1]
                    place -= 1
                }
                terms[place] = TermBag.Term(
                    key: cell.key, count: UInt16(clamping: cell.count), centibels: UInt16(cell.entry.centibels))
                initialized += 1
            }
        }
    }

    /// Ranks the terms that occur, and gives how many there are.
    private func rank() -> Int {
        var present = 0
        // Of slots that are free and terms that do not occur, below all others.
        ranks[0] = 0
        for number in stride(from: 1, through: count, by: 1) {
            let cell = cells[number]
            let logarithm = cell.count < logarithms.count ? logarithms[Int(cell.count)] : 1 + log(Float(cell.count))
            let rank = weightRank(logarithm * Float(rarities[cell.entry.centibels]), cell.key)
            let isPresent = cell.count > 0
            ranks[number] = isPresent ? rank : 0
            ranked[present] = rank
            present += isPresent ? 1 : 0
        }
        return present
    }
}

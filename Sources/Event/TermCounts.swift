/// The terms of one text and how often they occur.
///
/// A hash table with a slot for each range of keys: terms come out of it all but sorted.
struct TermCounts {
    struct Cell {
        var token: UInt64 = 0
        var count: UInt32 = 0
        var entry = FrequencyTable.Entry(0)
        var key: UInt32 { TermBag.key(token) }
    }

    /// By number, from 1.
    let cells: UnsafeMutablePointer<Cell>
    /// The number of a cell; 0 is free.
    let slots: UnsafeMutableBufferPointer<UInt32>
    private(set) var count = 0
    private(set) var weekdays: Weekdays = []

    /// Characters occur about one and a half times as often as words.
    private static let charactersPerWord = 20

    /// - Parameters:
    ///   - cells: one for each token, one for each pair of two, and one.
    ///   - slots: a power of two, more than cells.
    init(cells: UnsafeMutablePointer<Cell>, slots: UnsafeMutableBufferPointer<UInt32>) {
        self.cells = cells
        self.slots = slots
        slots.update(repeating: 0)
    }

    mutating func add(_ tokens: UnsafeBufferPointer<UInt64>, _ table: FrequencyTable?) {
        let lead = min(TermBag.lead, tokens.count)
        for token in tokens[..<lead] { cells[find(token)].count += 2 }
        for token in tokens[lead...] { cells[find(token)].count += 1 }
        guard let table else { return }
        var hasCharacters = false
        for number in 1..<count + 1 {
            let entry = table.find(cells[number].token) ?? table.unlisted
            cells[number].entry = entry
            weekdays.formUnion(entry.weekday)
            hasCharacters = hasCharacters || entry.isCharacter
        }
        if hasCharacters { pairCharacters(of: tokens, table) }
    }

    /// The number of the cell of a term, which is new if it has none. What a text does next nobody can predict, so this
    /// has no branch that is not all but always taken.
    @inline(__always)
    private mutating func find(_ term: UInt64) -> Int {
        let key = TermBag.key(term)
        let mask = slots.count - 1
        var slot = (Int(key) &* slots.count) >> 32
        var number = Int(slots[slot])
        while number != 0, cells[number].key != key {
            slot = (slot + 1) & mask
            number = Int(slots[slot])
        }
        let isNew = number == 0
        count &+= isNew ? 1 : 0
        number = isNew ? count : number
        slots[slot] = UInt32(truncatingIfNeeded: number)
        let new = Cell(token: term)
        let known = cells[number]
        cells[number] = isNew ? new : known
        return number
    }

    /// Counts neighbours among characters in place of the characters; one that has no neighbour stays.
    private mutating func pairCharacters(of tokens: UnsafeBufferPointer<UInt64>, _ table: FrequencyTable) {
        for number in 1..<count + 1 where cells[number].entry.isCharacter { cells[number].count = 0 }
        var previous: (cell: Int, isPaired: Bool)?
        for (position, token) in tokens.enumerated() {
            let cell = find(token)
            guard cells[cell].entry.isCharacter else {
                if let previous, !previous.isPaired { cells[previous.cell].count += weight(position) }
                previous = nil
                continue
            }
            if let previous { cells[find(pair: previous.cell, cell, table)].count += weight(position) }
            previous = (cell, previous != nil)
        }
        if let previous, !previous.isPaired { cells[previous.cell].count += weight(tokens.count) }
    }

    private mutating func find(pair first: Int, _ second: Int, _ table: FrequencyTable) -> Int {
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
}

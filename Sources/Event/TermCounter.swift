import Glibc

/// Counts the terms of one text after the other, in memory that is used again.
///
/// A table with a slot for each range of keys: a text's terms come out of it all but sorted, and nothing is sorted that
/// will not be kept.
public final class TermCounter {
    private struct Cell {
        let key: UInt32
        var count: UInt32 = 0
        let centibels: UInt16
        let isCharacter: Bool
    }

    private var cells: [Cell] = []
    /// The number of the cell plus one; 0 is free.
    private var slots: [UInt32] = []
    private var shift: UInt32 = 0
    /// By cell.
    private var ranks: [UInt64] = []
    private var selection: [UInt64] = []
    private var position = 0
    /// The last token if it was a character of a script without spaces, and whether it is part of a pair already.
    private var previous: (token: UInt64, cell: Int, paired: Bool)?

    /// Characters occur about one and a half times as often as words.
    private static let charactersPerWord = 20
    public init() {}

    /// The terms of a text, those of its lead counted twice: all without a table, else the `limit` heaviest.
    ///
    /// - Returns: terms ascending by key.
    /// - Complexity: O(*n*) in the number of tokens.
    func terms(of tokens: UnsafeBufferPointer<UInt64>, table: FrequencyTable?, limit: Int) -> [TermBag.Term] {
        clear(room: 2 * tokens.count)
        for token in tokens {
            let cell = cell(token) { table?.find(token) ?? (table?.unlisted ?? 0, false) }
            if cells[cell].isCharacter {
                add(character: token, cell, table!)
            } else {
                endRun()
                add(cell)
            }
            position += 1
        }
        endRun()
        return heaviest(limit)
    }

    private func clear(room: Int) {
        let bits = max(4, Int.bitWidth - room.leadingZeroBitCount)
        shift = UInt32(32 - min(bits, 31))
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(0, count: 1 << bits))
        cells.removeAll(keepingCapacity: true)
        position = 0
        previous = nil
    }

    private func cell(_ term: UInt64, orElse entry: () -> (centibels: Int, isCharacter: Bool)) -> Int {
        let key = TermBag.key(term)
        var slot = Int(key >> shift)
        while slots[slot] != 0 {
            let cell = Int(slots[slot]) - 1
            if cells[cell].key == key { return cell }
            slot = (slot + 1) & (slots.count - 1)
        }
        let (centibels, isCharacter) = entry()
        cells.append(Cell(key: key, centibels: UInt16(centibels), isCharacter: isCharacter))
        slots[slot] = UInt32(cells.count)
        return cells.count - 1
    }

    private func add(_ cell: Int) { cells[cell].count += position < TermBag.lead ? 2 : 1 }

    private func add(character: UInt64, _ cell: Int, _ table: FrequencyTable) {
        if let previous {
            let pair = pairHash(previous.token, character)
            let byChance = Int(cells[previous.cell].centibels + cells[cell].centibels) + Self.charactersPerWord
            add(self.cell(pair) { (table.find(pair)?.centibels ?? min(byChance, table.unlisted), false) })
        }
        previous = (character, cell, previous != nil)
    }

    private func endRun() {
        if let previous, !previous.paired { add(previous.cell) }
        previous = nil
    }

    private let logarithms: [Float] = (0..<64).map { log(Float($0)) }

    private func dampened(_ count: UInt32) -> Float {
        1 + (count < logarithms.count ? logarithms[Int(count)] : log(Float(count)))
    }

    private func heaviest(_ limit: Int) -> [TermBag.Term] {
        ranks.removeAll(keepingCapacity: true)
        for cell in cells {
            let weight = cell.count == 0 ? 0 : dampened(cell.count) * Float(TermBag.rarity(cell.centibels))
            ranks.append(weightRank(weight, cell.key))
        }
        var least: UInt64 = 0
        if cells.count > limit {
            selection.removeAll(keepingCapacity: true)
            selection.append(contentsOf: ranks)
            least = nthLargest(&selection, limit - 1)
        }
        var terms: [TermBag.Term] = []
        terms.reserveCapacity(min(limit, cells.count))
        for slot in slots where slot != 0 {
            let cell = cells[Int(slot) - 1]
            guard cell.count > 0, ranks[Int(slot) - 1] >= least else { continue }
            terms.append(
                TermBag.Term(
                    key: cell.key, count: UInt16(clamping: cell.count),
                    rarity: TermBag.rarity(cell.centibels)))
            // Out of place by no more than the slots that ran over.
            var place = terms.count - 1
            while place > 0, terms[place - 1].key > terms[place].key {
                terms.swapAt(place - 1, place)
                place -= 1
            }
        }
        return terms
    }
}

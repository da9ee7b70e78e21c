import Glibc

/// Counts the terms of one text after the other, in memory that is used again. Nothing is sorted that is not kept.
public final class TermCounter {
    private var cells = Scratch<TermCounts.Cell>()
    private var slots = Scratch<UInt32>()
    private var ranks = Scratch<UInt64>()
    private var ranked = Scratch<UInt64>()
    private var spare = Scratch<UInt64>()
    private var kept = Scratch<UInt32>()

    private let logarithms: [Float] = (0..<64).map { log(Float($0)) }
    private let rarities = TermBag.rarities.map(Float.init)

    public init() {}

    /// The terms of a text, those of its lead counted twice: the `limit` heaviest.
    ///
    /// - Returns: terms ascending by key, and the weekdays among all of them.
    /// - Complexity: O(*n*) in the number of tokens.
    func terms(
        of tokens: UnsafeBufferPointer<UInt64>, table: FrequencyTable?, limit: Int
    ) -> (terms: [TermBag.Term], weekdays: Weekdays) {
        let room = 2 * tokens.count + 1
        var counts = TermCounts(
            cells: cells(room).baseAddress!, slots: slots(1 << min(31, Int.bitWidth - room.leadingZeroBitCount)))
        counts.add(tokens, table)
        return (heaviest(limit, of: counts), counts.weekdays)
    }

    private func heaviest(_ limit: Int, of counts: TermCounts) -> [TermBag.Term] {
        let ranks = ranks(counts.count + 1)
        let present = rank(counts, ranks)
        let least = present.count > limit ? nthLargest(present, limit - 1, scratch: spare(present.count)) : 1
        let kept = kept(counts.slots.count)
        var count = 0
        for number in counts.slots {
            kept[count] = number
            count += ranks[Int(number)] >= least ? 1 : 0
        }
        return Array(unsafeUninitializedCapacity: count) { terms, initialized in
            for number in kept[..<count] {
                let cell = counts.cells[Int(number)]
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

    /// Ranks the terms by number: 0 for none and for one that does not occur.
    ///
    /// - Returns: the ranks of those that do.
    private func rank(
        _ counts: TermCounts, _ ranks: UnsafeMutableBufferPointer<UInt64>
    ) -> UnsafeMutableBufferPointer<UInt64> {
        let ranked = ranked(counts.count + 1)
        var present = 0
        ranks[0] = 0
        for number in 1..<counts.count + 1 {
            let cell = counts.cells[number]
            let logarithm = cell.count < logarithms.count ? logarithms[Int(cell.count)] : log(Float(cell.count))
            let rank = weightRank((1 + logarithm) * rarities[cell.entry.centibels], cell.key)
            ranks[number] = cell.count > 0 ? rank : 0
            ranked[present] = rank
            present += cell.count > 0 ? 1 : 0
        }
        return UnsafeMutableBufferPointer(rebasing: ranked[..<present])
    }
}

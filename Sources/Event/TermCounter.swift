import Background
import Glibc
import Tables

/// Counts the terms of one text after the other, in memory that is used again. Nothing is sorted that is not kept.
public final class TermCounter {
    private var memory = TermCounts.Memory()
    private var ranks = Scratch<UInt64>()
    private var ranked = Scratch<UInt64>()
    private var spare = Scratch<UInt64>()
    private var kept = Scratch<UInt32>()

    private let logarithms: [Float] = (0..<64).map { log(Float($0)) }
    private let rarities = TermBag.rarities.map(Float.init)

    public init() {}

    /// The terms of a text, those of its lead counted twice: the `limit` heaviest.
    ///
    /// - Returns: terms ascending by key, the weekdays among all of them, and whether the text is no prose.
    /// - Complexity: O(*n*) in the number of tokens.
    func terms(
        of tokens: UnsafeBufferPointer<UInt64>, table: FrequencyTable?, limit: Int
    ) -> (terms: [Term], weekdays: Weekdays, isForm: Bool) {
        let counts = TermCounts(tokens, table, &memory)
        return (heaviest(limit, of: counts), counts.weekdays, Form.isForm(counts, length: tokens.count, table))
    }

    private func heaviest(_ limit: Int, of counts: TermCounts) -> [Term] {
        let ranks = ranks(counts.count + 1)
        let present = rank(counts, ranks)
        let least = present.count > limit ? nthLargest(present, limit - 1, scratch: spare(present.count)) : 1
        let kept = kept(counts.slots.count)
        var count = 0
        for slot in counts.slots {
            let number = TermCounts.number(slot)
            kept[count] = UInt32(truncatingIfNeeded: number)
            // A comparison would be a branch. Ranks have 63 bits.
            count &+= 1 &- Int((ranks[number] &- least) >> 63)
        }
        return Array(unsafeUninitializedCapacity: count) { terms, initialized in
            for number in kept[..<count] {
                let term = counts[Int(number)]
                // Where slots ran over, a term comes a little late.
                var place = initialized
                while place > 0, terms[place - 1].key > term.key {
                    terms[place] = terms[place - 1]
                    place -= 1
                }
                terms[place] = Term(
                    key: term.key, count: term.count, centibels: UInt16(term.centibels),
                    place: counts.place(of: Int(number)))
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
            let term = counts[number]
            let logarithm = term.count < logarithms.count ? logarithms[Int(term.count)] : log(Float(term.count))
            let rank = weightRank((1 + logarithm) * rarities[term.centibels], term.key)
            ranks[number] = term.count > 0 ? rank : 0
            ranked[present] = rank
            present &+= term.count > 0 ? 1 : 0
        }
        return UnsafeMutableBufferPointer(rebasing: ranked[..<present])
    }
}

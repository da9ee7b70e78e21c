public import MinHash
import Synchronization
import Tables
public import Workers

/// An inverted index over sampled shingles: who shares how many with whom. Finds contained texts that banding cannot,
/// since it has no floor on the Jaccard similarity.
///
/// A shingle that recurs in many texts says little about any two of them and is left out, as a search engine leaves
/// out stop words: it is boilerplate, or a turn of phrase.
public struct SharedShingles: Sendable {
    public struct Limits: Sendable, Equatable {
        /// A shingle in more texts than this is recurring.
        public var texts = 100
        /// One in more texts of one source than this is recurring too: no outlet runs one story so often.
        public var textsOfSource = 10
        /// Least number of sampled shingles that candidates share.
        public var shared = 2
        /// Least share of the smaller sample that candidates have in common. The sample errs by ten points and more
        /// on a short text, so this is far below what verification asks for.
        public var containment = 0.12
        /// Where as many or more texts before it have a shingle, a text meets only some of the first of them and as
        /// many of the last.
        public var listLength = 24
        public var neighbours = 8

        public init() {}
    }

    public let recurring: RecurringKeys
    private let lists: PrecedingItems
    /// Distinct sampled shingles of each item that do not recur.
    private let sizes: [UInt32]
    private let limits: Limits

    /// - Parameters:
    ///   - samples: emptied, part by part as the index grows.
    ///   - numbers: of each sample its item; `.none` leaves it out.
    ///   - sources: of each item, the number of its source, 0 for none.
    ///   - known: keys that recur among texts that are not here; they are in no sample.
    /// - Complexity: O(sampled shingles); about 12 bytes for each that several texts have.
    public init(
        taking samples: inout SampleStore, numbers: [ItemNumber], sources: [UInt32], limits: Limits = Limits(),
        known: [RecurringKeys.Entry] = [], workers: Workers
    ) {
        self.limits = limits
        precondition(numbers.count == samples.count, "a number for each sample")
        var sizes = [UInt32](repeating: 0, count: sources.count)
        let parts = Mutex<[SamplePart?]>(samples.take())
        parts.withLock { for part in $0 { part!.addSizes(to: &sizes, numbers: numbers) } }
        var lists = workers.map(SamplePart.count) { part in
            let samples = parts.withLock { $0[part].take()! }
            return ShingleLists(samples, numbers: numbers, sources: sources, limits: limits)
        }
        for item in lists.lazy.flatMap(\.surplus) { sizes[Int(item)] -= 1 }
        recurring = RecurringKeys(lists.flatMap(\.recurring) + known)
        self.sizes = sizes
        self.lists = PrecedingItems(itemCount: sources.count) { isLastTime, body in
            for part in lists.indices {
                body(lists[part].items)
                if isLastTime { lists[part] = ShingleLists() }
            }
        }
    }

    public var itemCount: Int { sizes.count }

    /// So many items later memory has come that is asked for now.
    private static let ahead = 4

    /// Candidates `(other, item)` with `other < item`: by `other`, those first that share at least half as many
    /// shingles with the item as any.
    package func candidates(of item: ItemNumber, _ counter: inout ItemCounter) -> [CandidatePair<OfItem>] {
        lists.prefetch(item.index + Self.ahead)
        lists.forEachList(of: item.index) { others in
            let isLong = others.count >= limits.listLength
            let first = isLong ? min(limits.neighbours, others.count) : others.count
            for at in 0..<first { counter.add(others[at]) }
            for at in max(first, others.count - (isLong ? limits.neighbours : 0))..<others.count {
                counter.add(others[at])
            }
        }
        var found: [(other: UInt32, shared: UInt32)] = []
        var most: UInt32 = 0
        let size = sizes[item.index]
        counter.drain { other, shared in
            guard shared >= limits.shared else { return }
            let smaller = Double(min(size, sizes[Int(other)]))
            guard Double(shared) >= limits.containment * smaller else { return }
            found.append((other, shared))
            most = max(most, shared)
        }
        if found.count > 1 {
            found.sort { ($0.shared < most / 2 ? 1 : 0, $0.other) < ($1.shared < most / 2 ? 1 : 0, $1.other) }
        }
        return found.map { CandidatePair(ItemNumber(rawValue: $0.other), item) }
    }
}

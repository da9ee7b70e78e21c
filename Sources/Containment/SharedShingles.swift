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
        /// Of some texts, all of no source, a shingle in this share of them or more is recurring, where most texts that
        /// have such shingles hold as much as `rest` of others: so is a prompt, and no story that all of them copy.
        public var framed = 0.75, rest = 0.25, fewestFramed = 6
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
    ///   - ignored: hashes of shingles that are left out, whoever has them.
    ///   - known: keys that recur among texts that are not here; they are in no sample.
    /// - Complexity: O(sampled shingles); about 12 bytes for each that several texts have.
    public init(
        taking samples: inout SampleStore, numbers: [ItemNumber], sources: [UInt32], limits: Limits = Limits(),
        ignored: Set<UInt64> = [], known: [RecurringKeys.Entry] = [], workers: Workers
    ) {
        self.limits = limits
        precondition(numbers.count == samples.count, "a number for each sample")
        var sizes = [UInt32](repeating: 0, count: sources.count)
        let parts = Mutex<[SamplePart?]>(samples.take())
        parts.withLock { for part in $0 { part!.addSizes(to: &sizes, numbers: numbers) } }
        let ignoredKeys = Set(ignored.filter(ShingleSample.contains).map(ShingleSample.key))
        var lists = workers.map(SamplePart.count) { part in
            let samples = parts.withLock { $0[part].take()! }
            if workers.isStopped() { return ShingleLists() }
            return ShingleLists(samples, numbers: numbers, sources: sources, ignored: ignoredKeys, limits: limits)
        }
        if workers.isStopped() { lists = lists.map { _ in ShingleLists() } }
        for item in lists.lazy.flatMap(\.surplus) { sizes[Int(item)] -= 1 }
        let isFramed = limits.areFrame(lists.flatMap(\.framing), sizes: sizes)
        for part in lists.indices { lists[part].settle(isFramed: isFramed, sizes: &sizes) }
        recurring = RecurringKeys(lists.flatMap(\.recurring) + known, ignored: ignored)
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

extension SharedShingles.Limits {
    /// In how many texts a shingle may frame them all; nil where that cannot be told.
    func leastFramed(sources: [UInt32]) -> Int? {
        let least = max(fewestFramed, Int((framed * Double(sources.count)).rounded(.up)))
        // More recur anyway.
        guard least <= texts, sources.count >= least, sources.allSatisfy({ $0 == 0 }) else { return nil }
        return least
    }

    /// Whether shingles that so many texts have are their frame, rather than a story that they copy.
    ///
    /// - Parameters:
    ///   - framing: of each such shingle, the items.
    ///   - sizes: distinct sampled shingles of each item.
    func areFrame(_ framing: [[UInt32]], sizes: [UInt32]) -> Bool {
        var common = [UInt32](repeating: 0, count: framing.isEmpty ? 0 : sizes.count)
        for item in framing.joined() { common[Int(item)] += 1 }
        let framed = common.indices.filter { common[$0] > 0 }
        let withRest = framed.count { Double(sizes[$0] - common[$0]) >= rest * Double(sizes[$0]) }
        return Double(withRest) >= self.framed * Double(framed.count)
    }
}

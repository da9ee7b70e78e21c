public import MinHash
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
    ///   - items: the documents to look at, in the order of preference.
    ///   - sources: of each item, the number of its source, 0 for none.
    /// - Complexity: O(sampled shingles); about 12 bytes for each that several texts have.
    public init(
        taking samples: inout SampleStore, items: [UInt32], sources: [UInt32], limits: Limits = Limits(),
        workers: Workers = Workers(count: 1)
    ) {
        self.limits = limits
        var numbers = [UInt32](repeating: .max, count: samples.count)
        for (number, document) in items.enumerated() { numbers[Int(document)] = UInt32(number) }
        let parts = Parts(samples.take())
        var sizes = [UInt32](repeating: 0, count: items.count)
        for part in 0..<SamplePart.count { parts.samples[part]!.addSizes(to: &sizes, numbers: numbers) }
        workers.forEach(SamplePart.count) { [numbers] part in
            let samples = parts.samples[part]!
            parts.samples[part] = nil
            parts.lists[part] = ShingleLists(
                samples, documents: items, numbers: numbers, sources: sources, limits: limits)
        }
        for part in 0..<SamplePart.count {
            for item in parts.lists[part]!.surplus { sizes[Int(item)] -= 1 }
        }
        recurring = RecurringKeys((0..<SamplePart.count).flatMap { parts.lists[$0]!.recurring })
        self.sizes = sizes
        lists = PrecedingItems(itemCount: items.count) { isLastTime, body in
            for part in 0..<SamplePart.count {
                body(parts.lists[part]!.items)
                if isLastTime { parts.lists[part] = nil }
            }
        }
    }

    public var itemCount: Int { sizes.count }

    /// So many items later memory has come that is asked for now.
    private static let ahead: UInt32 = 4

    /// Candidates `(other, item)` with `other < item`: by `other`, those first that share at least half as many
    /// shingles with the item as any.
    public func candidates(of item: UInt32, _ counter: inout ItemCounter) -> [CandidatePair] {
        lists.prefetch(item + Self.ahead)
        lists.forEachList(of: item) { others in
            let isLong = others.count >= limits.listLength
            let first = isLong ? min(limits.neighbours, others.count) : others.count
            for at in 0..<first { counter.add(others[at]) }
            for at in max(first, others.count - (isLong ? limits.neighbours : 0))..<others.count {
                counter.add(others[at])
            }
        }
        var found: [(other: UInt32, shared: UInt32)] = []
        var most: UInt32 = 0
        let size = sizes[Int(item)]
        counter.drain { other, shared in
            guard shared >= limits.shared else { return }
            let smaller = Double(min(size, sizes[Int(other)]))
            guard Double(shared) >= limits.containment * smaller else { return }
            found.append((other, shared))
            most = max(most, shared)
        }
        guard found.count > 1 else { return found.map { CandidatePair($0.other, item) } }
        found.sort { ($0.shared < most / 2 ? 1 : 0, $0.other) < ($1.shared < most / 2 ? 1 : 0, $1.other) }
        return found.map { CandidatePair($0.other, item) }
    }
}

/// Samples and what becomes of them: a part is worked on by one thread at a time.
private final class Parts: @unchecked Sendable {
    let samples: UnsafeMutableBufferPointer<SamplePart?>
    let lists: UnsafeMutableBufferPointer<ShingleLists?>

    init(_ parts: [SamplePart]) {
        samples = .allocate(capacity: parts.count)
        _ = samples.initialize(from: parts)
        lists = .allocate(capacity: parts.count)
        lists.initialize(repeating: nil)
    }

    deinit {
        samples.deinitialize().deallocate()
        lists.deinitialize().deallocate()
    }
}

/// An inverted index over sampled shingles: who shares how many with whom. Finds contained texts that banding cannot,
/// since it has no floor on the Jaccard similarity.
///
/// A shingle that recurs in many texts says little about any two of them and is left out, as a search engine leaves
/// out stop words: it is boilerplate, or a turn of phrase.
public struct SharedShingles: Sendable {
    public struct Limits: Sendable {
        /// A shingle in more texts than this is recurring.
        public var texts = 100
        /// One in more texts of one source than this is recurring too: no outlet runs one story so often.
        public var textsOfSource = 10
        /// Least number of sampled shingles that candidates share.
        public var shared = 2
        /// Least share of the smaller sample that candidates have in common. The sample errs by ten points and more
        /// on a short text, so this is far below what verification asks for.
        public var containment = 0.12
        /// In a shingle's list longer than this, a text meets only as many of its first and of its nearest.
        public var listLength = 24
        public var neighbours = 8

        public init() {}
    }

    public let recurring: RecurringKeys
    private let index: BucketIndex
    /// Sampled shingles of each item that do not recur.
    private let sizes: [UInt32]
    private let limits: Limits

    /// - Parameters:
    ///   - items: the documents to look at, in the order of preference.
    ///   - sources: of each document, the number of its source, 0 for none.
    ///   - forEach: calls its second argument with 0..<first, maybe on several threads.
    /// - Complexity: O(sampled shingles); about 12 bytes for each while it is made.
    public init(
        _ samples: SampleStore, items: [UInt32], sources: [UInt32], limits: Limits = Limits(),
        forEach: (Int, @Sendable (Int) -> Void) -> Void
    ) {
        self.limits = limits
        var numbers = [UInt32](repeating: .max, count: samples.count)
        for (number, document) in items.enumerated() { numbers[Int(document)] = UInt32(number) }
        let partSizes = samples.partSizes(numbers: numbers)
        let parts = ShingleListParts(count: SampleStore.parts)
        forEach(SampleStore.parts) { [numbers] part in
            parts[part] = ShingleLists(
                part, count: partSizes[part], samples, items: items, numbers: numbers, sources: sources, limits: limits)
        }
        var buckets = Buckets()
        var entries: [RecurringKeys.Entry] = []
        for part in 0..<SampleStore.parts {
            buckets.append(parts[part]!.buckets)
            entries += parts[part]!.recurring
            parts[part] = nil
        }
        let recurring = RecurringKeys(entries)
        index = BucketIndex(buckets, itemCount: items.count)
        sizes = samples.sizes(numbers: numbers, count: items.count, without: recurring)
        self.recurring = recurring
    }

    public var itemCount: Int { sizes.count }

    /// One worker's counters.
    public struct Counter: ~Copyable {
        fileprivate var shared: [UInt16]
        fileprivate var touched: [UInt32] = []
        public init(itemCount: Int) { shared = Array(repeating: 0, count: itemCount) }
    }

    /// Candidates `(other, item)` with `other < item`: by `other`, those first that share at least half as many
    /// shingles with the item as any.
    public func candidates(of item: UInt32, _ counter: inout Counter) -> [CandidatePair] {
        for bucket in index.buckets(of: item) {
            let range = index.buckets[Int(bucket)]
            if range.count <= limits.listLength {
                var at = range.lowerBound
                while index.buckets.items[at] < item {
                    counter.add(index.buckets.items[at])
                    at += 1
                }
            } else {
                let place = position(of: item, in: range)
                let firsts = min(place, range.lowerBound + limits.neighbours)
                for at in range.lowerBound..<firsts { counter.add(index.buckets.items[at]) }
                for at in max(firsts, place - limits.neighbours)..<place { counter.add(index.buckets.items[at]) }
            }
        }
        var found: [(other: UInt32, shared: UInt16)] = []
        var most: UInt16 = 0
        for other in counter.touched {
            let shared = counter.take(other)
            let smaller = Double(min(sizes[Int(item)], sizes[Int(other)]))
            if shared >= limits.shared, Double(shared) >= limits.containment * smaller {
                found.append((other, shared))
                most = max(most, shared)
            }
        }
        counter.touched.removeAll(keepingCapacity: true)
        found.sort { ($0.shared < most / 2 ? 1 : 0, $0.other) < ($1.shared < most / 2 ? 1 : 0, $1.other) }
        return found.map { CandidatePair($0.other, item) }
    }

    private func position(of item: UInt32, in range: Range<Int>) -> Int {
        var low = range.lowerBound, high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if index.buckets.items[middle] < item { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension SharedShingles.Counter {
    @inline(__always)
    fileprivate mutating func add(_ item: UInt32) {
        let count = shared[Int(item)]
        if count == 0 { touched.append(item) }
        if count < .max { shared[Int(item)] = count + 1 }
    }

    /// The count of an item, which starts anew.
    fileprivate mutating func take(_ item: UInt32) -> UInt16 {
        defer { shared[Int(item)] = 0 }
        return shared[Int(item)]
    }
}

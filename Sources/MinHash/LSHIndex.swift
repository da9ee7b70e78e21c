/// Finds the pairs of signatures that are likely to be alike without comparing all with all (locality-sensitive
/// hashing; Indyk, Motwani: Approximate Nearest Neighbors, STOC 1998).
///
///     import MinHash
///     import Shingle
///
///     let texts = ["The port reopened on Monday", "Strike over: port reopens", "the port re-opened on monday!"]
///     var index = LSHIndex(threshold: 0.7)
///     for text in texts { index.insert(Signature(of: ShingleSet(of: text, width: 2).hashes)) }
///     for (a, b) in index.candidates() { print(texts[a], "resembles", texts[b]) }
///
/// Signatures with a band in common (`Banding`) are candidates, to be compared exactly or by `Signature.similarity`:
/// some are not alike, and of the pairs that stand just at the threshold one in fifty is missed. Keeps four bytes a band
/// of each signature.
public struct LSHIndex: Sendable {
    public let banding: Banding
    /// Signatures inserted.
    public private(set) var count = 0
    /// Of each band, a key for each signature.
    private var keys: [[UInt32]]

    public init(_ banding: Banding) {
        self.banding = banding
        keys = Array(repeating: [], count: banding.bands)
    }

    /// - Parameter threshold: least Jaccard similarity of the pairs that are looked for, 0...1.
    public init(threshold: Double) { self.init(Banding(threshold: threshold)) }

    /// Adds a signature; returns its number, that of those before it. O(bands).
    @discardableResult
    public mutating func insert(_ signature: Signature) -> Int {
        precondition(count < UInt32.max, "an index of more than 2³² − 1 signatures")
        for (band, key) in banding.keys(of: signature).enumerated() { keys[band].append(key) }
        defer { count += 1 }
        return count
    }

    /// The numbers of every two signatures with a band in common, each pair once, `a < b`, ascending.
    ///
    /// - Complexity: O(bands · signatures) at once, the pairs as they are asked for: O(bands) each.
    public func candidates() -> some Sequence<(a: Int, b: Int)> {
        var all = Buckets()
        for keys in keys { all.append(Buckets(count: count) { keys[$0] }) }
        let index = BucketIndex(all, itemCount: count)
        return (0..<count).lazy.flatMap { a in
            let others = index.buckets(of: ItemNumber(a)).flatMap { bucket in
                index.buckets.items[index.buckets[bucket.index]].reversed().prefix { $0.index > a }
            }
            return Set(others).sorted().map { (a: a, b: $0.index) }
        }
    }
}

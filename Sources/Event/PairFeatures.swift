import Glibc

/// What the model is told about two documents, all of it symmetric in the two.
///
/// Lengths are there because the same cosine says more of two articles than of two excerpts; the nearest neighbours
/// because it says more of documents that have no nearer ones (Zelnik-Manor & Perona 2004 on local scaling).
package enum PairFeatures {
    /// The ranks whose neighbours are looked at: the nearest, and those that only a larger event still has.
    static let ranks = [1, 2, 5, 10]
    static let furthestRank = ranks.last!

    package static let names =
        [
            "cosine", "root of cosine", "root of shared weight", "overlap", "Tanimoto", "log length of shorter",
            "log ratio of lengths", "weekdays contradict", "dated", "log days apart", "days apart up to 30",
            "within a day",
        ]
        + ranks.flatMap { ["log cosine to lesser neighbour \($0)", "log cosine to greater neighbour \($0)"] }

    /// In the order of `names`.
    package typealias Values = InlineArray<20, Double>

    static func of(_ first: Int, _ second: Int, cosine: Double, _ context: PairContext) -> Values {
        var features = Values(repeating: 0)
        var next = 0
        func add(_ value: Double) {
            features[next] = value
            next += 1
        }
        add(cosine)
        add(cosine.squareRoot())
        let (one, other) = (context.vectors.header(first), context.vectors.header(second))
        let (a, b) = (Double(one.norm), Double(other.norm))
        let shared = cosine * a * b
        add(shared.squareRoot())
        add(shared / (min(a, b) * min(a, b)))
        add(shared / (a * a + b * b - shared))

        let (short, long) = minmax(log1p(Double(one.length)), log1p(Double(other.length)))
        add(short)
        add(long - short)
        add(one.weekdays.contradict(other.weekdays) ? 1 : 0)

        let days = one.day.flatMap { day in other.day.map { abs(day - $0) } }
        add(days == nil ? 0 : 1)
        add(log1p(days ?? 0))
        add(min(days ?? 0, 30) / 30)
        add(days.map { $0 <= 1 } ?? false ? 1 : 0)

        let logCosine = log(cosine)
        for rank in ranks {
            let (lesser, greater) = minmax(
                context.neighbours.logCosine(first, rank), context.neighbours.logCosine(second, rank))
            add(logCosine - lesser)
            add(logCosine - greater)
        }
        return features
    }
}

/// What the features of all pairs are taken from.
struct PairContext: Sendable {
    let vectors: TermVectors
    let neighbours: Neighbours
}

/// How alike each document's nearest are, among the pairs given.
struct Neighbours: Sendable {
    /// The logarithms of the largest cosines, `depth` a document, descending; `least` where there are no more.
    private let largest: [Float]
    private static let depth = PairFeatures.furthestRank

    /// - Parameter least: the cosine that a neighbour without a pair is taken to have.
    init(_ pairs: [SimilarPair], documents: Int, least: Double) {
        var largest = [Int32](repeating: Int32(least * SimilarPair.unit), count: documents * Self.depth)
        func insert(_ similarity: Int32, for document: Int32) {
            let start = Int(document) * Self.depth
            var at = start + Self.depth - 1
            guard similarity > largest[at] else { return }
            while at > start, largest[at - 1] < similarity {
                largest[at] = largest[at - 1]
                at -= 1
            }
            largest[at] = similarity
        }
        for pair in pairs {
            insert(pair.similarity, for: pair.first)
            insert(pair.similarity, for: pair.second)
        }
        // Of few documents the furthest stands for those that are not there.
        if (1..<Self.depth).contains(documents - 1) {
            for start in stride(from: 0, to: largest.count, by: Self.depth) {
                for at in documents - 1..<Self.depth { largest[start + at] = largest[start + documents - 2] }
            }
        }
        self.largest = largest.map { log(Float($0) / Float(SimilarPair.unit)) }
    }

    func logCosine(_ document: Int, _ rank: Int) -> Double { Double(largest[document * Self.depth + rank - 1]) }
}

private func minmax(_ a: Double, _ b: Double) -> (Double, Double) { a < b ? (a, b) : (b, a) }

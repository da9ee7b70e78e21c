/// Two clusters that stay apart although their average score almost reaches the threshold, or reaches it by too little for
/// clusters that hold together as well as these do.
public struct NearMiss: Sendable, Equatable {
    /// Their labels, the smaller first.
    public let first, second: VoiceNumber
    /// Average over all pairs of a document of each.
    public let score: Double
}

/// How well clusters hold together, and which of them almost joined.
struct Cohesion: Sendable {
    /// Of each document, its average score against the others of its cluster; nil where it is alone.
    let scores: [Double?]
    /// Strongest first.
    let nearMisses: [NearMiss]

    /// How far below the threshold a near miss may be, and how many are told.
    private static let margin = 0.1
    private static let mostMisses = 100

    /// - Parameters:
    ///   - pairs: with scores; those that are not listed count as 0, as they do to the linkage.
    ///   - labels: of each document the smallest of its cluster.
    /// - Complexity: O(documents + pairs).
    init(_ pairs: [SimilarPair], labels: [VoiceNumber], threshold: Double) {
        var sizes = Array(repeating: 0, count: labels.count)
        for label in labels { sizes[label.index] += 1 }
        let least = max(0, threshold - Self.margin) * SimilarPair.unit

        // The average of two clusters reaches no further than their best pair.
        var sums = Array(repeating: 0, count: labels.count)
        var between: [UInt64: Int] = [:]
        var almost: [(first: VoiceNumber, second: VoiceNumber)] = []
        for pair in pairs {
            let (a, b) = Self.clusters(of: pair, labels)
            if a == b {
                sums[Int(pair.first)] += Int(pair.similarity)
                sums[Int(pair.second)] += Int(pair.similarity)
            } else if Double(pair.similarity) >= least {
                if between.updateValue(0, forKey: Self.key(a, b)) == nil { almost.append((a, b)) }
            }
        }
        for pair in pairs {
            let (a, b) = Self.clusters(of: pair, labels)
            if a != b { between[Self.key(a, b)]? += Int(pair.similarity) }
        }

        scores = labels.indices.map { document in
            let others = sizes[labels[document].index] - 1
            return others == 0 ? nil : Double(sums[document]) / Double(others) / SimilarPair.unit
        }
        nearMisses = Array(
            almost.map { a, b in
                let average = Double(between[Self.key(a, b)]!) / Double(sizes[a.index] * sizes[b.index])
                return NearMiss(first: a, second: b, score: average / SimilarPair.unit)
            }
            .filter { $0.score * SimilarPair.unit >= least }
            .sorted { ($1.score, $0.first, $0.second) < ($0.score, $1.first, $1.second) }
            .prefix(Self.mostMisses))
    }

    private static func clusters(of pair: SimilarPair, _ labels: [VoiceNumber]) -> (VoiceNumber, VoiceNumber) {
        let (a, b) = (labels[Int(pair.first)], labels[Int(pair.second)])
        return (min(a, b), max(a, b))
    }

    private static func key(_ a: VoiceNumber, _ b: VoiceNumber) -> UInt64 {
        UInt64(a.rawValue) << 32 | UInt64(b.rawValue)
    }
}

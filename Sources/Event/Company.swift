import Glibc
import Tables

/// The graph of the documents by what pairs say by themselves: which others each of two is likely to share an event with.
///
/// Reports of one event share it with the same others; two that are alike by their topic only do so with others each.
/// And where nearly every story within reach has company, one that seems to have some is more likely to than where most
/// stand alone. Chances are integers, so that no order of summation shows.
package struct Company: Sendable {
    package static let names = [
        "log of common company", "common by all", "common by lesser", "log of company of one", "log odds of company",
    ]
    /// In the order of `names`.
    package typealias Values = InlineArray<5, Double>

    private struct Friend: BitwiseCopyable {
        var document: Int32
        /// In 1/`unit`.
        var chance: Int32
    }

    private static let unit = 65_536.0
    /// Log-odds below which a pair is no company.
    static let least = -4.0

    /// Ascending by document.
    private let friends: Groups<Friend>
    /// Of all friends of a document.
    private let totals: [Int]
    private let reach: Reach

    /// - Parameters:
    ///   - pairs: ascending by the second document, then the first.
    ///   - window: in days; see `Reach`.
    init(_ pairs: [CandidatePair], _ vectors: TermVectors, window: Double) {
        let company = Self.likelihoods(pairs, documents: vectors.count)
        self.init(pairs, documents: vectors.count, reach: Reach(vectors, company: company, window: window))
    }

    /// Of the documents of which all pairs are there.
    init(_ pairs: [CandidatePair], documents count: Int, reach: Reach) {
        var totals = Array(repeating: 0, count: count)
        for pair in pairs {
            let chance = Self.chance(pair.alone)
            totals[Int(pair.first)] += chance
            totals[Int(pair.second)] += chance
        }
        friends = Groups(count: count) { place in
            for pair in pairs where pair.alone > Self.least {
                let chance = Int32(Self.chance(pair.alone))
                place(Int(pair.first), Friend(document: pair.second, chance: chance))
                place(Int(pair.second), Friend(document: pair.first, chance: chance))
            }
        }
        (self.totals, self.reach) = (totals, reach)
    }

    /// Of each document, how likely it is to have any company: as likely as its best pair is to be of one event.
    static func likelihoods(_ pairs: [CandidatePair], documents: Int) -> [Double] {
        var best = Array(repeating: Int32.min, count: documents)
        for pair in pairs {
            let (a, b) = (Int(pair.first), Int(pair.second))
            best[a] = max(best[a], pair.rawAlone)
            best[b] = max(best[b], pair.rawAlone)
        }
        return best.map { $0 == .min ? 0 : share(Double($0) / SimilarPair.unit) }
    }

    func documents(near first: Int, _ second: Int) -> Double { reach.documents(near: first, second) }

    /// - Parameter logOdds: of the two by themselves.
    func callAsFunction(_ first: Int, _ second: Int, logOdds: Double) -> Values {
        let both = Self.chance(logOdds)
        let one = Double(max(0, totals[first] - both)) / Self.unit
        let other = Double(max(0, totals[second] - both)) / Self.unit
        let common = logOdds > -EventModel.certain ? self.common(first, second) : 0
        return [
            log1p(common), common / max(one + other - common, 0.05), min(common / max(min(one, other), 0.05), 2),
            log1p(max(one + other - 2 * common, 0)), reach.logOdds(near: first, second),
        ]
    }

    /// The sum over all third documents of the chance that it is of one event with both.
    private func common(_ first: Int, _ second: Int) -> Double {
        let (a, b) = (friends[first], friends[second])
        var (i, j) = (a.startIndex, b.startIndex)
        var sum = 0
        while i < a.endIndex, j < b.endIndex {
            let (left, right) = (a[i], b[j])
            sum += left.document == right.document ? Int(left.chance) * Int(right.chance) : 0
            i += left.document <= right.document ? 1 : 0
            j += right.document <= left.document ? 1 : 0
        }
        return Double(sum) / (Self.unit * Self.unit)
    }

    private static func share(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }

    private static func chance(_ logOdds: Double) -> Int {
        logOdds > least ? Int((share(logOdds) * unit).rounded()) : 0
    }
}

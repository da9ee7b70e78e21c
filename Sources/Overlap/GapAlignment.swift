/// The best alignment of two short stretches of tokens that follow a common run (Needleman, Wunsch 1970, with a price
/// for each run so that single words do not scatter).
///
/// Each equal pair of tokens adds 2; each run but one that goes on from the start costs 2; each token left out costs 1.
struct GapAlignment {
    /// Stretches are at most this long.
    static let reach = 24

    private static let equal = 2, run = 2, skip = 1
    private static let never = Int.min / 2

    private let stride = reach + 1
    /// Best score of two prefixes that end in an equal pair, and of two that do not, at `i * stride + j`.
    private var matched = [Int](repeating: 0, count: (reach + 1) * (reach + 1))
    private var skipped = [Int](repeating: 0, count: (reach + 1) * (reach + 1))

    /// The equal pairs of the whole stretches.
    mutating func fill(_ a: Stretch, _ b: Stretch) -> [(a: Int, b: Int)] {
        score(a, b)
        return pairs(a, b, endA: a.count, endB: b.count)
    }

    /// The equal pairs of the beginnings that are worth most, none where that is nothing.
    mutating func extend(_ a: Stretch, _ b: Stretch) -> [(a: Int, b: Int)] {
        score(a, b)
        var best = 0, end = (a: 0, b: 0)
        for i in 0...a.count {
            for j in 0...b.count where matched[i * stride + j] > best {
                best = matched[i * stride + j]
                end = (i, j)
            }
        }
        return pairs(a, b, endA: end.a, endB: end.b)
    }

    private mutating func score(_ a: Stretch, _ b: Stretch) {
        for i in 0...a.count {
            for j in 0...b.count {
                let at = i * stride + j
                matched[at] = i == 0 && j == 0 ? 0 : Self.never
                skipped[at] = Self.never
                if i > 0, j > 0, a[i - 1] == b[j - 1] {
                    let before = at - stride - 1
                    matched[at] = Self.equal + max(matched[before], skipped[before] - Self.run)
                }
                if i > 0 { skipped[at] = max(matched[at - stride], skipped[at - stride]) - Self.skip }
                if j > 0 { skipped[at] = max(skipped[at], max(matched[at - 1], skipped[at - 1]) - Self.skip) }
            }
        }
    }

    /// Back from the end; of equally good ways the one with the latest run, then the one that leaves out of `a` first.
    private func pairs(_ a: Stretch, _ b: Stretch, endA: Int, endB: Int) -> [(a: Int, b: Int)] {
        var pairs: [(a: Int, b: Int)] = []
        var (i, j) = (endA, endB)
        var isMatch = matched[i * stride + j] >= skipped[i * stride + j]
        while i > 0 || j > 0 {
            let at = i * stride + j
            if isMatch {
                (i, j) = (i - 1, j - 1)
                pairs.append((i, j))
                let before = at - stride - 1
                isMatch = matched[before] >= skipped[before] - Self.run
            } else if j > 0, skipped[at] == max(matched[at - 1], skipped[at - 1]) - Self.skip {
                j -= 1
                isMatch = matched[at - 1] >= skipped[at - 1]
            } else {
                i -= 1
                isMatch = matched[at - stride] >= skipped[at - stride]
            }
        }
        return pairs.reversed()
    }
}

/// Some tokens of a text, read forward or backward.
struct Stretch {
    private let tokens: [UInt64]
    private let start: Int
    private let step: Int
    let count: Int

    /// - Parameter isBackward: whether the last token of the range comes first.
    init(_ tokens: [UInt64], _ range: Range<Int>, isBackward: Bool = false) {
        self.tokens = tokens
        start = isBackward ? range.upperBound - 1 : range.lowerBound
        step = isBackward ? -1 : 1
        count = range.count
    }

    subscript(_ at: Int) -> UInt64 { tokens[place(of: at)] }

    /// Where its token number `at` stands in the text.
    func place(of at: Int) -> Int { start + step * at }
}

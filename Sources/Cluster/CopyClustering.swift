public import MinHash
public import Tables

/// A pair of texts of which one was taken from the other.
public struct CopyLink<Kind>: Sendable, Equatable {
    /// `a < b`.
    public var a, b: Number<Kind>
    /// Of the text cut into 64 equal parts, those in common passages.
    public var partsOfA, partsOfB: UInt64
    /// Whether each text has a rest that is not in the other.
    public var haveRests: Bool

    @inlinable
    public init(a: Number<Kind>, b: Number<Kind>, partsOfA: UInt64, partsOfB: UInt64, haveRests: Bool = false) {
        (self.a, self.b, self.partsOfA, self.partsOfB) = (a, b, partsOfA, partsOfB)
        self.haveRests = haveRests
    }

    /// The same two as part of the whole that their kind is numbered in.
    @inlinable
    public func named<Whole>(by numbering: Numbering<Kind, Whole>) -> CopyLink<Whole> {
        CopyLink<Whole>(
            a: numbering[a], b: numbering[b], partsOfA: partsOfA, partsOfB: partsOfB, haveRests: haveRests)
    }
}

/// Copy clusters without chains.
///
/// A round-up is linked with each story that it embeds, and the stories are no copies of one another. So a text keeps
/// only the links of one story: links whose passages overlap in it, at least half of it where there are others.
/// Of what then hangs together, each member must have a passage in common with the representative, the first of them;
/// those that have none form clusters of their own. A live blog whose text moves on from hour to hour falls apart into
/// stretches that overlap.
public struct CopyClustering: Sendable {
    /// Of each item.
    public private(set) var representatives: [ItemNumber]
    /// The links that were kept, ascending.
    public private(set) var links: [CopyLink<OfItem>]

    /// - Parameters:
    ///   - links: at most one a pair.
    ///   - count: items are numbered in the order of preference.
    ///   - answers: whether the items of each pair have a passage in common.
    /// - Complexity: asks for at most one pair a link.
    public init(_ links: [CopyLink<OfItem>], count: Int, answers: ([CandidatePair<OfItem>]) -> [Bool]) {
        let isKept = Self.areOfOneStory(links, count: count)
        self.links = zip(links, isKept).filter(\.1).map(\.0).sorted { ($0.a, $0.b) < ($1.a, $1.b) }
        var growth = ClusterGrowth(self.links, count: count)
        while let pairs = growth.next() { growth.accept(pairs, answers(pairs)) }
        representatives = growth.representatives
    }

    /// Of each link, whether it is of the main story of both its texts.
    public static func areOfOneStory(_ links: [CopyLink<OfItem>], count: Int) -> [Bool] {
        let numbers = Groups<Int>(count: count) { place in
            for (number, link) in links.enumerated() {
                place(link.a.index, number)
                place(link.b.index, number)
            }
        }
        var isKept = [Bool](repeating: true, count: links.count)
        for item in 0..<count where numbers[item].count > 1 {
            let numbers = numbers[item]
            let parts = numbers.map { links[$0].a.index == item ? links[$0].partsOfA : links[$0].partsOfB }
            let main = mainStory(parts)
            for (number, parts) in zip(numbers, parts) where !isSameStory(parts, main) { isKept[number] = false }
        }
        return isKept
    }

    /// Stories that stand side by side may touch the same part, so that some overlap is none.
    private static func isSameStory(_ a: UInt64, _ b: UInt64) -> Bool {
        (a & b).nonzeroBitCount * 10 >= 3 * min(a.nonzeroBitCount, b.nonzeroBitCount) && a & b != 0
    }

    /// The parts of a text that its largest story takes up; none where that is less than half of a text that holds
    /// several.
    static func mainStory(_ passages: [UInt64]) -> UInt64 {
        var stories: [UInt64] = []
        for passage in passages {
            var story = passage
            stories.removeAll { other in
                let isSame = isSameStory(other, passage)
                if isSame { story |= other }
                return isSame
            }
            stories.append(story)
        }
        guard let main = stories.max(by: { $0.nonzeroBitCount < $1.nonzeroBitCount }) else { return 0 }
        return stories.count == 1 || main.nonzeroBitCount >= 32 ? main : 0
    }
}

import Cluster
import MinHash
import Tables
import TestSupport
import Testing

@Suite("Copy clusters")
struct CopyClusteringTests {
    private let all = UInt64.max

    private func link(_ a: UInt32, _ b: UInt32, _ partsOfA: UInt64? = nil, _ partsOfB: UInt64? = nil) -> CopyLink<
        OfItem
    > {
        CopyLink(
            a: ItemNumber(rawValue: a), b: ItemNumber(rawValue: b), partsOfA: partsOfA ?? all, partsOfB: partsOfB ?? all
        )
    }

    @Test("join what is linked, under the first")
    func components() {
        let clustering = CopyClustering([link(1, 2), link(1, 4), link(0, 3)], count: 6) { $0.map { _ in false } }
        #expect(clustering.representatives == [0, 1, 1, 0, 1, 5])
    }

    @Test("leave a round-up of small parts to itself, and give one of a large part to that")
    func roundUp() {
        let thirds: [UInt64] = [0x1f_ffff, 0x1f_ffff << 21, 0x1f_ffff << 42]
        let apart = CopyClustering(
            thirds.enumerated().map { link(UInt32($0), 3, nil, $1) }, count: 4
        ) { $0.map { _ in true } }
        #expect(apart.representatives == [0, 1, 2, 3])
        #expect(apart.links.isEmpty)
        let uneven: [UInt64] = [0xff_ffff, .max << 24]
        let given = CopyClustering(
            uneven.enumerated().map { link(UInt32($0), 2, nil, $1) }, count: 3
        ) { $0.map { _ in true } }
        #expect(given.representatives == [0, 1, 1])
    }

    @Test("take for one story passages that overlap by a third, and what hangs together by them")
    func overlappingPassages() {
        for parts: [UInt64] in [[0xffff_ffff, 0xffff_ffff << 16], [0xff_ffff, 0xff_ffff << 16, 0xff_ffff << 32]] {
            let links = parts.enumerated().map { link(UInt32($0), UInt32(parts.count), nil, $1) }
            let clustering = CopyClustering(links, count: parts.count + 1) { $0.map { _ in true } }
            #expect(clustering.representatives.allSatisfy { $0 == 0 })
        }
    }

    @Test("keep in a cluster only those that answer to its representative")
    func chain() {
        let chain = [link(0, 1), link(1, 2), link(2, 3), link(3, 4)]
        var asked: [CandidatePair<OfItem>] = []
        let clustering = CopyClustering(chain, count: 5) { pairs in
            asked += pairs
            return pairs.map { $0.b == 2 }
        }
        #expect(clustering.representatives == [0, 0, 0, 3, 3])
        #expect(asked == [CandidatePair(0, 2), CandidatePair(0, 3)])
    }

    @Test("ask for no more pairs than there are links, however long the chain", arguments: [10, 100, 3000])
    func rollingChain(_ count: Int) {
        let reach = 3
        let links = (0..<count).flatMap { a in
            (a + 1..<max(a + 1, min(count, a + reach + 1))).map { link(UInt32(a), UInt32($0)) }
        }
        var asked = 0
        let clustering = CopyClustering(links, count: count) { pairs in
            asked += pairs.count
            return pairs.map { $0.b.index - $0.a.index <= 2 * reach }
        }
        #expect(asked <= links.count, "\(count) items")
        for (item, representative) in clustering.representatives.enumerated() {
            #expect(representative.index == item - item % (2 * reach + 1), "item \(item) of \(count)")
        }
    }

    @Test("leave out pages of one form: of one outlet, around one passage, each with a rest")
    func forms() {
        func link(_ a: UInt32, _ b: UInt32, _ partsOfA: UInt64, haveRests: Bool = true) -> CopyLink<OfItem> {
            CopyLink(
                a: ItemNumber(rawValue: a), b: ItemNumber(rawValue: b), partsOfA: partsOfA, partsOfB: 0xffff_ffff,
                haveRests: haveRests)
        }
        let half: UInt64 = 0xffff_ffff
        for (links, sources, expected) in [
            ([link(0, 1, half), link(0, 2, half << 1)], [1, 1, 1], [true, true]),
            ([link(0, 1, half), link(0, 2, half << 16)], [1, 1, 1], [false, false]),
            ([link(0, 1, half), link(0, 2, half)], [0, 0, 0], [false, false]),
            ([link(0, 1, half), link(0, 2, half)], [1, 1, 2], [false, false]),
            ([link(0, 1, half), link(0, 2, half, haveRests: false)], [1, 1, 1], [false, false]),
            ([link(0, 3, half), link(1, 3, half), link(2, 3, 1)], [1, 1, 2, 1], [true, true, false]),
            ([link(0, 1, half)], [1, 1], [false]),
        ] as [([CopyLink<OfItem>], [UInt32], [Bool])] {
            #expect(PageForm.areLinks(links, sources: sources) == expected, "\(links), \(sources)")
        }
    }

    @Test("have members that are linked with the representative or answer to it", arguments: 0..<20)
    func randomGraphs(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let count = Int.random(in: 2...40, using: &random)
        let links = (0..<count).flatMap { a in
            (a + 1..<max(a + 1, count)).filter { _ in Int.random(in: 0..<12, using: &random) == 0 }
                .map { link(UInt32(a), UInt32($0)) }
        }
        func answers(_ pair: CandidatePair<OfItem>) -> Bool { (pair.a.index &* 31 &+ pair.b.index &* 17) % 3 == 0 }
        let found = CopyClustering(links, count: count) { $0.map(answers) }.representatives
        let pairs = Set(links.map { CandidatePair($0.a, $0.b) })
        var sets = DisjointSets(count: count)
        for link in links { sets.join(link.a, link.b) }
        for item in (0..<count).map({ ItemNumber($0) }) {
            let representative = found[item.index]
            #expect(found[representative.index] == representative && representative <= item, "seed \(seed): \(item)")
            #expect(sets.find(item) == sets.find(representative), "seed \(seed): \(item), \(representative)")
            guard item != representative else { continue }
            let pair = CandidatePair(representative, item)
            #expect(pairs.contains(pair) || answers(pair), "seed \(seed): \(item), \(representative)")
        }
        // Two representatives that are linked would be one.
        for pair in pairs where found[pair.a.index] == pair.a { #expect(found[pair.b.index] != pair.b, "seed \(seed)") }
    }
}

import Cluster
import MinHash
import Testing

@Suite("Copy clusters")
struct CopyClusteringTests {
    private let all = UInt64.max

    private func link(_ a: UInt32, _ b: UInt32, _ partsOfA: UInt64? = nil, _ partsOfB: UInt64? = nil) -> CopyLink {
        CopyLink(a: a, b: b, partsOfA: partsOfA ?? all, partsOfB: partsOfB ?? all)
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

    @Test("keep in a cluster only those that answer to its representative")
    func chain() {
        let chain = [link(0, 1), link(1, 2), link(2, 3), link(3, 4)]
        var asked: [CandidatePair] = []
        let clustering = CopyClustering(chain, count: 5) { pairs in
            asked += pairs
            return pairs.map { $0.b == 2 }
        }
        #expect(clustering.representatives == [0, 0, 0, 3, 3])
        #expect(asked == [CandidatePair(0, 2), CandidatePair(0, 3), CandidatePair(0, 4)])
    }
}

import Background
import DedupKit
import Facts

/// What the texts of a cluster tell: of each found once, and once what it has in common with the representative.
final class ClusterFacts {
    /// By the number of the first story with the same words.
    private let texts: [Int: [UInt8]]
    private let center: Int
    private lazy var factsOfCenter = texts[center].map { FactText($0, background: .standard) }
    private var overlaps: [Int: FactOverlap] = [:]

    /// Bytes of a text that is not shown: news tells first what matters.
    static let longest = 8192

    /// - Parameters:
    ///   - center: the representative of the cluster.
    ///   - texts: of representatives, and of all that is compared with one.
    init(center: Int, texts: [Int: [UInt8]]) { (self.center, self.texts) = (center, texts) }

    /// What the representative, first, and another text both tell; nil where one is not at hand.
    func overlap(with other: Int) -> FactOverlap? {
        if let known = overlaps[other] { return known }
        guard let factsOfCenter, let text = texts[other] else { return nil }
        let overlap = FactOverlap(factsOfCenter, FactText(text, background: .standard))
        overlaps[other] = overlap
        return overlap
    }

    /// What at least half of some texts tell, the representative among them.
    func shared(by others: [Int]) -> [SharedFact] {
        SharedFact.of(others.filter { $0 != center }.compactMap(overlap))
    }
}

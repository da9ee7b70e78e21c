import DedupKit
import Foundation
import Inputs
import TestSupport
import Testing

/// Briefs of one kind and one day, all of different events; see corpora/README.md.
@Suite struct BriefTests {
    /// - Parameter wrong: how many pairs join still (decision 019): less is welcome, and to be put here.
    @Test(
        arguments: [
            ("matches", 12, 0), ("obituaries", 12, 0), ("results", 12, 2), ("verdicts", 12, 6), ("earthquakes", 10, 45),
        ])
    func areEventsOfTheirOwn(kind: String, count: Int, wrong: Int) throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "corpora/briefs/\(kind).jsonl")
        let clustering = try Pipeline().run(InputSet(paths: [path.path]))
        let sizes = Dictionary(grouping: clustering.labels[.event]!, by: \.self).values.map(\.count)
        #expect(clustering.documents.count == count && clustering.clusterCount(.copy) == count)
        #expect(sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 } == wrong)
    }
}

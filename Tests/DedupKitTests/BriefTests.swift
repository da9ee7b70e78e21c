import DedupKit
import Foundation
import Inputs
import TestSupport
import Testing

/// Briefs of one kind and one day, all of different events; see corpora/README.md.
@Suite struct BriefTests {
    /// - Parameter wrong: how many pairs join still (decision 019): less is welcome, and to be put here.
    @Test(arguments: zip(["matches", "obituaries", "results", "verdicts"], [0, 0, 2, 6]))
    func areEventsOfTheirOwn(kind: String, wrong: Int) throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "corpora/briefs/\(kind).jsonl")
        let clustering = try Pipeline().run(InputSet(paths: [path.path]))
        let sizes = Dictionary(grouping: clustering.labels[.event]!, by: \.self).values.map(\.count)
        #expect(clustering.documents.count == 12 && clustering.clusterCount(.copy) == 12)
        #expect(sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 } == wrong)
    }
}

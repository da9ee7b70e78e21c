import DedupKit
import Foundation
import Inputs
import TestSupport
import Testing

/// A file that is cut short between the first pass and the reading of candidates.
@Suite struct LostTextsTests {
    @Test(arguments: [Level.near, .event])
    func eachIsToldOnce(_ level: Level) throws {
        let count = 1000
        let page = (0..<60).map { "word\($0)" }.joined(separator: " ")
        var answers: Set<[String]> = []
        for threads in [1, 2, 7] {
            let folder = TemporaryFolder()
            let file = folder.write(
                "news.jsonl", (0..<count).map { #"{"id":"d\#($0)","text":"\#(page) end\#($0)"}"# + "\n" }.joined())
            var pipeline = Pipeline(options: RunOptions(level: level, threads: threads))
            pipeline.options.progress = { phase, done, total in
                if phase == .reading, done == total { _ = truncate(file, 20_000) }
            }
            let found = try pipeline.run(InputSet(paths: [file]))
            #expect(found.documents.count == count, "\(threads) threads")
            #expect((1...2 * count).contains(found.unreadable), "\(threads) threads: \(found.unreadable)")
            #expect(found.unreadable == found.problems.count, "\(threads) threads")
            answers.insert(found.problems.map { "\($0)".replacing(folder.path, with: "") })
        }
        #expect(answers.count == 1)
    }
}

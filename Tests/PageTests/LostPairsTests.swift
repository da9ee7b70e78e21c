import DedupKit
import Foundation
import Inputs
import Output
import Report
import TestSupport
import Testing

/// A text that can be read in the first pass and not when its pairs are listed is told of, not left out in silence.
@Suite struct LostPairsTests {
    @Test func areErrorsOfTheResult() throws {
        let folder = TemporaryFolder()
        let story =
            "the port of halden will reopen on monday after nine days of strike by the dockers said the ministry"
        let lines = [story, story + " today", "another story of nothing at all but the weather of the north"]
        let dump = folder.write("dump.jsonl", lines.map { #"{"text":"\#($0)"}"# + "\n" }.joined())
        var pipeline = Pipeline(options: RunOptions(level: .near))
        pipeline.options.pairs = true
        let inputs = try InputSet(paths: [dump])
        let clustering = try pipeline.run(inputs)
        #expect(clustering.pairs.count == 1)

        _ = truncate(dump, 0)
        let output = try OutputFile("\(folder.path)/result.jsonl")
        let lost = try JSONLinesReport.write(clustering, of: inputs.paths, to: output)
        try output.commit()
        #expect(lost.count == 1 && lost.first?.path == dump, "\(lost)")
        let written = try String(contentsOfFile: "\(folder.path)/result.jsonl", encoding: .utf8)
        #expect(written.contains(#""type":"error""#) && written.contains(#""unreadable":1"#), "\(written)")
        // What was verified before is known all the same.
        #expect(written.contains(#""type":"pair""#) && !written.contains("passages"), "\(written)")
    }
}

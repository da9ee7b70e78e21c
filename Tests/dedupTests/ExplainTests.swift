import Foundation
import Testing

/// Why events are events: scores, facts, near misses.
@Suite struct ExplainTests {
    private func explained(_ options: String...) throws -> Tool.Run {
        try Tool.run(["cluster", "corpora/sample/stories.jsonl"] + options)
    }

    @Test func golden() throws {
        expectGolden("sample-explain.txt", try explained("--explain", "--format", "text").text)
    }

    @Test func factsAreAddedOnlyIfAskedFor() throws {
        let plain = try Records(explained()), full = try Records(explained("--explain"))
        for (one, other) in zip(plain.all, full.all) {
            var other = other
            if other["facts"] != nil { #expect(one["facts"] == nil) }
            other["facts"] = nil
            #expect(NSDictionary(dictionary: one) == NSDictionary(dictionary: other))
        }
        #expect(plain.all.count == full.all.count)
    }

    /// An event's score is the mean of its voices' scores; copies have their voice's.
    @Test func scoresAgree() throws {
        let records = try Records(explained("--explain"))
        let documents = Dictionary(uniqueKeysWithValues: records("document").map { ($0["id"] as! String, $0) })
        let events = records("cluster").filter { $0["level"] as? String == "event" }
        #expect(events.contains { $0["score"] != nil } && events.contains { $0["score"] == nil })
        for event in events {
            let members = (event["members"] as! [String]).map { documents[$0]! }
            let voices = members.filter { $0["copy"] as! String == $0["id"] as! String }
            let scores = voices.compactMap { $0["event_score"] as? Double }
            if voices.count == 1 {
                #expect(event["score"] == nil && event["facts"] == nil && scores.isEmpty, "\(event)")
            } else {
                #expect(abs(scores.reduce(0, +) / Double(scores.count) - (event["score"] as! Double)) < 1e-4)
                #expect(event["score"] as! Double >= 0.5)
                let facts = event["facts"] as! [[String: Any]]
                #expect((1...12).contains(facts.count))
                for fact in facts {
                    #expect((max(2, (voices.count + 1) / 2)...voices.count).contains(fact["documents"] as! Int))
                }
            }
            for copy in members {
                #expect(copy["event_score"] as? Double == documents[copy["copy"] as! String]!["event_score"] as? Double)
            }
        }
    }

    @Test func aNearMissJoinsAtALowerThreshold() throws {
        let misses = try Records(explained())("near_miss")
        let miss = try #require(misses.first)
        let score = miss["score"] as! Double
        #expect((0.4..<0.5).contains(score))
        let lower = try Records(explained("--event-threshold", "\(score - 0.001)"))
        let events = Dictionary(
            uniqueKeysWithValues: lower("document").map { ($0["id"] as! String, $0["event"] as! String) })
        #expect(events[miss["a"] as! String] == events[miss["b"] as! String])
    }

    @Test(arguments: [["--level", "copy"], ["--format", "tsv"]])
    func wrongUsage(_ options: [String]) throws {
        let run = try Tool.run(["cluster", Place.sample, "--explain"] + options)
        #expect(run.code == 64 && run.talk.contains("--explain needs"), "\(run.talk)")
    }
}

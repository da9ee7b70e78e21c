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
            if other["facts"] != nil || other["grounds"] != nil {
                #expect(one["facts"] == nil && one["grounds"] == nil)
            }
            (other["facts"], other["grounds"]) = (nil, nil)
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

    /// What decided adds up to the score: of two versions exactly, of more to that of the most typical.
    @Test func groundsAreThoseOfTheScore() throws {
        let records = try Records(explained("--explain"))
        let documents = Dictionary(uniqueKeysWithValues: records("document").map { ($0["id"] as! String, $0) })
        var deciders: Set<String> = []
        for event in records("cluster") where event["score"] != nil {
            let grounds = event["grounds"] as! [String: Any]
            let parts = ["texts", "days", "company", "reach"].map { grounds[$0] as! Double }
            let members = (event["members"] as! [String]).map { documents[$0]! }
            let typical = members.map { $0["event_score"] as! Double }.max()!
            // A pair that is certain adds up to more than 1.
            #expect(parts.reduce(0, +) >= typical - 0.001, "\(event)")
            let line = 0.5 - parts[3], decider = grounds["decided_by"] as! String
            deciders.insert(decider)
            #expect(decider == (parts[0] >= line ? "texts" : parts[0] + parts[1] >= line ? "days" : "company"))
            #expect((2...61).contains(grounds["documents"] as! Int))
        }
        #expect(deciders.contains("texts"))
        let miss = try #require(records("near_miss").first), grounds = miss["grounds"] as! [String: Any]
        #expect(Set(grounds.keys) == ["texts", "days", "company", "reach", "documents"])
        #expect((grounds["days"] as! Double) < 0, "a week apart")
    }

    /// The sample, of which some stories lose their dates.
    private func dump(_ scratch: Scratch, undated: (Int) -> Bool) throws -> String {
        let stories = try #require(Scratch.read(Place.sample)).split(separator: 10).enumerated().map { place, line in
            var story = try #require(JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            if undated(place) { for name in ["published_at", "date", "date_publish"] { story[name] = nil } }
            return String(decoding: try JSONSerialization.data(withJSONObject: story), as: UTF8.self)
        }
        return scratch.write("undated.jsonl", stories.joined(separator: "\n"))
    }

    /// The doubts of each event, from its documents alone.
    @Test func doubtsAreThoseOfTheDocuments() throws {
        let scratch = Scratch()
        let records = try Records(Tool.run(["cluster", dump(scratch) { $0 % 2 == 0 }]))
        let documents = Dictionary(uniqueKeysWithValues: records("document").map { ($0["id"] as! String, $0) })
        var seen: Set<String> = []
        for event in records("cluster") where event["level"] as? String == "event" {
            let doubt = event["doubt"] as? [String] ?? []
            seen.formUnion(doubt)
            let members = (event["members"] as! [String]).map { documents[$0]! }
            #expect(doubt.contains("weak") == members.contains { $0["event_score"] as? Double ?? 1 < 0.55 })
            #expect(doubt.contains("one_source") == ((event["sources"] as! [String]).count == 1))
            let chapters = members.compactMap { $0["chapter"] as? Int }
            #expect(doubt.contains("chapters") == (event["chapters"] != nil))
            #expect(chapters.max() == event["chapters"] as? Int && chapters.min() ?? 1 == 1)
            #expect(event["doubt"] == nil || !doubt.isEmpty)
        }
        #expect(seen.contains("undated"))
    }

    @Test func whatIsInDoubtComesLast() throws {
        let scratch = Scratch(), dump = try dump(scratch) { $0 % 2 == 0 }
        let lines = try Tool.run(["cluster", dump, "--format", "text"]).lines
        let headings = lines.indices.filter { lines[$0].hasPrefix("event of ") }
        let doubted = headings.map { lines[$0 + 1].hasPrefix("! ") }
        #expect(doubted.contains(true) && doubted == doubted.filter { !$0 } + doubted.filter { $0 })
        let first = try Tool.run(["cluster", dump, "--format", "text", "--top", "1"]).lines[0]
        #expect(first == lines[0])
    }

    /// Where no story has a date it is said once, and no event ranks below another for it.
    @Test func whatAllShareIsSaidOnce() throws {
        let scratch = Scratch()
        let dump = try dump(scratch) { _ in true }
        let text = try Tool.run(["cluster", dump, "--format", "text"])
        #expect(text.lines.count { $0 == "! all events: dates missing" } == 1, "\(text.text)")
        #expect(!text.text.contains("\n! dates missing"))
        let events = try Records(Tool.run(["cluster", dump]))("cluster").filter { $0["level"] as? String == "event" }
        #expect(events.allSatisfy { ($0["doubt"] as! [String]).contains("undated") })
        let rows = try Tool.run(["cluster", dump, "--format", "tsv"]).lines.map { $0.components(separatedBy: "\t") }
        #expect(rows[0].last == "doubt")
        let inEvents = Set(events.flatMap { $0["members"] as! [String] })
        for row in rows.dropFirst() { #expect(row.last!.contains("undated") == inEvents.contains(row[0]), "\(row)") }
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

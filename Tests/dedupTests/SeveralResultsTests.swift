import Foundation
import Testing

/// Results of several runs on one page.
@Suite struct SeveralResultsTests {
    private let scratch = Scratch()

    /// The ids of both are the same, and mean other stories.
    @Test func severalResults() throws {
        func dump(_ name: String, _ word: String) {
            let text =
                "the \(word) of halden will reopen on monday after nine days of strike by the dockers of the town"
            scratch.write(name, "{\"id\":\"1\",\"text\":\"\(text)\"}\n{\"id\":\"2\",\"text\":\"\(text) again\"}\n")
        }
        let days = ["harbour", "airport", "museum"]
        for day in days {
            dump("\(day).jsonl", day)
            let run = try Tool.run(["cluster", "\(day).jsonl", "-o", "\(day).result"], in: scratch.path)
            #expect(run.code == 0, "\(run.talk)")
        }
        let results = days.map { $0 + ".result" }
        let run = try Tool.run(["report"] + results + ["-o", "page.html"], in: scratch.path)
        #expect(run.code == 0, "\(run.talk)")
        let page = Page(scratch.text("page.html"))
        #expect(page.clusters.count == 3)
        for (day, (entry, data)) in zip(days, zip(page.clusters, page.data)) {
            let texts = data["texts"] as! [[String: Any]]
            #expect(texts.count == 2 && texts.allSatisfy { ($0["text"] as! String).contains(day) }, "\(day)")
            #expect(page.html.contains("<bdi>\(day).result</bdi>"), "\(day): \(entry)")
        }
        #expect(page.html.contains("in 6 stories of 3 results"))

        unlink("\(scratch.path)/museum.jsonl")
        let gone = try Tool.run(["report"] + results, in: scratch.path)
        #expect(gone.code == 2 && gone.talk.contains("museum.jsonl"), "\(gone.talk)")
        #expect(Page(gone.text).data.map { ($0["texts"] as! [Any]).count }.sorted() == [0, 2, 2])
        dump("moved.jsonl", "museum")
        let inputs = ["harbour.jsonl", "airport.jsonl", "moved.jsonl"].flatMap { ["--input", $0] }
        #expect(try Tool.run(["report"] + results + inputs, in: scratch.path).text == page.html)
        let few = try Tool.run(["report"] + results + ["--input", "moved.jsonl"], in: scratch.path)
        #expect(few.code == 64 && few.talk.contains("3 times"), "\(few.talk)")
        #expect(try Tool.run(["report", "-", "-"], in: scratch.path).code == 64)
    }
}

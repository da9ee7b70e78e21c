import Foundation
import Testing

/// docs/output.md names every field that appears, and every exit code.
@Suite struct SchemaTests {
    private static let page = String(decoding: Scratch.read(Place.root + "/docs/output.md") ?? [], as: UTF8.self)

    /// Everything that a run can say at once: all levels, pairs, errors, duplicates, short and broken documents.
    nonisolated(unsafe) private static let records: Records = {
        let scratch = Scratch()
        let lines = ["x", DirtyCases.a, DirtyCases.a, #"{"text":"\ud800"}"#, ""]
        scratch.write("dirty/dirty.jsonl", lines.joined(separator: "\n"))
        scratch.write("framed.jsonl", framed)
        scratch.write("array.json", #"[{"id":"r1"},{"id":"r2","text":"b"}]"#)
        scratch.write("old.jsonl", #"{"id":"old","text":"what everybody knows already"}"#)
        // Of an event of two reports the later is days late: a chapter of its own.
        let sample = String(decoding: Scratch.read(Place.sample)!, as: UTF8.self)
            .replacing("2024-04-11T06:25:00Z", with: "2024-04-15T06:25:00Z")
        scratch.write("sample.jsonl", sample)
        let words = ["cluster", "sample.jsonl", "dirty", "framed.jsonl", "array.json", "--against", "old.jsonl"]
        let run = try! Tool.run(words + ["--pairs", "--explain", "--event-threshold", ".45"], in: scratch.path)
        return try! Records(run)
    }()

    /// Stories of one outlet in one frame, and one of them abridged.
    private static var framed: String {
        func words(_ story: Int, _ range: Range<Int>) -> String {
            range.map { "w\(($0 + 1) &* (story + 7) % 9973)x\(story)" }.joined(separator: " ")
        }
        var stories = (0..<14).map { "\(words($0, 0..<200)) \(words(99, 0..<150))" }
        stories.append(words(0, 0..<90))
        return stories.enumerated().map { #"{"id":"framed\#($0)","source":"Daily","text":"\#($1)"}"# + "\n" }.joined()
    }

    @Test(arguments: ["run", "input", "document", "pair", "cluster", "near_miss", "boilerplate", "error", "summary"])
    func everyFieldIsDocumented(_ type: String) throws {
        let section = try #require(Self.page.components(separatedBy: "\n### `\(type)`\n").dropFirst().first)
        let lines = section.components(separatedBy: "\n##")[0].components(separatedBy: "\n")
        // Tables below it describe what stands inside a field.
        let table = lines.drop { !$0.hasPrefix("| `") }.prefix { $0.hasPrefix("| `") }
        let names = table.flatMap { $0.split(separator: "|")[0].matches(of: /`([a-z0-9_]+)`/).map { String($0.1) } }
        let records = Self.records(type)
        #expect(!records.isEmpty)
        let seen = Set(records.flatMap(\.keys))
        #expect(seen.subtracting(names).sorted() == [], "not documented")
        #expect(Set(names).subtracting(seen).sorted() == [], "documented and never seen")
    }

    @Test func noOtherTypes() {
        let types = Self.records.all.map { $0["type"] as? String ?? "none" }
        let order = types.enumerated().filter { $0.offset == 0 || types[$0.offset - 1] != $0.element }.map(\.element)
        #expect(
            order == ["run", "input", "document", "pair", "cluster", "near_miss", "boilerplate", "error", "summary"])
    }

    @Test func runSaysNothingOfTheMachine() throws {
        let one = try Tool.run(["cluster", Place.sample, "--threads", "1"]).lines[0]
        let many = try Tool.run(["cluster", Place.sample, "--threads", "5", "--stats", "/dev/null"]).lines[0]
        #expect(one == many)
        #expect(!one.contains("thread") && !one.contains("time") && !one.contains("kernel"))
    }

    @Test func levelsNotAskedForAreAbsent() throws {
        for (index, level) in SampleTests.levels.enumerated() {
            let records = try Records(Tool.run(["cluster", Place.sample, "--level", level]))
            let absent = SampleTests.levels[(index + 1)...]
            for document in records("document") { #expect(absent.allSatisfy { document[$0] == nil }, "\(level)") }
            #expect(Set(records("cluster").map { $0["level"] as! String }).isDisjoint(with: absent), "\(level)")
        }
    }

    @Test func clustersAgreeWithDocuments() {
        for level in SampleTests.levels {
            let clusters = Self.records("cluster").filter { $0["level"] as? String == level }
            let members = clusters.map { Set($0["members"] as! [String]) }
            #expect(Set(members) == Self.records.groups(level), "\(level)")
            for cluster in clusters {
                #expect((cluster["members"] as! [String]).contains(cluster["representative"] as! String))
                #expect((cluster["members"] as! [String]).count == cluster["size"] as? Int)
            }
            let distinct = Set(Self.records("document").map { $0[level] as! String }).count
            #expect((Self.records.summary["clusters"] as! [String: Int])[level] == distinct, "\(level)")
        }
    }

    @Test func pairsAreTrue() {
        for pair in Self.records("pair") {
            let (jaccard, a, b) = (
                pair["jaccard"] as! Double, pair["containment_a"] as! Double, pair["containment_b"] as! Double
            )
            let level = pair["level"] as! String
            #expect(["exact", "near", "copy"].contains(level), "\(pair)")
            #expect(jaccard >= 0.7 || level == "copy" && jaccard > 0, "\(pair)")
            #expect(jaccard <= min(a, b) && max(a, b) <= 1, "\(pair)")
            // J = c / (A + B - c) with a = c / A, b = c / B.
            #expect(abs(1 / (1 / a + 1 / b - 1) - jaccard) < 0.0005, "\(pair)")
        }
    }

    @Test func everyExitCodeIsDocumented() {
        for code in [0, 1, 2, 64, 66, 74] { #expect(Self.page.contains("\n| \(code) |"), "\(code)") }
    }
}

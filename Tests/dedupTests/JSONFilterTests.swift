import Foundation
import TestSupport
import Testing

/// `dedup filter` of JSON that is not laid out by lines: JSON again, and what is kept byte for byte.
@Suite struct JSONFilterTests {
    private let scratch = Scratch()
    private let words = ["harbour", "storm", "crane", "quay", "Monday", "ferry", "pilot", "rope", "lamp", "gull"]

    private func story(_ random: inout SplitMix64) -> String {
        (0..<12).map { _ in words.randomElement(using: &random)! }.joined(separator: " ")
    }

    private func parsed(_ bytes: [UInt8]) throws -> Any { try JSONSerialization.jsonObject(with: Data(bytes)) }

    @Test func arrays() throws {
        var random = SplitMix64(seed: 5)
        for round in 0..<12 {
            let stories = (0..<3).map { _ in story(&random) }
            // What is no record stays, too.
            let elements = (0..<1 + random.below(8)).map { number in
                number > 0 && random.flip(0.1)
                    ? "\(number)" : "{\"id\": \"\(number)\", \"text\": \"\(stories.randomElement(using: &random)!)\"}"
            }
            let space = ["", " ", "\n  "][round % 3], end = space == "" ? "" : "\n"
            let array = "[" + space + elements.joined(separator: "," + space) + end + "]"
            let file = round % 2 == 0 ? array : "{\"n\": 1, \"articles\": \(array), \"x\": [1]}\n"
            scratch.write("a.json", file)
            let run = try Tool.run(["filter", "a.json", "--level", "exact", "--dupes", "dupes"], in: scratch.path)
            let dupes = try Records(scratch.read("dupes"))("removed")
            let gone = dupes.map { $0["record"] as! String }
            let kept = elements.filter { !gone.contains($0) }
            #expect(kept.count + gone.count == elements.count, "\(file)")
            for record in dupes {
                let offset = record["offset"] as! Int, bytes = Array((record["record"] as! String).utf8)
                #expect(Array(Array(file.utf8)[offset..<offset + bytes.count]) == bytes)
            }
            let rest = round % 2 == 0 ? try parsed(run.output) : (try parsed(run.output) as! [String: Any])["articles"]!
            let want = try parsed(Array("[\(kept.joined(separator: ","))]".utf8))
            #expect((rest as! NSArray).isEqual(want as! NSArray), "\(file): \(run.text)")
            for element in kept { #expect(run.text.contains(element), "\(file): \(run.text)") }
            if gone.isEmpty { #expect(run.text == file) }
            let marked = try Tool.run(["filter", "a.json", "--annotate", "--level", "exact"], in: scratch.path)
            let plain = marked.text.replacing(/,"dedup":{[^}]*}/, with: "")
            #expect(plain == file, "\(marked.text)")
        }
    }

    @Test func objectsBehindEachOther() throws {
        let one = "{\n  \"id\": \"a\",\n  \"text\": \"\(DirtyCases.story)\"\n}\n",
            two = one.replacing("\"a\"", with: "\"b\"")
        let other = "{\n  \"text\": \"quite another story\"\n}\n"
        scratch.write("a.json", one + two + other)
        let run = try Tool.run(["filter", "a.json"], in: scratch.path)
        #expect(run.text.filter { $0 != "\n" } == (one + other).filter { $0 != "\n" }, "\(run.text)")
    }

    @Test func arraysDoNotGoIntoOneOutput() throws {
        for name in ["a", "b"] { scratch.write("\(name).json", "[\(DirtyCases.a)]") }
        let run = try Tool.run(["filter", "a.json", "b.json"], in: scratch.path)
        #expect(run.code == 64 && run.output.isEmpty)
        #expect(
            run.talk == "dedup: a.json is a JSON array, and no other stands behind it: filter them one by one, or use "
                + "--out-dir\n")
        let each = try Tool.run(["filter", "a.json", "b.json", "--out-dir", "out"], in: scratch.path)
        #expect(each.code == 0)
        #expect([scratch.text("out/a.json"), scratch.text("out/b.json")] == ["[\(DirtyCases.a)]", "[]"])
    }

    @Test func complaintsNameRecords() throws {
        scratch.write("a.json", "[\(DirtyCases.a), 5]")
        let run = try Tool.run(["cluster", "a.json"], in: scratch.path)
        #expect(run.code == 2 && run.talk == "dedup: a.json: record 2: a number, not a JSON object\n", "\(run.talk)")
        let error = try #require(try Records(run)("error").first)
        #expect(error["record"] as? Int == 2 && error["line"] == nil)
    }
}

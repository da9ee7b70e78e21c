import Inputs
import TestSupport
import Testing

@testable import Records

@Suite struct IdentifiersTests {
    let scratch = TemporaryFolder()

    private func lines(_ ids: [String?]) -> String {
        ids.map { $0.map { "{\"text\":\"a\",\"id\":\"\($0)\"}" } ?? "{\"text\":\"a\"}" }.joined(separator: "\n")
    }

    @Test func absentIdsAreFileAndLine() throws {
        let path = scratch.write("n.jsonl", "\n" + lines(["x", nil, "y", nil]))
        for (chunkSize, spill) in [(10, nil), (1 << 20, nil), (10, 1), (1 << 20, 0)] {
            let all = Everything(try InputSet(paths: [path, path], chunkSize: chunkSize), spill: spill)
            #expect(
                all.ids == ["x", "\(path):3", "y", "\(path):5", "x#2", "\(path):3#2", "y#2", "\(path):5#2"],
                "chunks of \(chunkSize), spilled after \(spill ?? -1)")
            #expect(all.identifiers.duplicateCount == 4)
            #expect(all.identifiers.duplicates.count == Identifiers.duplicatesKept)
            #expect(
                all.identifiers.duplicates[0]
                    == Identifiers.Duplicate(document: 4, id: "x", renamed: "x#2", path: path, line: 2))
        }
    }

    @Test func textFilesAreTheirNamesOrPathsWhereNamesClash() throws {
        let paths = [scratch.write("a/x.txt", "1"), scratch.write("b/x.txt", "2"), scratch.write("b/y.v2.txt", "3")]
        #expect(Everything(try InputSet(paths: paths)).ids == [paths[0], paths[1], "y.v2"])
    }

    @Test func numbersPassOverIdsThatAreThere() throws {
        let path = scratch.write("n.jsonl", lines(["a", "a", "a#2", "a", "a#2", "a#2#2"]))
        #expect(Everything(try InputSet(paths: [path])).ids == ["a", "a#3", "a#2", "a#4", "a#2#3", "a#2#2"])
    }

    @Test func idsOfTextFilesAndRecordsShareOneSpace() throws {
        let paths = [scratch.write("n.jsonl", lines(["x"])), scratch.write("x.txt", "1")]
        #expect(Everything(try InputSet(paths: paths)).ids == ["x", "x#2"])
    }

    @Test func overlongIdsAreNone() throws {
        let path = scratch.write("n.jsonl", lines([String(repeating: "x", count: ChunkIdentifiers.longest + 1)]))
        #expect(Everything(try InputSet(paths: [path])).ids == ["\(path):1"])
    }

    /// The rule, in a dictionary.
    private func naive(_ ids: [String]) -> [String] {
        var taken = Set(ids)
        var seen: Set<String> = []
        return ids.map { id in
            if seen.insert(id).inserted { return id }
            var number = 2
            while taken.contains("\(id)#\(number)") { number += 1 }
            taken.insert("\(id)#\(number)")
            return "\(id)#\(number)"
        }
    }

    @Test func randomIdsAreUniqueByTheRule() throws {
        var random = SplitMix64(seed: 3)
        for round in 0..<200 {
            let pool = ["a", "b", "a#2", "a#3", "b#2", "a#2#2", "A", "long identifier of many bytes"]
            let ids = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                round % 2 == 0 ? pool.randomElement(using: &random)! : "\(Int.random(in: 0...40, using: &random))"
            }
            let path = scratch.write("n.jsonl", lines(ids))
            let inputs = try InputSet(paths: [path], chunkSize: Int.random(in: 1...300, using: &random))
            let all = Everything(inputs, spill: [nil, 0, 2][round % 3])
            #expect(all.ids == naive(ids), "round \(round): \(ids)")
            #expect(Set(all.ids).count == ids.count, "round \(round)")
            #expect(all.identifiers.duplicateCount == ids.count - Set(ids).count, "round \(round)")
        }
    }

    /// Walks through all ids from anywhere, with others asked for on the way.
    @Test func walksThroughFiles() throws {
        var random = SplitMix64(seed: 4)
        let names = (0..<3000).map { $0 % 7 == 0 ? "x" : String(repeating: "\($0 % 10)", count: $0 % 40) + "\($0)" }
        let path = scratch.write("n.jsonl", lines(names))
        let inputs = try InputSet(paths: [path], chunkSize: 5000)
        let expected = Everything(inputs).ids, ids = Everything(inputs, spill: 1).identifiers
        for start in [0, 1, 1023, 1024, 2047, 2999] {
            ids.withAll(from: start) { id in
                for document in start..<expected.count {
                    let other = random.below(expected.count)
                    let (own, its) = (id(DocumentNumber(document)), id(DocumentNumber(other)))
                    #expect(String(decoding: own, as: UTF8.self) == expected[document], "from \(start): \(document)")
                    #expect(String(decoding: its, as: UTF8.self) == expected[other], "from \(start): \(other)")
                }
            }
        }
    }
}

import Testing

/// The five pieces that the project began with: two report one call, three are about other things on the same topic.
@Suite(.enabled("needs ../shared/corpora/seeds") { Place.exists(Place.seeds) })
struct SeedTests {
    static let names = [
        "000_c05f2fa6bab83be8", "001_a990bef30d342dab", "002_24270a5528fe9d1d", "003_4217ee851a3662ff",
        "004_64c2a1e84de0f3b0",
    ]
    static let call: Set = ["002_24270a5528fe9d1d", "003_4217ee851a3662ff"]

    @Test func theCallIsTheOnlyEvent() throws {
        let records = try Records(Tool.run(["cluster", Place.seeds]))
        #expect(records.ids == Self.names)
        #expect(records.groups("event") == [Self.call])
        for level in ["exact", "near", "copy"] { #expect(records.groups(level).isEmpty, "\(level)") }
    }

    @Test(arguments: [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [3, 2, 0, 1, 4], [1, 3, 0, 4, 2]])
    func inAnyOrder(_ order: [Int]) throws {
        let paths = order.map { "\(Place.seeds)/\(Self.names[$0]).txt" }
        let records = try Records(Tool.run(["cluster"] + paths))
        #expect(records.ids == order.map { Self.names[$0] })
        #expect(records.groups("event") == [Self.call])
    }

    @Test func scoresFull() throws {
        let scratch = Scratch()
        let result = scratch.write("result.jsonl", try Tool.run(["cluster", Place.seeds]).output)
        #expect(try Tool.run(["eval", result, Place.seeds + "/gold.tsv", "--min-f1", "1"]).code == 0)
    }
}

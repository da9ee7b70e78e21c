import DedupKit
import Testing

@Suite("Removals at level copy")
struct CopyRemovalTests {
    private func removals(_ texts: [String]) throws -> [Removal] {
        let run = try Run(
            texts.enumerated().map { Story("\($0)", $1, date: "2024-03-0\($0 + 1)T00:00:00Z") })
        return try Removals(run.clustering).all.map { $0 }
    }

    @Test("say how much of the shorter text is in the other")
    func score() throws {
        var writer = StoryWriter(seed: 91)
        let words = writer.words(300)
        let all = try removals([writer.text(words), writer.text(writer.abridged(words, to: 0.4))])
        #expect(all.map(\.document) == [1] && all.map(\.of) == [0] && all.map(\.relation) == [.copy])
        #expect(all.map(\.score) == [1])
    }

    /// The second text embeds the first; the third is nearly the second, and has nothing of the first.
    @Test("take a near cluster as a whole, or only what is near its representative")
    func nearClusters() throws {
        var writer = StoryWriter(seed: 92)
        let brief = writer.words(80), report = writer.words(240)
        let all = try removals([brief, brief + report, report].map { writer.text($0) })
        #expect(all.map(\.document) == [2] && all.map(\.of) == [1] && all.map(\.relation) == [.near])
    }
}

import DedupKit
import Testing

@Suite("Flags")
struct CopyFlagsTests {
    @Test("never run in a circle, to a document itself, or to a later one", arguments: 70..<74 as Range<UInt64>)
    func lineage(_ seed: UInt64) throws {
        let run = try Run(mixedDump(seed: seed))
        let documents = run.clustering.documents
        #expect(run.flags.count == documents.count)
        for (document, flag) in run.flags.enumerated() {
            guard let of = flag.of?.index else {
                #expect(flag.original.index == document, "seed \(seed), document \(document)")
                continue
            }
            #expect(documents.dates[of] <= documents.dates[document], "seed \(seed): \(document) of \(of)")
            #expect(run.areCopies(document, of), "seed \(seed): \(document) of \(of)")
            var steps = 0
            var here = document
            while let next = run.flags[here].of?.index, steps <= documents.count { (here, steps) = (next, steps + 1) }
            #expect(steps <= documents.count, "seed \(seed): a circle from \(document)")
            #expect(here == flag.original.index, "seed \(seed): \(document) comes from \(here), not \(flag.original)")
        }
        for cluster in Set(run.copies) {
            let members = run.copies.indices.filter { run.copies[$0] == cluster }
            #expect(members.count { run.flags[$0].of == nil } == 1, "seed \(seed), cluster \(cluster)")
        }
    }

    @Test("say how a copy was made, how much of it is one, and when")
    func relations() throws {
        var writer = StoryWriter(seed: 81)
        let words = writer.words(240)
        let run = try Run([
            Story("late", writer.text(words).uppercased(), date: "2024-03-04T12:00:00Z"),
            Story("first", writer.text(words), date: "2024-03-01T00:00:00Z"),
            Story("brief", writer.text(writer.abridged(words, to: 0.4)), date: "2024-03-02T00:00:00Z"),
            Story("longer", writer.text(writer.embedded(words, in: 240)), date: "2024-03-02T00:00:00Z"),
            Story("scan", writer.text(writer.scanned(words, misreading: 0.15)), date: "2024-03-02T00:00:00Z"),
            Story("edited", writer.text(writer.scanned(words, misreading: 0.01)), date: "2024-03-02T00:00:00Z"),
            Story("other", writer.text(writer.words(200))),
        ])
        #expect(run.flags.map(\.relation) == [.exact, nil, .abridged, .embedded, .reprint, .near, nil])
        #expect(run.flags.map(\.of) == [1, nil, 1, 1, 1, 1, nil])
        #expect(run.flags[0].daysAfter == 3.5)
        #expect(run.flags[1].copies == 5)
        #expect(run.flags[2].share == 1)
        #expect(abs(run.flags[3].share - 0.5) < 0.02, "share \(run.flags[3].share)")
        #expect(run.flags[3].score == 1)
        #expect(run.flags[4].share > 0.9, "share \(run.flags[4].share)")
    }

    /// Words are counted in bytes, some thousands at a time: here the copied ones end amid such a stretch.
    @Test("count every word of long texts")
    func longTexts() throws {
        var writer = StoryWriter(seed: 82)
        let words = writer.words(9000)
        let run = try Run([
            Story("first", writer.text(words), date: "2024-03-01T00:00:00Z"),
            Story("later", writer.text(words[..<5400] + writer.words(3600)), date: "2024-03-02T00:00:00Z"),
        ])
        #expect(run.flags[1].of == 0)
        #expect(abs(run.flags[1].share - 0.6) < 0.01, "share \(run.flags[1].share)")
    }

    @Test("call near only what was compared and found so, not two members of one near cluster")
    func nearMembers() throws {
        var writer = StoryWriter(seed: 83)
        let core = writer.words(400), a = writer.words(92), b = writer.words(92)
        // The first reaches the threshold with the next two; these are most like the last, and not like each other.
        let run = try Run(
            [writer.words(40) + core, core + a, b + core, b + core + a].enumerated().map { day, words in
                Story("\(day)", writer.text(words), date: "2024-03-0\(day + 1)T00:00:00Z")
            })
        #expect(run.clustering.labels[.near]! == [0, 3, 3, 3])
        #expect(run.flags[2].of == 1)
        let sets = run.shingleSets()
        for (document, flag) in run.flags.enumerated() {
            guard let of = flag.of?.index else { continue }
            let jaccard = sets[document].overlap(with: sets[of]).jaccard
            #expect(flag.relation != .near || jaccard >= 0.7, "\(document) of \(of) at \(jaccard)")
        }
    }
}

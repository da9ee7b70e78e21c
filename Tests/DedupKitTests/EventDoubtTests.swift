import TestSupport
import Testing

@testable import DedupKit

/// What speaks against an event, and its chapters, against the words of docs/output.md.
@Suite struct EventDoubtTests {
    private let day: Int64 = 86_400

    private func versions(_ random: inout SplitMix64) -> [EventVersion] {
        (0..<Int.random(in: 1...7, using: &random)).map { _ in
            EventVersion(
                days: (0..<random.below(4)).map { _ in day / 2 * Int64.random(in: 0..<50, using: &random) },
                sources: Set((0...random.below(2)).map { _ in UInt32(random.below(3)) }),
                score: random.flip(0.2) ? -1 : Double.random(in: 0.3...1, using: &random),
                isForm: random.flip(0.1))
        }
    }

    /// Two versions are of one chapter where a chain of versions leads from one to the other, none of whose steps is of
    /// more than three days.
    private func chapters(_ days: [Int64?]) -> [Int?] {
        var names = days.indices.map { days[$0] == nil ? nil : $0 }
        for _ in days {
            for one in days.indices {
                for other in days.indices {
                    guard let a = days[one], let b = days[other], abs(a - b) <= 3 * day else { continue }
                    (names[one], names[other]) = (min(names[one]!, names[other]!), min(names[one]!, names[other]!))
                }
            }
        }
        let firsts = Set(names.compactMap { $0 }).map { name in
            (days.indices.filter { names[$0] == name }.map { days[$0]! }.min()!, name)
        }
        let order = firsts.sorted { $0 < $1 }.map(\.1)
        return names.map { name in name.map { order.firstIndex(of: $0)! + 1 } }
    }

    @Test(arguments: 0..<400) func areThoseOfTheDefinition(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let versions = versions(&random), threshold = [0.3, 0.5, 0.7].randomElement(using: &random)!
        let isSeries = random.flip(0.3)
        var wanted: Set<String> = []
        if versions.filter({ $0.day == nil }).count >= versions.filter({ $0.day != nil }).count {
            wanted.insert("undated")
        }
        let first = versions[0].sources.first!
        if first > 0, versions.allSatisfy({ $0.sources.allSatisfy { $0 == first } }) {
            wanted.formUnion(isSeries ? ["one_source", "series"] : ["one_source"])
        }
        if versions.contains(where: { $0.score >= 0 && $0.score < threshold + 0.05 }) { wanted.insert("weak") }
        let chapters = chapters(versions.map(\.day))
        if chapters.contains(2) { wanted.insert("chapters") }
        let recurs = versions.contains { version in
            let stretches = self.chapters(version.days)
            return stretches.allSatisfy { stretch in 3 * stretches.count { $0 == stretch } < 2 * stretches.count }
                && !stretches.isEmpty
        }
        if recurs { wanted.insert("recurring") }
        if versions.contains(where: \.isForm) { wanted.insert("form") }

        let found = EventDoubt.of(versions, isSeries: isSeries, threshold: threshold)
        #expect(Set(found.map(\.rawValue)) == wanted && found.count == wanted.count)
        #expect(found == EventDoubt.allCases.filter { found.contains($0) }, "in a fixed order")
        let told = EventChapters(of: versions.map(\.day))
        #expect(told.numbers == chapters)
        #expect(told.count == (chapters.compactMap { $0 }.max() ?? 0))
        let shuffled = versions.shuffled(using: &random)
        #expect(
            EventDoubt.of(shuffled, isSeries: isSeries, threshold: threshold) == found,
            "the order of the versions says nothing")
    }

    @Test func aWeekendIsNoSilence() {
        #expect(EventChapters(of: [0, 3 * day, 6 * day]).numbers == [1, 1, 1])
        #expect(EventChapters(of: [3 * day + 1, nil, 0]).numbers == [2, nil, 1])
    }

    @Test(
        arguments: zip(
            [[1, 5, 9], [1, 5], [1, 2, 3], [1, 2, 1, 9]], [[EventDoubt.recurring], [.recurring], [], []]))
    func aFormComesAgain(days: [Int], doubts: [EventDoubt]) throws {
        let form = "The bank has bought bills of seven days from the houses of the city at the rate of this morning for"
        let documents = days.enumerated().map { number, day in
            Document(text: "\(form) \(number) crowns.", date: "2024-04-0\(day)", source: "\(number)")
        }
        let clustering = try Pipeline().run(MemorySource(documents: documents))
        #expect(Set(clustering.labels[.event]!).count == 1)
        #expect(clustering.eventStandings().doubts.values.first ?? [] == doubts, "one straggler makes no form")
    }

    @Test func aTableIsAForm() throws {
        let rows = (1...20).map { "Halden \($0) Castrel \($0 + 3) Korvik \(2 * $0)" }.joined(separator: ", ")
        let prose =
            "The mayor of Halden said on Monday that the ferry to Castrel will run again as soon as the pier is mended"
        for (text, doubts) in [(rows, [EventDoubt.form]), (prose, [])] {
            let documents = (1...2).map { Document(text: "\(text) \($0).", date: "2024-04-01", source: "\($0)") }
            let clustering = try Pipeline().run(MemorySource(documents: documents))
            #expect(Set(clustering.labels[.event]!).count == 1)
            #expect(clustering.eventStandings().doubts.values.first ?? [] == doubts)
        }
    }

    /// A column of one outlet, told by titles or by first lines; and the same two stories of two outlets, and of none.
    @Test(
        arguments: [true, false],
        [(["Herald", "Herald"], [EventDoubt.oneSource, .series]), (["Herald", "Courier"], []), (["", ""], [])])
    func aColumnIsASeries(isTitled: Bool, told: (sources: [String], doubts: [EventDoubt])) throws {
        let reports = [
            "The ferry Castrel ran aground off Halden on Monday with ninety on board; a tug pulled it free at dawn.",
            "A tug freed the Castrel on Monday at dawn. The ferry, ninety on board, had run aground near Halden.",
        ]
        let documents = zip(reports, told.sources).enumerated().map { number, report in
            let title = "[Harbour] Part \(number)"
            return Document(
                text: isTitled ? report.0 : "\(title)\n\(report.0)", title: isTitled ? title : nil, date: "2024-04-01",
                source: report.1)
        }
        var pipeline = Pipeline()
        pipeline.definition.event.threshold = 0.1
        let clustering = try pipeline.run(MemorySource(documents: documents))
        #expect(clustering.clusterCount(.event) == 1 && clustering.clusterCount(.copy) == 2)
        #expect(clustering.eventStandings().doubts.values.first ?? [] == told.doubts)
    }

    @Test func whatAllShareTellsNoneFromAnother() {
        #expect(EventDoubt.ofAll([[.undated, .weak], [.undated, .oneSource, .weak]]) == [.undated])
        #expect(EventDoubt.ofAll([[.undated], []]) == [])
        let nine = Array(repeating: [EventDoubt.oneSource], count: 9)
        #expect(EventDoubt.ofAll(nine + [[]]) == [.oneSource] && EventDoubt.ofAll(nine + [[], [.weak]]) == [])
        #expect(EventDoubt.ofAll([[.undated, .oneSource]]) == [], "of one event nothing is common")
        #expect(EventDoubt.ofAll([[EventDoubt]]()) == [])
    }

    /// Of whole runs: what each event is said to be follows from its documents.
    @Test(arguments: 0..<12) func ofARun(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let documents = syntheticStories(seed: 9300 + seed, count: 60).map { story in
            Document(
                text: story.text, date: story.date, source: ["A", "B", ""][seed % 2 == 0 ? 0 : random.below(3)])
        }
        var pipeline = Pipeline(options: RunOptions(level: .event, threads: 1 + seed % 3))
        pipeline.definition.event.threshold = 0.3
        let clustering = try pipeline.run(MemorySource(documents: documents))
        let standings = clustering.eventStandings(), all = clustering.documents
        let events = Dictionary(grouping: all.numbers) { clustering.label(.event, of: $0) }.filter { $1.count > 1 }
        #expect(!events.isEmpty)
        #expect(Set(standings.doubts.keys).isSubset(of: events.keys))
        for (event, members) in events {
            let versions = Dictionary(grouping: members) { clustering.label(.copy, of: $0) }.map { version, stories in
                EventVersion(
                    days: stories.compactMap { all.day(of: $0) },
                    sources: Set(stories.map { all.sources[$0.index] }),
                    score: clustering.evidence.scores[version.index],
                    isForm: clustering.evidence.forms.contains(version))
            }
            #expect(standings.doubts[event] ?? [] == EventDoubt.of(versions, isSeries: false, threshold: 0.3))
            let chapters = Set(members.map { standings.chapters[$0] })
            #expect(standings.chapterCount(of: members) == chapters.compactMap { $0 }.max() ?? 1)
            #expect(chapters.contains(2) == (standings.doubts[event]?.contains(.chapters) ?? false))
            for member in members {
                let version = clustering.label(.copy, of: member)
                #expect(standings.chapters[member] == standings.chapters[version], "copies are where their version is")
            }
        }
        let alone = all.numbers.filter { events[clustering.label(.event, of: $0)] == nil }
        #expect(alone.allSatisfy { standings.chapters[$0] == nil })
    }

    @Test func aTextOfFiguresIsAForm() throws {
        let figures = "HALDEN TIN 1200 - APRIL 7 pool 419.50-422.50 (418.50-421.50 at 11.00)"
        let long = Array(repeating: figures + " and the pool at Halden was closed", count: 40).joined(separator: " ")
        let prose = "The tin pool at Halden, which opened on April 7 at 419.50, was closed on Monday."
        #expect(try Pipeline().run(texts: [prose, figures, long]).evidence.forms == [DocumentNumber(1)])
    }

    @Test func belowLevelEventThereIsNone() throws {
        let clustering = try Pipeline(options: RunOptions(level: .copy)).run(texts: ["a b c d e f", "a b c d e f"])
        #expect(clustering.eventStandings().doubts.isEmpty && clustering.eventStandings().chapters.isEmpty)
    }
}

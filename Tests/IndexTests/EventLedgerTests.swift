import DedupKit
import Store
import TestSupport
import Testing

@testable import Index

/// What is kept of the reports of the window.
@Suite struct EventLedgerTests {
    private static let prose = ["the", "of", "and", "to", "in", "said", "that", "for", "on", "was", "with", "it", "at"]

    /// Reports of a few events in words of their own, among words that all texts have; no two are copies.
    private static func reports(_ count: Int, seed: UInt64, days: Int = 9) -> [Document] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { number in
            let event = random.below(1 + count / 4)
            var words = (0..<50).map { _ in prose.randomElement(using: &random)! }
            words += (0..<22).map { _ in "event\(event)x\(random.below(26))" }
            words += (0..<6).map { _ in "own\(number)x\(random.below(20))" }
            words.shuffle(using: &random)
            let date = random.flip(0.8) ? "2024-03-\(10 + event % days)" : nil
            return Document(text: words.joined(separator: " "), id: "r\(number)", date: date, source: "s\(number % 3)")
        }
    }

    /// Makes an index one of before: nothing is kept of events.
    private func strip(_ scratch: Scratch) {
        let lines = scratch.folder.text("news.index/manifest").split(separator: "\n").dropLast().map {
            $0.replacing(/"events_file":.*"events_tag":"[0-9a-f]*",/, with: "")
        }
        let body = Array((lines.joined(separator: "\n") + "\n").utf8)
        let end = "{\"type\":\"end\",\"checksum\":\"\(checksum(body).hex)\"}\n"
        scratch.folder.write("news.index/manifest", body + Array(end.utf8))
    }

    private func eventFiles(_ scratch: Scratch) -> Int {
        TemporaryFolder.names(in: scratch.path).count { $0.hasSuffix(".events") }
    }

    /// As long as all are weighed anew, what is kept says what the texts say.
    @Test(arguments: 1...6 as ClosedRange<UInt64>) func whatIsKeptIsWhatTheTextsSay(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let kept = Scratch(), read = Scratch(), documents = Self.reports(70, seed: seed)
        var one = try Index(create: kept.path), other = try Index(create: read.path)
        for day in days(of: documents, &random) {
            strip(read)
            try other.refresh()
            #expect(try one.match(day).byID == other.match(day).byID)
            #expect(try one.add(day).byID == other.add(day).byID)
            if random.flip(0.3) {
                let gone = try one.labels().keys.sorted().filter { _ in random.flip(0.2) }
                try one.remove(gone)
                try other.remove(gone)
            }
            if random.flip(0.2) { #expect(try one.settle() == other.settle()) }
            #expect(try one.labels() == other.labels())
        }
        #expect(one.check() == [] && other.check() == [])
        let labels = try one.labels().values
        #expect(labels.contains { $0[.event] != $0[.copy] })
    }

    /// Kept weights move no label, and put nearly all reports where weights of now would.
    @Test func keptWeightsAgree() throws {
        var random = SplitMix64(seed: 3), differ = 0
        let kept = Scratch(), anew = Scratch(), documents = Self.reports(240, seed: 8)
        var one = try Index(create: kept.path), other = try Index(create: anew.path)
        for day in days(of: documents, &random) {
            let before = try one.labels()
            let found = try EventLedger.$few.withValue(20) { () throws in
                let asked = try one.match(day).byID, found = try one.add(day).byID
                #expect(asked == found)
                return found
            }
            let wanted = try other.add(day).byID
            differ += found.count { $0.value[.event] != wanted[$0.key]?[.event] }
            let after = try one.labels()
            #expect(before.allSatisfy { after[$0.key] == $0.value })
        }
        #expect(one.statistics.events > 0 && one.check() == [])
        #expect(differ < 24, "\(differ) of 240")
        #expect(try one.settle().count >= 0)
        #expect(try one.labels() == clustered(documents).byID)
    }

    /// An index of before is one of now from the next addition on.
    @Test func whatIsNotKeptIsKeptFromNowOn() throws {
        let scratch = Scratch(), documents = Self.reports(60, seed: 4)
        var index = try Index(create: scratch.path)
        _ = try index.add(Array(documents[..<30]))
        _ = try index.add(Array(documents[30..<50]))
        let labels = try index.match(Array(documents[50...])).byID
        strip(scratch)
        index = try Index(open: scratch.path)
        #expect(index.statistics.events == 0 && index.check() == [])
        #expect(try index.match(Array(documents[50...])).byID == labels)
        #expect(try index.add(Array(documents[50...])).byID == labels)
        #expect(eventFiles(scratch) == 3 && index.check() == [])
    }

    /// Who represents copies once their first is gone is compared as the first was.
    @Test func anHeirIsReadAgain() throws {
        let scratch = Scratch(), documents = Self.reports(80, seed: 6)
        var copy = documents[0]
        copy.id = "copy"
        var index = try Index(create: scratch.path)
        try EventLedger.$few.withValue(10) {
            _ = try index.add(Array(documents[..<60]) + [copy])
            let event = try #require(try index.labels()["copy"]?[.event])
            try index.remove(["r0"])
            let heir = try index.labels()["copy"]
            #expect(heir?[.copy] == "copy")
            var again = documents[0]
            again.id = "again"
            again.text = again.text.split(separator: " ").reversed().joined(separator: " ")
            let answer = try index.add([again] + documents[60...])
            #expect(answer.byID["again"]?[.event] == heir?[.event] && answer.byID["again"]?[.copy] == "again")
            #expect(event == "r0" || heir?[.event] == event)
            #expect(index.check() == [])
        }
    }

    @Test func aClosedWindowKeepsNothing() throws {
        let scratch = Scratch(), documents = Self.reports(30, seed: 5)
        var index = try Index(create: scratch.path)
        _ = try index.add(documents)
        let size = index.statistics.events
        #expect(size > 0 && eventFiles(scratch) == 1)
        _ = try index.add([
            Document(text: "Rain fell in the north of the country for days.", id: "late", date: "2024-09-01")
        ])
        #expect(index.statistics.events < size && eventFiles(scratch) == 1)
        #expect(index.check() == [])
    }

    /// An event is shown with all its reports of the window, asked for or not.
    @Test func relatedReportsAreWholeEvents() throws {
        let scratch = Scratch(), documents = Self.reports(60, seed: 7)
        var index = try Index(create: scratch.path)
        _ = try index.add(Array(documents[..<25]))
        _ = try index.add(Array(documents[25..<50]))
        let answer = try index.match(Array(documents[50...])), related = try answer.related().byID
        let labels = try index.labels()
        var events: Set<String> = []
        for (id, own) in answer.byID {
            #expect(related[id] == own)
            events.insert(own[.event]!)
        }
        let standing = labels.filter { events.contains($0.value[.event]!) }
        #expect(standing.count > 5)
        for (id, own) in standing { #expect(related[id] == own, "\(id)") }
    }
}

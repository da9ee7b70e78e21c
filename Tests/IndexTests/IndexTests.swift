import DedupKit
import Glibc
import Index
import TestSupport
import Testing

@Suite struct IndexTests {
    private let scratch = Scratch()

    private func story(_ id: String, _ text: String, _ date: String? = nil) -> Document {
        Document(text: text, id: id, date: date)
    }

    private let rain = "Rain fell all night long in the north and the river rose above its banks by the morning"
    private let strike = "Dock workers walked out at noon after talks on wages had come to nothing once again today"

    @Test func aReaderSeesOneState() throws {
        var writer = try Index(create: scratch.path)
        _ = try writer.add([story("a", rain)])
        var reader = try Index(open: scratch.path)
        for number in 0..<20 { _ = try writer.add([story("b\(number)", "\(strike) \(number)")]) }
        try writer.remove(["a"])
        _ = try writer.settle()
        #expect(reader.count == 1)
        #expect(try reader.match([story("new", rain)]).byID["new"]?[.exact] == "a")
        #expect(try reader.labels().keys.sorted() == ["a"])
        try reader.refresh()
        #expect(reader.count == 20)
        #expect(try reader.match([story("new", rain)]).byID["new"]?[.exact] == "new")
    }

    @Test func twoWriters() throws {
        var one = try Index(create: scratch.path), two = try Index(open: scratch.path)
        let lock = try StoreFolder(scratch.path).lock()
        #expect(throws: IndexError.self) { try one.add([story("a", rain)]) }
        #expect(throws: IndexError.self) { try one.remove(["a"]) }
        // Whoever does not write waits for nobody.
        #expect(try two.match([story("a", rain)]).rows.count == 1)
        withExtendedLifetime(lock) {}
    }

    /// A writer begins from what is there, not from what it saw.
    @Test func writersInTurn() throws {
        var one = try Index(create: scratch.path), two = try Index(open: scratch.path)
        _ = try one.add([story("a", rain)])
        let answer = try two.add([story("b", rain)])
        #expect(answer.byID["b"]?[.exact] == "a")
        #expect(two.count == 2)
    }

    @Test func readsWhereNothingCanBeWritten() throws {
        var index = try Index(create: scratch.path)
        _ = try index.add([story("a", rain)])
        chmod(scratch.path, 0o555)
        defer { chmod(scratch.path, 0o755) }
        let opened = try Index(open: scratch.path)
        #expect(try opened.match([story("b", rain)]).byID["b"]?[.exact] == "a")
        #expect(opened.check() == [])
    }

    @Test func removesAllOrNothing() throws {
        var index = try Index(create: scratch.path)
        _ = try index.add([story("a", rain), story("b", strike)])
        #expect(throws: IndexError.self) { try index.remove(["a", "c"]) }
        #expect(try Index(open: scratch.path).count == 2)
        try index.remove(["a", "b"])
        #expect(index.count == 0 && index.check() == [])
        #expect(try index.labels().isEmpty && index.settle().isEmpty)
        #expect(try index.match([story("a", rain)]).byID["a"]?[.event] == "a")
    }

    /// A cluster whose name is taken out goes on by another name.
    @Test func aRepresentativeIsRemoved() throws {
        var index = try Index(create: scratch.path)
        _ = try index.add([
            story("a", rain, "2024-03-01"), story("b", rain, "2024-03-02"), story("c", rain, "2024-03-03"),
        ])
        try index.remove(["a"])
        for level in Level.allCases { #expect(try index.labels().mapValues { $0[level] } == ["b": "b", "c": "b"]) }
        #expect(try index.add([story("d", rain)]).byID["d"]?[.event] == "b")
    }

    @Test func expiresByDateOrDayOfAddition() throws {
        var index = try Index(create: scratch.path)
        _ = try index.add([story("old", rain, "2024-03-01"), story("undated", strike)])
        _ = try index.add([story("new", rain + " again and again until it was over", "2024-03-09")])
        #expect(try index.expire(before: 1_709_596_800) == 2)
        #expect(try index.labels().keys.sorted() == ["new"])
    }

    /// Events that have had nothing for a window are closed; copies of what is in them still go to where their original is.
    @Test func aClosedEventStaysClosed() throws {
        let first = "Kingsferry Bridge was closed after engineers of Harbour Rail found cracks in the steel hangers"
        let second = "Engineers of Harbour Rail found cracks in steel hangers and closed the Kingsferry Bridge"
        var index = try Index(create: scratch.path)
        _ = try index.add([story("a", first, "2024-03-01")])
        #expect(try index.match([story("b", second, "2024-03-02")]).byID["b"]?[.event] == "a")
        _ = try index.add([story("other", rain, "2024-05-01")])
        // A report that comes late.
        let late = try index.add([story("b", second, "2024-03-02"), story("c", first, "2024-05-02")])
        #expect(late.byID["b"]?[.event] == "b")
        #expect(late.byID["c"]?[.event] == "a")
    }

    /// A round-up holds two stories; who comes to it is a copy of the one that it is called after only if it is one.
    @Test func aRoundUpMakesNoCopies() throws {
        var random = SplitMix64(seed: 41)
        func text(_ words: Int) -> String {
            (0..<words).map { _ in "word\(random.below(20_000))" }.joined(separator: " ")
        }
        let (bridge, satellite) = (text(200), text(200))
        var index = try Index(create: scratch.path, IndexDefinition(level: .copy))
        _ = try index.add([story("bridge", bridge, "2024-03-01")])
        let roundUp = try index.add([story("round-up", "\(bridge) \(satellite)", "2024-03-02")])
        #expect(roundUp.byID["round-up"]?[.copy] == "bridge")
        let later = try index.add([
            story("satellite", satellite, "2024-03-03"),
            story("again", "\(text(20)) \(bridge)", "2024-03-03"),
            story("abridged", satellite.split(separator: " ").prefix(120).joined(separator: " "), "2024-03-04"),
        ])
        #expect(later.byID["satellite"]?[.copy] == "satellite")
        #expect(later.byID["abridged"]?[.copy] == "satellite")
        #expect(later.byID["again"]?[.copy] == "bridge")
        #expect(try index.labels()["round-up"]?[.copy] == "bridge")
        #expect(index.check() == [])
    }

    /// A day takes the place of all that a segment holds, and brings a story that is in another as it is: where that is has
    /// changed meanwhile.
    @Test(arguments: [true, false]) func aSegmentGoesBeforeAKnownStory(_ keepsTexts: Bool) throws {
        let definition = IndexDefinition(level: .near, keepsTexts: keepsTexts)
        for last in [2, 3] {
            let scratch = Scratch()
            var index = try Index(create: scratch.path, definition)
            for name in ["a", "b", "c"].prefix(last) { _ = try index.add([story(name, "\(rain) \(name)")]) }
            let answer = try index.add([story("a", strike), story("b", "\(rain) b")])
            #expect(answer.standings == [.supersedes, .known])
            #expect(answer.byID["b"] == (try index.labels()["b"]) && answer.byID["a"]?[.near] == "a")
            #expect(index.check() == [] && index.count == last)
        }
    }

    @Test func manyDaysAreFewSegments() throws {
        var index = try Index(create: scratch.path, IndexDefinition(level: .near))
        for day in 0..<70 { _ = try index.add([story("\(day)", "\(rain) \(day) \(day * day)")]) }
        #expect(index.count == 70)
        #expect(index.statistics.segments < 16)
        #expect(TemporaryFolder.names(in: scratch.path).count < 60)
        #expect(index.check() == [])
    }

    @Test func refusesAFolderThatHoldsSomething() throws {
        scratch.folder.write("news.index/mine", "mine")
        #expect(throws: IndexError.self) { try Index(create: scratch.path) }
        #expect(scratch.folder.text("news.index/mine") == "mine")
    }

    /// What else lies in the folder is nobody's to take away.
    @Test func leavesWhatIsNotItsOwn() throws {
        var index = try Index(create: scratch.path)
        scratch.folder.write("news.index/notes.txt", "mine")
        scratch.folder.write("news.index/9.segment", "left over")
        _ = try index.add([story("a", rain)])
        #expect(scratch.folder.text("news.index/notes.txt") == "mine")
        #expect(!scratch.folder.text("news.index/9.segment").hasPrefix("left"))
    }
}

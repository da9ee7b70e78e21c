import DedupKit
import Testing

@Suite("The copy level")
struct CopyLevelTests {
    @Test("finds what became of a story, in any script, and nothing else", arguments: Script.allCases)
    func plantedCopies(_ script: Script) throws {
        var writer = StoryWriter(script, seed: 11)
        var stories: [Story] = []
        var made: [(story: Int, how: String)] = []
        func add(_ words: StoryWriter.Words, _ story: Int, _ how: String) {
            stories.append(Story("\(story) \(how)", writer.text(words)))
            made.append((story, how))
        }
        for story in 0..<12 {
            let words = writer.words(writer.number(160...420))
            add(words, story, "original")
            add(writer.abridged(words, to: 0.4), story, "abridged")
            add(writer.thinned(words, dropping: 0.4), story, "thinned")
            add(writer.embedded(words, in: words.count), story, "embedded")
            add(writer.words(20) + words + writer.words(25), story, "framed")
            add(writer.scanned(words, misreading: 0.15), story, "scanned")
        }
        let run = try Run(stories)
        for a in made.indices {
            for b in made.indices[..<a] {
                #expect(
                    run.areCopies(a, b) == (made[a].story == made[b].story),
                    "\(script): \(made[a].how) of \(made[a].story), \(made[b].how) of \(made[b].story)")
            }
        }
    }

    @Test("weighs no prompt that stands in every text", arguments: [6, 9, 30])
    func prompts(_ count: Int) throws {
        var writer = StoryWriter(seed: 12)
        let prompt = writer.words(150)
        let essays = (0..<count).map { _ in writer.words(180) }
        let cheat = Array(essays[3].prefix(140)) + writer.words(30)
        let run = try Run((essays + [cheat]).enumerated().map { Story("\($0)", writer.text(prompt + $1)) })
        for a in 0...count {
            for b in 0..<a { #expect(run.areCopies(a, b) == (b == 3 && a == count), "\(a), \(b)") }
        }
        #expect(run.clustering.boilerplate.count == 1)
    }

    @Test("finds a story that every text of a dump is a version of", arguments: [6, 9, 30])
    func oneStory(_ count: Int) throws {
        var writer = StoryWriter(seed: 13)
        let story = writer.words(300)
        let run = try Run(
            (0..<count).map { Story("\($0)", writer.text(writer.thinned(story, dropping: 0.2) + writer.words(20))) })
        for text in 1..<count { #expect(run.areCopies(0, text), "\(text)") }
    }

    @Test("weighs nothing that is ignored", arguments: Script.allCases)
    func ignored(_ script: Script) throws {
        var writer = StoryWriter(script, seed: 14)
        let template = writer.words(160), stories = (0..<2).map { _ in writer.words(100) }
        let texts = [template + stories[0], template + stories[1], stories[0] + template].map { writer.text($0) }
        let all = texts.enumerated().map { Story("\($0)", $1) }
        #expect(try Run(all).areCopies(0, 1), "\(script)")
        let run = try Run(all, ignoring: [writer.text(template)])
        #expect(!run.areCopies(0, 1) && run.areCopies(0, 2), "\(script)")
    }

    @Test("agrees with brute force on random small corpora", arguments: 0..<6)
    func bruteForce(_ seed: Int) throws {
        var writer = StoryWriter(seed: UInt64(seed) + 500)
        var texts: [StoryWriter.Words] = []
        for _ in 0..<40 {
            switch texts.isEmpty ? 0 : writer.number(0...3) {
            case 0: texts.append(writer.words(writer.number(80...300)))
            case 1: texts.append(writer.abridged(texts[writer.number(0...texts.count - 1)], to: 0.7))
            case 2: texts.append(writer.thinned(texts[writer.number(0...texts.count - 1)], dropping: 0.2))
            default: texts.append(writer.scanned(texts[writer.number(0...texts.count - 1)], misreading: 0.05))
            }
        }
        let run = try Run(texts.enumerated().map { Story("\($0)", writer.text($1)) })
        let sets = texts.map { words in Set((0..<max(0, words.count - 2)).map { words[$0..<$0 + 3] }) }
        for a in texts.indices {
            for b in texts.indices[..<a] where min(sets[a].count, sets[b].count) >= 40 {
                let containment =
                    Double(sets[a].intersection(sets[b]).count) / Double(min(sets[a].count, sets[b].count))
                if containment >= 0.8 { #expect(run.areCopies(a, b), "seed \(seed): \(a), \(b) at \(containment)") }
                if containment < 0.05 { #expect(!run.areCopies(a, b), "seed \(seed): \(a), \(b) at \(containment)") }
            }
        }
    }

    @Test("leaves the stories of a round-up apart", arguments: [2, 3, 5])
    func roundUp(_ count: Int) throws {
        var writer = StoryWriter(seed: 21)
        let stories = (0..<count).map { _ in writer.words(180) }
        var dump = stories.enumerated().map { Story("story \($0)", writer.text($1)) }
        dump += stories.enumerated().map { Story("reprint \($0)", writer.text(writer.abridged($1, to: 0.6))) }
        dump.append(Story("round-up", writer.text(writer.words(30) + stories.joined() + writer.words(20))))
        let run = try Run(dump)
        for a in 0..<count {
            #expect(run.areCopies(a, count + a), "story \(a) and its reprint")
            for b in 0..<a { #expect(!run.areCopies(a, b), "stories \(a) and \(b) of \(count)") }
        }
    }

    @Test("does not take shared quotations for copying")
    func quotations() throws {
        var writer = StoryWriter(seed: 31)
        let quotes = (0..<3).map { _ in writer.words(35) }
        let dump = (0..<4).map { report in
            let parts = quotes.map { writer.text(writer.words(18)) + " said: “" + writer.text($0) + "”\n" }
            return Story("report \(report)", parts.joined())
        }
        let run = try Run(dump)
        for a in 0..<4 {
            for b in 0..<a { #expect(!run.areCopies(a, b), "reports \(a) and \(b)") }
        }
    }

    @Test("does not take pages with other figures for copies")
    func figures() throws {
        var writer = StoryWriter(seed: 41)
        let names = (0..<30).map { _ in writer.text(writer.words(3)) }
        let dump = (0..<5).map { day in
            Story(
                "day \(day)",
                names.map {
                    "\($0) \(writer.number(10...999)).\(writer.number(10...99)) up \(writer.number(1...999))\n"
                }
                .joined())
        }
        let run = try Run(dump)
        for a in 0..<5 {
            for b in 0..<a { #expect(!run.areCopies(a, b), "days \(a) and \(b)") }
        }
    }

    @Test("makes no cluster from a frame, and reports it", arguments: [String?.none, "The Outlet"])
    func frame(_ source: String?) throws {
        var writer = StoryWriter(seed: 51)
        let top = writer.text(writer.words(100)), bottom = writer.text(writer.words(200))
        let dump = (0..<600).map { story in
            Story("\(story)", top + "\n" + writer.text(writer.words(90)) + "\n" + bottom, source: source)
        }
        let run = try Run(dump)
        #expect(Set(run.copies).count == dump.count)
        let longest = run.clustering.boilerplate.map(\.text.count).max() ?? 0
        #expect(longest >= 300, "boilerplate: \(run.clustering.boilerplate.map(\.text))")
        #expect(run.clustering.boilerplate.allSatisfy { $0.documents > 500 })
    }

    @Test("takes a few pages of one form for what they are", arguments: [3, 5, 10])
    func form(_ count: Int) throws {
        var writer = StoryWriter(seed: 55)
        let top = writer.words(60), bottom = writer.words(90)
        let fillings = (0..<count).map { _ in writer.words(writer.number(70...110)) }
        let pages = fillings.enumerated().map {
            Story("page \($0)", writer.text(top + $1 + bottom), source: "The Outlet")
        }
        let reprint = Story("reprint", writer.text(writer.words(20) + fillings[1]), source: "Another")
        let run = try Run(pages + [reprint])
        for a in 0..<count {
            for b in 0..<a { #expect(!run.areCopies(a, b), "pages \(a) and \(b) of \(count)") }
            #expect(run.areCopies(a, count) == (a == 1), "page \(a) and the reprint of page 1")
        }
        // The same texts of many outlets are a story with what each wrote around it.
        let elsewhere = pages.enumerated().map { Story($1.id, $1.text, source: "Outlet \($0)") }
        #expect(Set(try Run(elsewhere).copies).count == 1)
    }

    /// The last page meets the first, which is of its form, before the second, whose filling it has.
    @Test("finds a copy among pages of one form")
    func copyWithinForm() throws {
        var writer = StoryWriter(seed: 56)
        let top = writer.words(60), bottom = writer.words(90)
        var fillings = (0..<3).map { _ in writer.words(100) }
        fillings.append(fillings[1] + writer.words(300))
        let run = try Run(
            fillings.enumerated().map { Story("\($0)", writer.text(top + $1 + bottom), date: day($0), source: "One") })
        for a in 0..<4 {
            for b in 0..<a { #expect(run.areCopies(a, b) == ((b, a) == (1, 3)), "pages \(b) and \(a)") }
        }
    }

    /// With so much more each time that level near sees it, and that it does not.
    @Test("takes what an outlet runs again and again for copies", arguments: [0.3, 0.5])
    func updates(_ growth: Double) throws {
        var writer = StoryWriter(seed: 57)
        var words = writer.words(150)
        let dump = (0..<5).map { version in
            defer { words += writer.words(Int(growth * Double(words.count))) }
            return Story("version \(version)", writer.text(words), date: day(version), source: "One")
        }
        #expect(Set(try Run(dump).copies).count == 1)
    }

    private func day(_ number: Int) -> String { "2024-05-0\(1 + number)T08:00:00Z" }

    @Test("holds near clusters together, and says the same on any number of threads")
    func lawAndThreads() throws {
        let dump = mixedDump(seed: 61)
        let runs = try [1, 2, 5].map { try Run(dump, threads: $0) }
        for run in runs.dropFirst() {
            #expect(run.copies == runs[0].copies)
            #expect(run.clustering.copies == runs[0].clustering.copies)
            #expect(run.clustering.boilerplate == runs[0].clustering.boilerplate)
            #expect(run.flags == runs[0].flags)
        }
        let near = runs[0].clustering.labels[.near]!
        for document in near.indices {
            #expect(runs[0].copies[document] == runs[0].copies[near[document].index], "document \(document)")
        }
    }
}

/// Stories with all sorts of copies, dated at random, some not at all.
func mixedDump(seed: UInt64) -> [Story] {
    var writer = StoryWriter(seed: seed)
    var dump: [Story] = []
    func add(_ words: StoryWriter.Words) {
        let day = writer.number(1...40)
        let date = day > 28 ? nil : "2024-05-\(day < 10 ? "0" : "")\(day)T08:00:00Z"
        dump.append(
            Story("\(dump.count)", writer.text(words), date: date, source: ["A", "B", "C"][writer.number(0...2)]))
    }
    for _ in 0..<40 {
        let words = writer.words(writer.number(60...300))
        add(words)
        add(words)
        add(writer.scanned(words, misreading: 0.02))
        add(writer.scanned(words, misreading: 0.12))
        add(writer.abridged(words, to: 0.5))
        add(writer.embedded(words, in: words.count * 2))
    }
    return dump
}

import DedupKit
import Inputs
import Shingle
import TestSupport
import Testing

/// What is known stays, and what is new is held against all of it.
@Suite struct KnownTests {
    private func pipeline(_ seed: Int) -> Pipeline {
        var pipeline = Pipeline(options: RunOptions(level: Level.allCases[seed % 4], threads: 1 + seed % 2))
        pipeline.definition.threshold = [0.3, 0.5, 0.7][seed % 3]
        pipeline.definition.keep = Keep.allCases[seed / 4 % 4]
        pipeline.definition.keepsKnown = true
        return pipeline
    }

    @Test func onlyTheNewGoes() throws {
        var removed = 0, ofKnown = 0, missed = 0, passedBy = 0
        for seed in 0..<160 {
            let stories = syntheticStories(seed: 9100 + seed, count: 20 + seed), known = seed * 7 % stories.count
            let clustering = try pipeline(seed).run(MemorySource(documents: stories.map(\.document), known: known))
            let removals = try Removals(clustering).all.map { $0 }
            let gone = Set(removals.map(\.document.index)), width = clustering.definition.shingleWidth
            let sets = stories.map { ShingleSet(of: $0.text, width: width) }
            for removal in removals {
                let (document, of) = (removal.document.index, removal.of.index)
                let name: Comment = "seed \(seed): \(document) of \(of), \(removal.relation)"
                #expect(document >= known && !gone.contains(of), name)
                let jaccard = sets[document].overlap(with: sets[of]).jaccard
                if removal.relation == .exact { #expect(jaccard == 1, name) }
                if removal.relation == .near {
                    #expect(jaccard == removal.score && jaccard >= clustering.definition.threshold, name)
                    passedBy += clustering.label(.near, of: removal.of) != removal.of ? 1 : 0
                }
                ofKnown += of < known ? 1 : 0
            }
            removed += removals.count
            guard clustering.options.level == .near else { continue }
            for new in known..<stories.count where !gone.contains(new) && !clustering.tooShort[new] {
                missed += (0..<new).count { other in
                    !gone.contains(other) && !clustering.tooShort[other]
                        && sets[new].overlap(with: sets[other]).jaccard >= clustering.definition.threshold
                }
            }
        }
        #expect(ofKnown > 500 && removed > ofKnown + 200, "\(removed) removed, \(ofKnown) of known ones")
        #expect(missed * 100 <= removed, "\(missed) pairs reach the threshold, \(removed) removed")
        #expect(passedBy > 0, "nothing went for a known document that is itself a near copy of a known one")
    }

    /// Two known stories are alike, the second reaches a new one and the first does not.
    @Test func aKnownCopyCountsAsMuchAsItsOriginal() throws {
        let words = (0..<60).map { "word\($0)" }
        func text(_ range: Range<Int>) -> String { words[range].joined(separator: " ") }
        for level in [Level.near, .copy] {
            var pipeline = Pipeline(options: RunOptions(level: level))
            pipeline.definition.keepsKnown = true
            let texts = [text(0..<46), text(6..<52), text(12..<58)]
            let clustering = try pipeline.run(MemorySource(documents: texts.map { Document(text: $0) }, known: 2))
            let removals = try Removals(clustering).all.map { $0 }
            #expect(removals.map(\.of.index) == [1] && removals.map(\.relation) == [.near], "\(level): \(removals)")
        }
    }

    /// The second known story is nearly the first, which is longer and represents it: its exact copy goes for it, and the
    /// pair of the known is told.
    @Test func anExactCopyGoesForItsText() throws {
        let words = (0..<60).map { "word\($0)" }
        let first = words.joined(separator: " "), second = words[..<58].joined(separator: " ")
        var pipeline = Pipeline(options: RunOptions(level: .copy))
        pipeline.definition.keepsKnown = true
        let documents = [first, second, second].map { Document(text: $0) }
        let clustering = try pipeline.run(MemorySource(documents: documents, known: 2))
        let removals = try Removals(clustering).all.map { $0 }
        #expect(removals.map(\.of.index) == [1] && removals.map(\.relation) == [.exact], "\(removals)")
        #expect(clustering.pairs.contains { min($0.a, $0.b) == 0 && max($0.a, $0.b) == 1 })
    }

    @Test func filesAndMemoryGiveTheSame() throws {
        for seed in 0..<40 {
            let stories = syntheticStories(seed: 9400 + seed, count: 2 + seed * 2), known = seed * 5 % stories.count
            let folder = TemporaryFolder(), pipeline = pipeline(seed)
            let archive = folder.write("archive.jsonl", stories[..<known].map(\.jsonLine).joined())
            let new = folder.write("new.jsonl", stories[known...].map(\.jsonLine).joined())
            let inputs = try InputSet(paths: [new], against: known == 0 ? [] : [archive], chunkSize: 700)
            let found = try pipeline.run(inputs)
            let expected = try pipeline.run(MemorySource(documents: stories.map(\.document), known: known))
            #expect(found.documents.knownCount == known, "seed \(seed)")
            #expect(found.labels == expected.labels, "seed \(seed)")
            let (gone, expectedGone) = try (Removals(found).all.map { $0 }, Removals(expected).all.map { $0 })
            #expect(gone == expectedGone, "seed \(seed)")
        }
    }

    @Test func whatIsNewInAnArchiveIsNotKnown() throws {
        let folder = TemporaryFolder()
        let old = folder.write("all/old.jsonl", #"{"text":"one two three four five six"}"#)
        let new = folder.write("all/new.jsonl", #"{"text":"one two three four five seven"}"#)
        let inputs = try InputSet(paths: [new], against: ["\(folder.path)/all"])
        #expect(inputs.files.map(\.path) == [old, new] && inputs.newFiles == 1..<2)
        #expect(inputs.passedOver.excepted == 1)
    }
}

/// The total order of preference against a sort by its plain words.
@Suite struct PreferenceTests {
    private static let dates = ["2024-03-01", "2024-03", "2024", "2023-12-31", "2024-02-29T10:00:00Z", nil, nil]

    @Test func isASortByItsWords() throws {
        for seed in 0..<200 {
            var random = SplitMix64(seed: UInt64(seed))
            let documents = (0..<30).map { _ in
                Document(
                    text: Array(repeating: "word", count: 1 + random.below(4)).joined(separator: " "),
                    date: Self.dates.randomElement(using: &random)!,
                    source: ["A", "b", "c", ""].randomElement(using: &random))
            }
            var definition = Definition()
            definition.keep = Keep.allCases[seed % 4]
            definition.keepsKnown = seed % 3 == 0
            if seed % 2 == 0 { definition.favour = Favour(.outlet, values: ["B", "a"]) }
            let known = random.below(30)
            let pipeline = Pipeline(definition, options: RunOptions(level: .exact))
            let all = try pipeline.run(MemorySource(documents: documents, known: known)).documents
            let expected = documents.indices.sorted {
                key($0, documents, definition, known).lexicographicallyPrecedes(key($1, documents, definition, known))
            }
            #expect(all.preferenceOrder(definition).map(\.index) == expected, "seed \(seed)")
        }
    }

    private func key(_ at: Int, _ documents: [Document], _ definition: Definition, _ known: Int) -> [Int] {
        let document = documents[at], isKnown = at < known
        let length = -document.text.split(separator: " ").count
        // From the earliest on; what covers more comes behind what ends with it.
        let places = ["2023-12-31": 0, "2024-02-29T10:00:00Z": 1, "2024-03-01": 2, "2024-03": 3, "2024": 4]
        let place = document.date.map { places[$0]! }
        let byDate =
            switch definition.keep {
            case .earliest: place ?? (isKnown ? -1 : 9)
            case .newest: place.map { $0 > 2 ? 9 - $0 : 2 - $0 } ?? 9
            case .longest, .first: 0
            }
        let favour = definition.favour == nil ? 0 : ["b": 0, "A": 1][document.source!] ?? 2
        return [definition.keepsKnown && !isKnown ? 1 : 0, favour, byDate, definition.keep == .first ? 0 : length, at]
    }
}

extension SyntheticStory {
    fileprivate var document: Document { Document(text: text, id: id, date: date) }
}

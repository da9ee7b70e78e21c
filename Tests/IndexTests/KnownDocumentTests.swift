import DedupKit
import Glibc
import Index
import TestSupport
import Testing

/// Held against an index, documents go as they do held against its documents: of the same kept ones, at the same level,
/// by the same score. `DEDUP_HISTORIES=1000` tries so many random histories.
@Suite struct KnownDocumentTests {
    private static let seeds = 0..<(getenv("DEDUP_HISTORIES").flatMap { Int(String(cString: $0)) } ?? 24)

    /// A removal by ids.
    private struct Row: Hashable, CustomStringConvertible {
        var id, of: String
        var relation: Level
        var score: Double?
        var description: String { "\(id) \(relation) \(of) \(score ?? -1)" }
    }

    private static func rows(_ clustering: Clustering) throws -> [Row] {
        let ids = clustering.documents.identifiers
        return try Removals(clustering).all.map {
            Row(id: ids[$0.document], of: ids[$0.of], relation: $0.relation, score: $0.score)
        }
    }

    /// An index after a random history, and others that may be in it, by their own ids or theirs.
    private static func history(_ seed: Int, _ index: inout Index) throws -> (new: [Document], SplitMix64) {
        var random = SplitMix64(seed: UInt64(seed) + 77)
        var documents = syntheticStories(seed: seed, count: 20 + random.below(100), datesDiffer: seed % 3 != 0).map(
            \.document)
        if seed % 4 == 1 { for at in documents.indices { documents[at].source = nil } }
        documents.shuffle(using: &random)
        let new = Array(documents.suffix(documents.count / 3)), old = Array(documents.dropLast(documents.count / 3))
        for day in days(of: old, &random) {
            _ = try index.add(day)
            if random.flip(0.2) { _ = try index.settle() }
            if random.flip(0.3) { try index.remove(day.compactMap(\.id).filter { _ in random.flip(0.2) }) }
        }
        let ids = try index.labels().keys.sorted()
        let renamed = new.map { document in
            var document = document
            if random.flip(0.2) { document.id = ids.randomElement(using: &random) }
            if random.flip(0.1) { document.id = new[random.below(new.count)].id }
            if random.flip(0.05) { document.id! += "#2" }
            return document
        }
        return (renamed + old.filter { _ in random.flip(0.05) }, random)
    }

    private static func pipeline(_ seed: Int, _ level: Level) -> Pipeline {
        var pipeline = Pipeline()
        pipeline.options.level = level
        pipeline.options.threads = 2
        pipeline.definition.keepsKnown = true
        pipeline.definition.keep = Keep.allCases[seed % Keep.allCases.count]
        if seed % 5 == 2 { pipeline.definition.favour = Favour(.outlet, values: ["outlet 2", "outlet 0"]) }
        return pipeline
    }

    private static func dump(_ index: Index, _ new: [Document]) throws -> MemorySource {
        let source = try index.source(), reader = source.reader()
        var known: [Document] = [], chunk = 0
        while source.hasChunk(chunk) {
            _ = reader.forEachRecord(inChunk: chunk) { known.append(Document($0)) }
            chunk += 1
        }
        return MemorySource(documents: known + new, known: known.count)
    }

    @Test(arguments: seeds)
    func goAsAgainstItsDocuments(_ seed: Int) throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path)
        let (new, _) = try Self.history(seed, &index)
        let dump = try Self.dump(index, new)
        for level in Level.allCases {
            // As a whole, and by candidates.
            for few in [.max, 0] {
                let pipeline = Self.pipeline(seed, level)
                let held = try index.hold(MemorySource(documents: new, chunkSize: 3000), by: pipeline, few: few)
                let rows = try Self.rows(held.clustering), wanted = try Self.rows(pipeline.run(dump))
                if level == .copy, few == 0 {
                    // Which of several copies of a story is named depends on what those have to do with one another.
                    #expect(rows.map(\.id) == wanted.map(\.id))
                    #expect(rows.filter { $0.relation < .copy } == wanted.filter { $0.relation < .copy })
                } else {
                    #expect(rows == wanted, "level \(level), \(few)")
                }
                #expect(held.known == index.count && held.read.documents.count == new.count)
                try held.requireTexts()
            }
        }
    }

    /// What shares nothing with a new document is not read.
    @Test func readsCandidatesAlone() throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path)
        let documents = syntheticStories(seed: 3, count: 120).map(\.document)
        _ = try index.add(documents)
        for level in [Level.exact, .near, .copy] {
            let new = [Document(text: documents[7].text + " and so on", id: "new"), Document(text: documents[9].text)]
            let held = try index.hold(MemorySource(documents: new), by: Self.pipeline(0, level), few: 0)
            #expect(held.clustering.documents.knownCount < 30)
            #expect(try Self.rows(held.clustering).count == (level == .exact ? 1 : 2))
        }
    }

    /// Texts, columns and sketches in temporary files change nothing.
    @Test(arguments: [Level.near, .copy])
    func inLittleMemory(_ level: Level) throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path)
        let (new, _) = try Self.history(5, &index)
        var pipeline = Self.pipeline(5, level)
        let wanted = try Self.rows(index.hold(MemorySource(documents: new), by: pipeline, few: 0).clustering)
        pipeline.options.memory = Memory(limit: 1)
        for few in [0, .max] {
            let held = try index.hold(MemorySource(documents: new, chunkSize: 2000), by: pipeline, few: few)
            #expect(held.clustering.documents.isSpilled)
            if few == 0 { #expect(try Self.rows(held.clustering) == wanted) }
        }
    }

    @Test func refusesOtherDefinitions() throws {
        let scratch = Scratch()
        let index = try Index(create: scratch.path, IndexDefinition(level: .near))
        var pipeline = Self.pipeline(0, .copy)
        #expect(throws: IndexError.self) { try index.hold(MemorySource(documents: []), by: pipeline) }
        pipeline.options.level = .near
        _ = try index.hold(MemorySource(documents: []), by: pipeline)
        pipeline.definition.threshold = 0.8
        #expect(throws: IndexError.self) { try index.hold(MemorySource(documents: []), by: pipeline) }
    }

    /// A byte that is not what was written makes no other answer.
    @Test func damageGivesNoAnswer() throws {
        let scratch = Scratch()
        var index = try Index(create: scratch.path)
        let (new, _) = try Self.history(2, &index)
        var random = SplitMix64(seed: 12), refused = 0
        func rows() throws -> [[Row]] {
            try [Level.near, .copy].map { level in
                let held = try Index(open: scratch.path).hold(
                    MemorySource(documents: new), by: Self.pipeline(2, level), few: 0)
                let rows = try Self.rows(held.clustering)
                try held.requireTexts()
                return rows
            }
        }
        let wanted = try rows()
        for name in TemporaryFolder.names(in: scratch.path) where name != "lock" {
            for _ in 0..<20 {
                let bytes = scratch.folder.read("news.index/\(name)")
                var damaged = bytes
                damaged[random.below(bytes.count)] ^= UInt8(1 << random.below(8))
                scratch.folder.write("news.index/\(name)", damaged)
                do { #expect(try rows() == wanted) } catch is IndexError { refused += 1 }
                scratch.folder.write("news.index/\(name)", bytes)
            }
        }
        #expect(refused > 20)
    }
}

extension Document {
    fileprivate init(_ record: Record) {
        func string(_ field: UnsafeBufferPointer<UInt8>?) -> String? {
            unsafe field.map { unsafe String(decoding: $0, as: UTF8.self) }
        }
        self.init(text: unsafe string(record.text)!, id: unsafe string(record.id))
        title = unsafe string(record.title)
        date = unsafe string(record.date)
        source = unsafe string(record.source)
        language = unsafe string(record.language)
    }
}

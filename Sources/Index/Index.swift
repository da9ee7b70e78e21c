public import DedupKit
public import Store

/// An index on disk: documents of many days, each with a label at every level that stands once it is given.
///
///     var index = try Index(create: "news.index")
///     let monday = MemorySource(documents: [Document(text: "Rain fell all night long in the north.", id: "a")])
///     let tuesday = MemorySource(documents: [Document(text: "RAIN fell all night long – in the north!", id: "b")])
///     _ = try index.add(monday)
///     let answer = try index.add(tuesday)
///     let label = answer.clustering.label(.exact, of: 0)
///     answer.clustering.documents.identifiers[label]  // "a"
///
/// It sees one state whatever a writer does meanwhile. A change takes the lock of the index, begins from what is there
/// then, and counts as a whole or not at all. Documents need ids of their own: the numbers that `MemorySource` gives those
/// without are the same for each day.
public struct Index: Sendable {
    public let path: String
    private let folder: StoreFolder
    var snapshot: Snapshot

    /// What is the same in it.
    public var definition: IndexDefinition { snapshot.definition }
    /// Documents that are in it.
    public var count: Int { snapshot.live }

    /// Whether a folder holds an index, of whatever format and however damaged.
    public static func isThere(at path: String) -> Bool {
        do throws(StoreError) {
            return try StoreFolder(path).read(Manifest.name).starts(with: #"{"type":"index","#.utf8)
        } catch {
            return false
        }
    }

    /// Makes an empty one in a folder that is not there or empty.
    ///
    /// - Throws: among others `textsNotKept` where its level is told from texts and it is to keep none.
    public init(
        create path: String, _ definition: IndexDefinition = IndexDefinition(), faults: Faults? = nil
    ) throws(IndexError) {
        try definition.checkTexts(for: definition.level, path: path)
        let folder = StoreFolder(path, faults: faults)
        var identity = SystemRandomNumberGenerator()
        do throws(StoreError) {
            try folder.create(leftovers: ["\(Manifest.name).part"])
            try folder.replace(Manifest.name, with: Manifest(identity: identity.next(), definition).bytes)
        } catch {
            throw .store(error)
        }
        try self.init(open: path, faults: faults)
    }

    /// - Parameter faults: ends writers, for tests.
    public init(open path: String, faults: Faults? = nil) throws(IndexError) {
        self.path = path
        folder = StoreFolder(path, faults: faults)
        snapshot = try Snapshot(open: folder)
    }

    /// Sees what writers did since.
    public mutating func refresh() throws(IndexError) { snapshot = try Snapshot(open: folder) }

    /// What the index would say of documents, if they were added. Writes nothing.
    ///
    /// - Parameters:
    ///   - times: where the time goes.
    ///   - approve: gets what was read; what it throws ends the call as `refused`.
    public func match(
        _ source: some DocumentSource, options: RunOptions = RunOptions(), times: StageTimes = StageTimes(),
        approve: (Clustering) throws -> Void = { _ in }
    ) throws(IndexError) -> Answer {
        try definition.checkVersion(path: path)
        var judgement = try Judgement(source, in: snapshot, options, times, approve)
        try judgement.recognise(renews: false)
        let day = indexDay(snapshot.manifest, judgement.pass.documents, where: judgement.isAsked)
        // Numbers that no document has.
        let first = snapshot.manifest.nextNumber, count = judgement.standings.count
        guard Int(first) + count < Int(UInt32.max) else { throw .full }
        return try judgement.answer(
            in: snapshot, day: day, numbers: (0..<count).map { first + UInt32($0) }, isAdded: false, indexed: self.count
        ).0
    }

    /// Adds documents, and says of each where it belongs. One that is there as it is changes nothing; another text by an
    /// id that is there takes its place.
    ///
    /// - Parameters:
    ///   - waits: whether to wait for another writer, rather than to fail.
    ///   - times: where the time goes.
    ///   - approve: gets what was read; where it throws, that is thrown as `refused`, and nothing is added.
    public mutating func add(
        _ source: some DocumentSource, options: RunOptions = RunOptions(), waits: Bool = false,
        times: StageTimes = StageTimes(), approve: (Clustering) throws -> Void = { _ in }
    ) throws(IndexError) -> Answer {
        let transaction = try Transaction(folder, verb: "add", waits: waits)
        defer { snapshot = transaction.snapshot }
        return try transaction.add(try Judgement(source, in: transaction.snapshot, options, times, approve))
    }

    /// The documents themselves, in the order in which they were added: to be clustered, or put into another index.
    ///
    /// - Throws: `textsNotKept` where they are not in it.
    public func source() throws(IndexError) -> some DocumentSource {
        guard definition.keepsTexts else { throw .textsNotKept(path: path, wanted: .stories) }
        do throws(StoreError) { return try IndexSource(snapshot) } catch { throw .store(error) }
    }

    /// Takes documents out.
    ///
    /// - Throws: `unknownIDs` where one is not there; nothing is removed then.
    public mutating func remove(_ ids: [String], waits: Bool = false) throws(IndexError) {
        let transaction = try Transaction(folder, verb: "remove", waits: waits, judges: false)
        defer { snapshot = transaction.snapshot }
        try transaction.remove(ids)
    }

    /// Takes out documents of before a moment; those without a date are of the day on which they were added.
    ///
    /// - Parameter moment: seconds since 1970.
    /// - Returns: how many.
    public mutating func expire(before moment: Int64, waits: Bool = false) throws(IndexError) -> Int {
        let transaction = try Transaction(folder, verb: "expire", waits: waits, judges: false)
        defer { snapshot = transaction.snapshot }
        return try transaction.expire(before: moment)
    }

    /// Gives the labels that a run over all documents gives, in the order in which they were added.
    ///
    /// - Returns: every label that moved.
    public mutating func settle(
        options: RunOptions = RunOptions(), waits: Bool = false
    ) throws(IndexError) -> [Move] {
        let transaction = try Transaction(folder, verb: "settle", waits: waits)
        defer { snapshot = transaction.snapshot }
        return try transaction.settle(options)
    }
}

/// A label that settling changed.
public struct Move: Sendable, Equatable {
    /// Of the document, and of those that it was and is labelled with.
    public var id, from, to: String
    public var level: Level
}

import Containment
public import DedupKit
import Stages
import Store

/// New documents behind those of an index that they may be like, which are known: what a filter asks for.
public struct HeldAgainst: Sendable {
    /// Of the known documents that are here and the new ones.
    public let clustering: Clustering
    /// The new documents alone, as they were read, without labels.
    public let read: Clustering
    /// Documents of the index.
    public let known: Int
    private let source: IndexSource

    fileprivate init(_ clustering: Clustering, _ read: Clustering, _ source: IndexSource) {
        (self.clustering, self.read, self.source) = (clustering, read, source)
        known = source.snapshot.live
    }

    /// Throws where a text of the index could not be read again: what was made of it is no answer then.
    public func requireTexts() throws(IndexError) { try source.requireAll() }
}

extension Index {
    /// So few documents are read as a whole.
    package static let fewDocuments = 1 << 12

    /// Clusters documents as a run does that has those of the index in front of them as known ones.
    ///
    /// Up to level near only what shares a key with a new document is read, and no other could change what becomes of that.
    /// So it is at level copy, where who represents a near cluster, and which shingles recur, is taken from the index as it
    /// stands. An event is judged by what is told everywhere: at that level all is read, and so is a small index.
    ///
    /// - Parameters:
    ///   - pipeline: its threshold is that of the index, its level no further out, and it keeps what is known.
    ///   - approve: gets what was read; what it throws ends the call as `refused`.
    public func hold(
        _ source: some DocumentSource, by pipeline: Pipeline, approve: (Clustering) throws -> Void = { _ in }
    ) throws(IndexError) -> HeldAgainst {
        try hold(source, by: pipeline, few: Self.fewDocuments, approve: approve)
    }

    /// - Parameter few: an index of no more documents is read as a whole.
    package func hold(
        _ source: some DocumentSource, by pipeline: Pipeline, few: Int, approve: (Clustering) throws -> Void = { _ in }
    ) throws(IndexError) -> HeldAgainst {
        precondition(pipeline.definition.keepsKnown, "a filter removes nothing from an index")
        try check(pipeline)
        let run = Run(pipeline.definition, pipeline.options, pipeline.times)
        let ids = HeldIdentifiers(snapshot), new: FirstPass
        do throws(SpillError) {
            new = try FirstPass(source, run, besides: ids)
            if let failure = source.failure { throw failure }
        } catch {
            throw .temporary("\(error)")
        }
        try ids.requireAll()
        let read = Clustering(new.documents, run.definition, run.options, labels: [:], reports: new.reports)
        do { try approve(read) } catch { throw .refused(error) }
        let readsAll = run.options.level == .event || count <= few
        let (known, recurring) = try readsAll ? (IndexSource(all: snapshot), []) : candidates(of: new, run)
        let old = try known.firstPass(run, memory: readsAll ? run.options.memory : .unlimited)
        var pass = new.behind(known: old, run.options.memory)
        // What could not be read is told by `read`.
        pass.reports = []
        let clustering = pipeline.clusters(of: pass, recurring: recurring)
        if let failure = run.options.memory.folder.failure { throw .temporary("\(failure)") }
        try known.requireAll()
        return HeldAgainst(clustering, read, known)
    }

    private func check(_ pipeline: Pipeline) throws(IndexError) {
        let level = pipeline.options.level
        try definition.checkVersion(path: path)
        try definition.checkTexts(for: level, path: path)
        var asked = definition.definition
        asked.threshold = pipeline.definition.threshold
        asked.dateOrder = pipeline.definition.dateOrder
        guard asked == definition.definition, level <= definition.level else {
            let asked = IndexDefinition(asked, level: max(level, definition.level), keepsTexts: definition.keepsTexts)
            throw .definition(path: path, index: definition, asked: asked)
        }
    }

    private func candidates(
        of new: FirstPass, _ run: Run
    ) throws(IndexError) -> (IndexSource, [RecurringKeys.Entry]) {
        do throws(StoreError) {
            let all = Array(repeating: true, count: new.documents.count)
            let found = try CandidateSearch(snapshot, new, isAsked: all, wantsAll: true, run).find(run.options.level)
            let places = run.options.level < .copy ? found.places : try snapshot.withNearRepresentatives(found.places)
            return (IndexSource(snapshot, places: places), found.recurring)
        } catch {
            throw .store(error)
        }
    }
}

extension IndexSource {
    /// All that are there.
    fileprivate convenience init(all snapshot: Snapshot) throws(IndexError) {
        do throws(StoreError) { try self.init(snapshot) } catch { throw .store(error) }
    }
}

extension Snapshot {
    /// Ascending, as these are.
    fileprivate func withNearRepresentatives(_ places: [Place]) throws(StoreError) -> [Place] {
        let reader = SnapshotReader(self)
        var all = Set(places)
        for place in places {
            let segment = reader.segments[place.segment]
            guard let found = try reader.place(ofNumber: segment.label(.near, place.place)) else {
                throw segment.damage("a label of a document that is not there")
            }
            all.insert(found)
        }
        return all.sorted()
    }
}

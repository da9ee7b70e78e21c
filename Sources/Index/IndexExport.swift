import Columns
public import DedupKit
import Store

extension Index {
    /// The documents that are in it with the labels that stand, as a run would give them.
    ///
    /// - Parameters:
    ///   - since: only those of this moment or later, in seconds since 1970; those without a date are of the day on which
    ///     they were added. A cluster that began before is represented by its first document since.
    ///   - options: threads and memory.
    /// - Complexity: reads the texts of those documents.
    public func clustering(
        since: Int64? = nil, options: RunOptions = RunOptions()
    ) throws(IndexError) -> Clustering {
        var options = options
        options.level = definition.level
        let source: IndexSource, own: [UInt32], labels: [[UInt32]]
        do throws(StoreError) {
            source = try IndexSource(snapshot, places: snapshot.places(since: since))
            (own, labels) = try snapshot.labels(of: source.places)
        } catch {
            throw .store(error)
        }
        let pass: FirstPass
        do throws(SpillError) {
            var reading = options
            reading.level = .exact
            pass = try FirstPass(source, Run(definition.definition, reading))
        } catch {
            throw .temporary("\(error)")
        }
        try source.requireAll()
        var clusters: [Level: [DocumentNumber]] = [:]
        for level in Level.allCases where level <= options.level {
            // By label its document, or the first of its cluster that is here.
            var documents: [UInt32: DocumentNumber] = [:]
            for (at, label) in labels.enumerated() where documents[label[level.number]] == nil {
                documents[label[level.number]] = DocumentNumber(at)
            }
            for (at, number) in own.enumerated() where labels[at][level.number] == number {
                documents[number] = DocumentNumber(at)
            }
            clusters[level] = labels.map { documents[$0[level.number]]! }
        }
        // Inside the window a cluster's stand-in must stand in at the levels inside, too.
        if since != nil { clusters = clusters.nested(options.level) }
        return Clustering(pass.documents, definition.definition, options, labels: clusters, reports: pass.reports)
    }

    /// What is in it, in numbers.
    public var statistics: IndexStatistics {
        let manifest = snapshot.manifest
        var statistics = IndexStatistics()
        statistics.documents = count
        statistics.gone = manifest.segments.reduce(0) { $0 + $1.documents - $1.live }
        statistics.segments = manifest.segments.count
        statistics.transactions = manifest.transaction
        statistics.days = Set(manifest.additions.compactMap { $0.day.map { $0 / 86_400 } }).count
        statistics.lastDay = manifest.day
        for segment in snapshot.segments {
            let layout = segment.layout
            func size(_ sections: SegmentLayout.Section...) -> Int {
                sections.reduce(0) { $0 + layout.sizes[$1.rawValue] }
            }
            let records = size(.records, .recordEnds)
            if definition.keepsTexts { statistics.texts += records } else { statistics.shingles += records }
            statistics.bands += layout.tables[SegmentLayout.tablesBeforeBands...].reduce(0) { $0 + $1.pageCount } * 4096
            statistics.samples += layout.tables[SegmentLayout.Table.samples.rawValue].pageCount * 4096
            statistics.labels += segment.entry.state.size
            let events = segment.entry.events?.size ?? 0
            statistics.events += events
            statistics.bytes += segment.entry.file.size + segment.entry.state.size + events
        }
        statistics.journal = manifest.journal.reduce(0) { $0 + $1.bytes }
        statistics.bytes += statistics.journal + (manifest.dictionary?.size ?? 0)
        return statistics
    }
}

/// An index in numbers; sizes in bytes.
public struct IndexStatistics: Sendable, Equatable {
    public var documents = 0
    /// Taken out, but still written somewhere in a segment.
    public var gone = 0
    public var segments = 0
    public var transactions = 0
    /// On which additions were.
    public var days = 0
    /// Seconds since 1970; nil where no document had a date.
    public var lastDay: Int64?
    /// All, and of it these kinds; the rest is columns, ids and the dictionary.
    public var bytes = 0
    /// Records with their texts, or with the shingles that stand for these, go under `texts` or `shingles`.
    public var texts = 0, shingles = 0, bands = 0, samples = 0, labels = 0, events = 0, journal = 0
}

extension Snapshot {
    fileprivate func places(since: Int64?) throws(StoreError) -> [Place] {
        let all = try IndexSource(self).places
        guard let since else { return all }
        let reader = SnapshotReader(self)
        var places: [Place] = []
        for place in all {
            let segment = reader.segments[place.segment], key = try segment.date(place.place)
            let date = key == Documents.undated ? nil : RecordDate(key: key).shown
            let number = try segment.number(place.place)
            let day = date ?? manifest.day(ofNumber: number)
            if day.map({ $0 >= since }) ?? true { places.append(place) }
        }
        return places
    }

    fileprivate func labels(of places: [Place]) throws(StoreError) -> (own: [UInt32], labels: [[UInt32]]) {
        let reader = SnapshotReader(self)
        var own: [UInt32] = [], labels: [[UInt32]] = []
        for place in places {
            own.append(try reader.number(place))
            var found: [UInt32] = []
            for level in Level.allCases { found.append(try reader.segments[place.segment].label(level, place.place)) }
            labels.append(found)
        }
        return (own, labels)
    }
}

extension [Level: [DocumentNumber]] {
    /// The same clusters, each represented by one that represents those inside it.
    fileprivate func nested(_ outermost: Level) -> Self {
        var nested = self
        for level in Level.allCases where level > .exact && level <= outermost {
            let inner = nested[Level.allCases[level.number - 1]]!
            var representatives: [DocumentNumber: DocumentNumber] = [:]
            for (document, label) in self[level]!.enumerated() where inner[document].index == document {
                if representatives[label] == nil || document == label.index {
                    representatives[label] = DocumentNumber(document)
                }
            }
            nested[level] = self[level]!.map { representatives[$0]! }
        }
        return nested
    }
}

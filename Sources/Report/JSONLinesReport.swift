import Dates
public import DedupKit
import JSON
public import Output
import Workers

/// The result as JSON Lines: `run`, an `input` for each path, a `document` each in input order, then `pair`, `cluster`,
/// `near_miss`, `boilerplate`, `error` and `summary` records. docs/output.md is the schema.
public struct JSONLinesReport {
    /// Raised when a field changes its meaning or goes; new fields do not raise it.
    public static let schema = 1

    private var clustering: Clustering
    private let identifiers: Identifiers
    private let standings: EventStandings
    private var workers: Workers { clustering.options.workers }

    /// - Parameters:
    ///   - paths: what was clustered, as it is to be called.
    ///   - wording: of `error` records.
    /// - Returns: what could not be read again; it is among the errors of the result.
    @discardableResult public static func write(
        _ clustering: Clustering, of paths: [String], wording: Wording = .plain, to output: OutputFile
    ) throws(OutputError) -> [Problem] {
        var report = JSONLinesReport(clustering: clustering)
        var records = RecordWriter(output, wording)
        try report.run(&records)
        for path in paths { try records.add("input") { $0.field("path", path) } }
        try report.documents(&records)
        var lost: [Problem] = []
        if clustering.options.pairs { lost = try records.add(DocumentPairs(clustering), clustering) }
        report.clustering.add(lost)
        for level in clustering.levels { try report.clusters(level, &records) }
        try report.nearMisses(&records)
        try records.add(clustering.boilerplate, report.identifiers)
        for problem in report.clustering.problems { try records.add(problem) }
        try report.summary(&records)
        try records.flush()
        return lost
    }

    private init(clustering: Clustering) {
        self.clustering = clustering
        identifiers = clustering.documents.identifiers
        standings = clustering.eventStandings()
    }

    private func run(_ records: inout RecordWriter) throws(OutputError) {
        let definition = clustering.definition, level = clustering.options.level
        try records.add("run") { json in
            json.field("version", dedupVersion)
            json.field("schema", Self.schema)
            json.field("level", level.rawValue)
            json.field("threshold", definition.threshold)
            json.field("linkage", definition.linkage.rawValue)
            json.field("shingle", definition.shingleWidth)
            json.field("slots", Signature.slotCount)
            json.field("bands", definition.banding.bands)
            json.field("rows", definition.banding.rows)
            if level == .event {
                json.field("event_threshold", definition.event.threshold)
                json.field("event_window", definition.event.window)
            }
        }
    }

    private func documents(_ records: inout RecordWriter) throws(OutputError) {
        let similarity = clustering.nearSimilarity()
        let levels = clustering.levels.map { (name: $0.rawValue, labels: clustering.labels[$0]!) }
        let identifiers = identifiers
        let tooShort = clustering.tooShort
        let eventScores = clustering.evidence.scores
        let documentsOfRun = clustering.documents
        let kinships = clustering.kinships, exact = clustering.labels[.exact]!
        let chapters = standings.chapters
        try records.addBlocks(of: clustering.documents.count, workers: workers) { documents, json in
            unsafe identifiers.withAll(from: documents.lowerBound) { id in
                for document in documents {
                    let number = DocumentNumber(document)
                    json.beginRecord("document")
                    unsafe json.field("id", id(number))
                    // By index: a copy of the element would count references on all workers at once.
                    for i in levels.indices { unsafe json.field(levels[i].name, id(levels[i].labels[document])) }
                    if let jaccard = similarity?[number], jaccard >= 0 { json.field("jaccard", jaccard) }
                    if let kinship = kinships.isEmpty ? nil : kinships[exact[document]] {
                        json.field("relation", kinship.relation.rawValue)
                        json.field("share", kinship.share)
                        json.field("score", kinship.score)
                    }
                    if !eventScores.isEmpty, eventScores[document] >= 0 {
                        json.field("event_score", eventScores[document])
                    }
                    if !chapters.isEmpty, let chapter = chapters[number] { json.field("chapter", chapter) }
                    json.mark(number, isNewIn: documentsOfRun)
                    if tooShort[document] { json.field("too_short", true) }
                    json.endRecord()
                }
            }
        }
    }

    private func clusters(_ level: Level, _ records: inout RecordWriter) throws(OutputError) {
        let clusters = ClusterList(clustering, level).clusters
        let documents = clustering.documents
        let events = level == .event ? clustering.evidence.events : [:]
        let standings = level == .event ? standings : EventStandings()
        let line = clustering.definition.event.threshold
        try records.addBlocks(of: clusters.count, workers: workers) { numbers, json in
            unsafe documents.identifiers.withAll { id in
                for cluster in clusters[numbers] {
                    json.beginRecord("cluster")
                    json.field("level", level.rawValue)
                    unsafe json.field("representative", id(cluster.representative))
                    json.field("size", cluster.members.count)
                    json.key("members")
                    json.array { json in for member in cluster.members { unsafe json.string(id(member)) } }
                    if let span = documents.dateSpan(of: cluster.members) {
                        json.field("first", CivilDate(secondsSince1970: span.first).description)
                        json.field("last", CivilDate(secondsSince1970: span.last).description)
                    }
                    let sources = documents.sourceNames(of: cluster.members)
                    if !sources.isEmpty {
                        json.key("sources")
                        json.array { json in for source in sources { json.string(source) } }
                    }
                    if let event = events[cluster.representative] {
                        json.field("score", event.score)
                        if let grounds = event.grounds { json.grounds(grounds, line: line) }
                        if !event.facts.isEmpty { json.facts(event.facts) }
                    }
                    if let doubts = standings.doubts[cluster.representative] {
                        json.key("doubt")
                        json.array { json in for doubt in doubts { json.string(doubt.rawValue) } }
                        let chapters = standings.chapterCount(of: cluster.members)
                        if chapters > 1 { json.field("chapters", chapters) }
                    }
                    json.endRecord()
                }
            }
        }
    }

    private func nearMisses(_ records: inout RecordWriter) throws(OutputError) {
        for miss in clustering.evidence.nearMisses {
            try records.add("near_miss") { json in
                json.field("level", Level.event.rawValue)
                json.field("a", identifiers[miss.a])
                json.field("b", identifiers[miss.b])
                json.field("score", miss.score)
                if let grounds = miss.grounds { json.grounds(grounds) }
            }
        }
    }

    private func summary(_ records: inout RecordWriter) throws(OutputError) {
        try records.add("summary") { json in
            json.field("documents", clustering.documents.count)
            json.count(knownIn: clustering.documents)
            json.key("clusters")
            json.object { json in
                for level in clustering.levels { json.field(level.rawValue, clustering.clusterCount(level)) }
            }
            json.field("too_short", clustering.tooShort.count { $0 })
            json.field("without_text", clustering.withoutText)
            json.field("unreadable", clustering.unreadable)
            json.field("repaired", clustering.repaired)
            json.field("illegible", clustering.illegible.count)
            json.field("duplicate_ids", identifiers.duplicateCount)
        }
    }
}

extension JSONWriter {
    /// Whether a document is new, where any is known.
    mutating func mark(_ document: DocumentNumber, isNewIn documents: Documents) {
        if documents.knownCount > 0 { field("new", !documents.isKnown(document)) }
    }

    mutating func count(knownIn documents: Documents) {
        if documents.knownCount > 0 { field("known", documents.knownCount) }
    }

    /// - Parameter line: of what is an event the least score.
    fileprivate mutating func grounds(_ grounds: PairGrounds, line: Double? = nil) {
        key("grounds")
        object { json in
            if let line { json.field("decided_by", grounds.decider(threshold: line).rawValue) }
            json.field("texts", grounds.texts)
            json.field("days", grounds.days)
            json.field("company", grounds.company)
            json.field("reach", grounds.reach)
            json.field("documents", grounds.documents)
        }
    }

    fileprivate mutating func facts(_ facts: [SharedFact]) {
        key("facts")
        array { json in
            for fact in facts {
                json.object { json in
                    json.field("kind", fact.kind.rawValue)
                    json.field("text", fact.text)
                    json.field("weight", fact.weight)
                    json.field("documents", fact.reports)
                }
            }
        }
    }
}

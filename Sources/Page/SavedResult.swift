public import DedupKit
import JSON

/// The clusters that `dedup cluster` wrote as JSON Lines, read back.
public struct SavedResult: Sendable {
    public private(set) var version = ""
    /// Thresholds and linkage are those of the run; the rest says nothing.
    public private(set) var definition = Definition()
    /// The outermost that was asked for.
    public private(set) var level = Level.event
    /// What was clustered, as it was given.
    public private(set) var paths: [String] = []
    /// In input order.
    public private(set) var ids: [[UInt8]] = []
    /// By level, of each document the number of the one that represents its cluster.
    public private(set) var labels: [Level: [DocumentNumber]] = [:]
    /// Of each document the Jaccard similarity with its near representative; negative where none is told.
    public private(set) var jaccard: [Double] = []
    /// Of each document whether it is new where others are known from before.
    public private(set) var areNew: [Bool] = []
    /// Why reports are taken to be of one event; of older results nothing.
    public private(set) var evidence = EventEvidence()
    /// Which of them are in doubt, and their chapters; of older results nothing.
    public private(set) var standings = EventStandings()
    /// Text that recurs across otherwise unrelated stories.
    public private(set) var boilerplate: [String] = []
    /// Errors that are listed.
    public private(set) var problems: [Problem] = []
    public private(set) var unreadable = 0
    /// What wrote it.
    private var command = "cluster"

    public var levels: [Level] { Level.allCases.filter { labels[$0] != nil } }

    /// - Parameter path: a file, a pipe, or `-`. O(bytes), all of it in memory.
    public init(_ path: String) throws(Problem) {
        var rows = Rows()
        let reader = JSONValueReader()
        for (at, line) in try textLines(of: path).enumerated() where !line.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
            guard let record = reader.read(line) else {
                if version.isEmpty, line.first != UInt8(ascii: "{") { throw Problem(path: path, .noResult) }
                throw Problem(path: path, line: at + 1, .told(message: "\(Fault.malformed)", hint: nil))
            }
            read(record, &rows)
        }
        guard !version.isEmpty else {
            throw Problem(path: path, .noResult)
        }
        guard command == "cluster" else {
            throw Problem(
                path: path,
                .told(
                    message: "is what dedup \(command) wrote, which has no clusters to draw",
                    hint: "draw what dedup cluster writes with --format jsonl"))
        }
        guard let (labels, ids) = rows.resolve(&evidence, &standings) else {
            throw Problem(path: path, .resultNotWhole)
        }
        (self.labels, self.ids) = (labels, ids)
    }

    private mutating func read(_ record: JSONValue, _ rows: inout Rows) {
        switch record["type"]?.string {
        case "run": readRun(record)
        case "input": paths.append(record["path"]?.string ?? "")
        case "document":
            rows.add(record)
            jaccard.append(record["jaccard"]?.number ?? -1)
            areNew.append(record["new"]?.isTrue ?? false)
            evidence.scores.append(record["event_score"]?.number ?? -1)
        case "cluster" where record["level"]?.string == Level.event.rawValue: rows.add(event: record)
        case "near_miss": rows.add(nearMiss: record)
        case "boilerplate": boilerplate.append(record["text"]?.string ?? "")
        case "error":
            problems.append(
                Problem(
                    path: record["file"]?.string ?? "", line: Int((record["line"] ?? record["record"])?.number ?? 0),
                    .told(message: record["message"]?.string ?? "", hint: record["hint"]?.string)))
        case "summary": unreadable = Int(record["unreadable"]?.number ?? 0)
        default: break
        }
    }

    private mutating func readRun(_ run: JSONValue) {
        version = run["version"]?.string ?? ""
        command = run["command"]?.string ?? command
        level = run["level"]?.string.flatMap(Level.init) ?? level
        definition.linkage = run["linkage"]?.string.flatMap(Linkage.init) ?? definition.linkage
        definition.threshold = run["threshold"]?.number ?? definition.threshold
        definition.event.threshold = run["event_threshold"]?.number ?? definition.event.threshold
    }
}

/// Document records as they come: a cluster may be called by a document that comes later.
private struct Rows {
    /// By bytes: strings that Unicode calls equal are different ids.
    private var numbers: [[UInt8]: UInt32] = [:]
    private var ids: [UInt32] = []
    private var columns: [Level: [UInt32]] = [:]

    private var events: [(representative: UInt32, event: EventEvidence.Event)] = []
    private var doubts: [(representative: UInt32, doubts: [EventDoubt])] = []
    private var chapters: [(document: Int, chapter: Int)] = []
    private var nearMisses: [(a: UInt32, b: UInt32, score: Double)] = []

    mutating func add(_ document: JSONValue) {
        guard let id = document["id"]?.bytes else { return }
        if let chapter = document["chapter"]?.number { chapters.append((ids.count, Int(chapter))) }
        ids.append(number(id))
        for level in Level.allCases {
            if let label = document[level.rawValue]?.bytes { columns[level, default: []].append(number(label)) }
        }
    }

    /// A cluster of copies only has no score.
    mutating func add(event: JSONValue) {
        guard let representative = event["representative"]?.bytes else { return }
        let doubts = event["doubt"]?.array.compactMap { $0.string.flatMap(EventDoubt.init) } ?? []
        if !doubts.isEmpty { self.doubts.append((number(representative), doubts)) }
        guard let score = event["score"]?.number else { return }
        let facts = event["facts"]?.array.compactMap(SharedFact.init) ?? []
        let grounds = event["grounds"].flatMap(PairGrounds.init)
        events.append((number(representative), EventEvidence.Event(score: score, facts: facts, grounds: grounds)))
    }

    mutating func add(nearMiss: JSONValue) {
        guard let a = nearMiss["a"]?.bytes, let b = nearMiss["b"]?.bytes, let score = nearMiss["score"]?.number else {
            return
        }
        nearMisses.append((number(a), number(b), score))
    }

    /// Nil where a document lacks a level that others have, or a label is no document.
    func resolve(
        _ evidence: inout EventEvidence, _ standings: inout EventStandings
    ) -> (labels: [Level: [DocumentNumber]], ids: [[UInt8]])? {
        var documents = [DocumentNumber](repeating: .none, count: numbers.count)
        for (document, number) in ids.enumerated() { documents[Int(number)] = DocumentNumber(document) }
        let labels = columns.mapValues { $0.map { documents[Int($0)] } }
        guard labels.values.allSatisfy({ $0.count == ids.count && !$0.contains(.none) }), !documents.contains(.none)
        else { return nil }
        for (representative, doubts) in doubts { standings.doubts[documents[Int(representative)]] = doubts }
        for (document, chapter) in chapters { standings.chapters[DocumentNumber(document)] = chapter }
        for (representative, event) in events { evidence.events[documents[Int(representative)]] = event }
        evidence.nearMisses = nearMisses.map {
            EventEvidence.NearMiss(a: documents[Int($0.a)], b: documents[Int($0.b)], score: $0.score)
        }
        var names = [[UInt8]](repeating: [], count: numbers.count)
        for (name, number) in numbers { names[Int(number)] = name }
        return (labels, ids.map { names[Int($0)] })
    }

    private mutating func number(_ id: [UInt8]) -> UInt32 {
        if let number = numbers[id] { return number }
        let number = UInt32(numbers.count)
        numbers[id] = number
        return number
    }
}

extension SharedFact {
    fileprivate init?(_ fact: JSONValue) {
        guard let kind = fact["kind"]?.string.flatMap(FactOverlap.Fact.Kind.init), let text = fact["text"]?.string,
            let weight = fact["weight"]?.number, let reports = fact["documents"]?.number
        else { return nil }
        self.init(kind: kind, text: text, weight: weight, reports: Int(reports))
    }
}

extension PairGrounds {
    fileprivate init?(_ grounds: JSONValue) {
        guard let texts = grounds["texts"]?.number, let days = grounds["days"]?.number,
            let company = grounds["company"]?.number, let reach = grounds["reach"]?.number,
            let documents = grounds["documents"]?.number
        else { return nil }
        self.init(texts: texts, days: days, company: company, reach: reach, documents: Int(documents))
    }
}

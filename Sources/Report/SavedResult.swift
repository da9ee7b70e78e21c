import Cluster
public import Corpus
public import DedupKit

/// The clusters that `dedup cluster` wrote as JSON Lines, read back.
public struct SavedResult: Sendable {
    public private(set) var version = ""
    /// Level, thresholds and linkage are those of the run; the rest says nothing.
    public private(set) var parameters = Parameters()
    /// What was clustered, as it was given.
    public private(set) var paths: [String] = []
    /// In input order.
    public private(set) var ids: [[UInt8]] = []
    /// By level, of each document the number of the one that represents its cluster.
    public private(set) var labels: [Level: [UInt32]] = [:]
    /// Of each document the Jaccard similarity with its near representative; negative where none is told.
    public private(set) var jaccard: [Double] = []
    /// Text that recurs across otherwise unrelated stories.
    public private(set) var boilerplate: [String] = []
    /// Errors that are listed.
    public private(set) var problems: [Problem] = []
    public private(set) var unreadable = 0

    public var levels: [Level] { Level.allCases.filter { labels[$0] != nil } }

    /// - Parameter path: a file, a pipe, or `-`. O(bytes), all of it in memory.
    public init(_ path: String) throws(InputError) {
        var rows = Rows()
        let readers = Readers()
        for (at, line) in try textLines(of: path).enumerated() {
            do throws(Problem) {
                try readers.read(line, path: path, number: at + 1, into: &self, &rows)
            } catch {
                throw InputError(path: "\(path):\(at + 1)", message: error.message)
            }
        }
        guard !version.isEmpty else {
            throw InputError(
                path: path, message: "not a result of dedup cluster", hint: "write one with --format jsonl")
        }
        guard let (labels, ids) = rows.resolved else {
            throw InputError(path: path, message: "is not whole: a cluster is called by a document that is not there")
        }
        (self.labels, self.ids) = (labels, ids)
    }

    /// One for each type of record. Fields ride in the places of a news record, where only an id and a date may be
    /// numbers.
    private final class Readers {
        private let run = RecordReader(
            fields: Fields(
                text: [], id: ["threshold"], title: ["version"], date: ["event_threshold"], source: ["linkage"],
                language: ["level"]))
        private let document = RecordReader(
            fields: Fields(
                text: ["exact"], id: ["id"], title: ["near"], date: ["jaccard"], source: ["copy"],
                language: ["event"]))
        private let input = RecordReader(fields: Fields(text: ["path"]))
        private let error = RecordReader(
            fields: Fields(text: ["message"], title: ["file"], date: ["line"], source: ["hint"]))
        private let boilerplate = RecordReader(fields: Fields(text: ["text"]))
        private let summary = RecordReader(fields: Fields(text: [], date: ["unreadable"]))

        func read(
            _ line: [UInt8], path: String, number: Int, into result: inout SavedResult, _ rows: inout Rows
        ) throws(Problem) {
            // The type is the first field of every record.
            let start = #"{"type":""#.utf8
            guard line.starts(with: start) else { return }
            let type = String(decoding: line.dropFirst(start.count).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
            let reader: RecordReader
            switch type {
            case "run": reader = run
            case "document": reader = document
            case "input": reader = input
            case "boilerplate": reader = boilerplate
            case "error": reader = error
            case "summary": reader = summary
            default: return
            }
            try reader.withRecord(line: line, path: path, number: number) { record in
                guard let record else { return }
                switch type {
                case "run": result.readRun(record)
                case "document":
                    result.jaccard.append(record.date.flatMap { Double(string($0)) } ?? -1)
                    rows.add(record)
                case "input": result.paths.append(string(record.text))
                case "boilerplate": result.boilerplate.append(string(record.text))
                case "error":
                    result.problems.append(
                        Problem(
                            path: string(record.title), line: Int(string(record.date)) ?? 0,
                            message: string(record.text), hint: record.source.map { string($0) }))
                default: result.unreadable = Int(string(record.date)) ?? 0
                }
            }
        }
    }

    private mutating func readRun(_ record: Record) {
        version = string(record.title)
        parameters.level = Level(rawValue: string(record.language)) ?? parameters.level
        parameters.linkage = Linkage(rawValue: string(record.source)) ?? parameters.linkage
        parameters.threshold = Double(string(record.id)) ?? parameters.threshold
        parameters.event.threshold = Double(string(record.date)) ?? parameters.event.threshold
    }
}

/// Document records as they come: a cluster may be called by a document that comes later.
private struct Rows {
    /// By bytes: strings that Unicode calls equal are different ids.
    private var numbers: [[UInt8]: UInt32] = [:]
    private var ids: [UInt32] = []
    private var columns: [Level: [UInt32]] = [:]

    mutating func add(_ record: Record) {
        guard let id = record.id else { return }
        ids.append(number(Array(id)))
        let fields = [Level.exact: record.text, .near: record.title, .copy: record.source, .event: record.language]
        for level in Level.allCases {
            if let label = fields[level] ?? nil { columns[level, default: []].append(number(Array(label))) }
        }
    }

    /// Nil where a document lacks a level that others have, or a label is no document.
    var resolved: (labels: [Level: [UInt32]], ids: [[UInt8]])? {
        var documents = [UInt32](repeating: .max, count: numbers.count)
        for (document, number) in ids.enumerated() { documents[Int(number)] = UInt32(document) }
        let labels = columns.mapValues { $0.map { documents[Int($0)] } }
        guard labels.values.allSatisfy({ $0.count == ids.count && !$0.contains(.max) }) else { return nil }
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

private func string(_ bytes: UnsafeBufferPointer<UInt8>?) -> String {
    bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
}

import JSON
import Records

/// Why labels cannot be used: which file, what, and the way out.
public struct LabelError: Error, CustomStringConvertible {
    public let description: String
}

/// A cluster or label for each document id, from a file.
public struct Labels: Sendable {
    /// By bytes: strings that Unicode calls equal are different ids.
    private var labels: [[UInt8]: [UInt8]] = [:]
    private let path: String

    public var count: Int { labels.count }

    /// The label of an id, both as bytes.
    public subscript(id: [UInt8]) -> [UInt8]? { labels[id] }

    private static let gold = "label"

    /// Labels to measure against: lines of `id<TAB>label`, or JSON Lines with `id` and `label`.
    public init(gold path: String) throws(LabelError) {
        try self.init(path: path, column: Self.gold)
    }

    /// A result to measure: JSON Lines as `dedup cluster` writes them, its TSV, or lines of `id<TAB>cluster`.
    ///
    /// - Parameter level: `exact`, `near`, `copy` or `event`.
    public init(result path: String, level: String) throws(LabelError) {
        try self.init(path: path, column: level)
    }

    /// Scores a result against these labels over the labelled ids.
    public func scores(of result: Labels) throws(LabelError) -> ClusteringScores {
        var numbers = (predicted: [[UInt8]: Int](), gold: [[UInt8]: Int]())
        var predicted: [Int] = [], gold: [Int] = []
        var missing: [[UInt8]] = []
        for (id, label) in labels {
            guard let cluster = result.labels[id] else {
                missing.append(id)
                continue
            }
            predicted.append(number(of: cluster, &numbers.predicted))
            gold.append(number(of: label, &numbers.gold))
        }
        guard missing.isEmpty else {
            throw LabelError(
                description: "\(result.path): no cluster for \(missing.count) of \(count) labelled ids, such as "
                    + "\(missing.map { String(decoding: $0, as: UTF8.self) }.min()!); score the result of the same documents"
            )
        }
        return ClusteringScores(predicted: predicted, gold: gold)
    }

    private func number(of name: [UInt8], _ numbers: inout [[UInt8]: Int]) -> Int {
        if let number = numbers[name] { return number }
        let number = numbers.count
        numbers[name] = number
        return number
    }

    private init(path: String, column: String) throws(LabelError) {
        self.path = path
        let lines: [[UInt8]]
        do { lines = try textLines(of: path) } catch { throw LabelError(description: "\(error)") }
        guard let first = lines.first else { throw LabelError(description: "\(path): is empty") }
        if first.first(where: { $0 != 0xef && $0 != 0xbb && $0 != 0xbf }) == UInt8(ascii: "{") {
            try readJSON(lines, column: column)
        } else {
            try readTable(lines, column: column)
        }
        if labels.isEmpty { throw LabelError(description: "\(path): no ids with \(column)") }
    }

    private mutating func add(_ id: [UInt8], _ label: [UInt8]) throws(LabelError) {
        guard labels.updateValue(label, forKey: id) == nil else {
            throw LabelError(description: "\(path): the id \(String(decoding: id, as: UTF8.self)) is there twice")
        }
    }

    private mutating func readTable(_ lines: [[UInt8]], column: String) throws(LabelError) {
        var place = 1
        for (number, line) in lines.enumerated() where !line.isEmpty {
            let cells = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map(Array.init)
            if number == 0, cells[0] == Array("id".utf8) {
                if let found = cells.firstIndex(of: Array(column.utf8)) {
                    place = found
                    continue
                }
                // A result of fewer levels: its other columns answer another question.
                guard cells.count < 2 || cells[1] != Array("exact".utf8) else {
                    throw LabelError(description: "\(path): no column \(column)")
                }
            }
            guard cells.count > place else {
                throw LabelError(description: "\(path):\(number + 1): not id, tab, \(column)")
            }
            try add(cells[0], cells[place])
        }
    }

    private mutating func readJSON(_ lines: [[UInt8]], column: String) throws(LabelError) {
        let reader = JSONValueReader()
        for (number, line) in lines.enumerated() {
            let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(line[3...]) : line
            if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
            let place = "\(path):\(number + 1)"
            guard let row = unsafe reader.read(line) ?? reader.read(line.withUnsafeBufferPointer(Repair.json)) else {
                throw LabelError(
                    description: "\(place): cut off or malformed JSON; each line must be one whole JSON object")
            }
            guard row.kind == .object else {
                throw LabelError(
                    description: "\(place): \(row.kind.words), not a JSON object; each line must be one JSON object")
            }
            let type = row["type"]?.string ?? "document"
            guard column == Self.gold || type == "document" else { continue }
            if let id = row["id"]?.name, let label = row[column]?.name { try add(id, label) }
        }
    }
}

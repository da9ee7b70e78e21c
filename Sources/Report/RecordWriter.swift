import DedupKit
import JSON
import Output
import Workers

extension OutputFile {
    /// Writes what `render` makes of the items `0..<count`, in their order: blocks of items are rendered side by side.
    func writeBlocks(
        of count: Int, size: Int = 2048, workers: Workers, _ render: @Sendable (Range<Int>) -> [UInt8]
    ) throws(OutputError) {
        let blocks = stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
        for first in stride(from: 0, to: blocks.count, by: 4 * workers.count) {
            let batch = blocks[first..<min(blocks.count, first + 4 * workers.count)]
            for bytes in workers.map(batch.count, { render(batch[first + $0]) }) { try write(bytes) }
        }
    }
}

/// Lines of JSON on their way to a file.
struct RecordWriter {
    private let output: OutputFile
    private let wording: Wording
    private var json = JSONWriter()

    private static let blockSize = 1 << 16

    init(_ output: OutputFile, _ wording: Wording = .plain) { (self.output, self.wording) = (output, wording) }

    /// Adds an object of a type, with the fields that `body` writes.
    @inline(__always)
    mutating func add(_ type: String, _ body: (inout JSONWriter) -> Void) throws(OutputError) {
        json.beginRecord(type)
        body(&json)
        json.endRecord()
        if json.bytes.count > Self.blockSize { try flush() }
    }

    /// Adds an `error` record.
    mutating func add(_ problem: Problem) throws(OutputError) {
        let hint = wording.hint(for: problem)
        try add("error") { json in
            json.field("file", problem.path)
            if problem.line > 0 { json.field(problem.countsRecords ? "record" : "line", problem.line) }
            json.field("message", "\(problem.fault)")
            if let hint { json.field("hint", hint) }
        }
    }

    /// Adds `boilerplate` records.
    mutating func add(_ boilerplate: [Boilerplate], _ identifiers: Identifiers) throws(OutputError) {
        for piece in boilerplate {
            try add("boilerplate") { json in
                json.field("text", piece.text)
                json.field("documents", piece.documents)
                json.field("example", identifiers[piece.example])
            }
        }
    }

    /// Adds what `render` writes of the items `0..<count`, whole records, in their order: blocks of items are rendered
    /// side by side.
    mutating func addBlocks(
        of count: Int, size: Int = 2048, workers: Workers, _ render: @Sendable (Range<Int>, inout JSONWriter) -> Void
    ) throws(OutputError) {
        try flush()
        try output.writeBlocks(of: count, size: size, workers: workers) { block in
            var json = JSONWriter()
            render(block, &json)
            return json.bytes
        }
    }

    mutating func flush() throws(OutputError) {
        try output.write(json.bytes)
        json.bytes.removeAll(keepingCapacity: true)
    }
}

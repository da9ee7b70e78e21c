/// Lines of JSON on their way to a file.
struct RecordWriter {
    private let output: OutputFile
    private var json = JSONWriter()

    private static let blockSize = 1 << 16

    init(_ output: OutputFile) { self.output = output }

    /// Adds an object of a type, with the fields that `body` writes.
    @inline(__always)
    mutating func add(_ type: String, _ body: (inout JSONWriter) -> Void) throws(OutputError) {
        json.beginRecord(type)
        body(&json)
        json.endRecord()
        if json.bytes.count > Self.blockSize { try flush() }
    }

    mutating func flush() throws(OutputError) {
        try output.write(json.bytes)
        json.bytes.removeAll(keepingCapacity: true)
    }
}

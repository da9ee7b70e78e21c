public import Records

/// A reader that is handed to its inputs. `InputSet.reader()` gives one that knows them.
public final class RecordReader {
    private var reader: (inputs: InputSet, reader: InputReader)?

    public init(fields: Fields) {}

    fileprivate func reader(of inputs: InputSet) -> InputReader {
        if let reader, reader.inputs === inputs { return reader.reader }
        let reader = InputReader(inputs)
        self.reader = (inputs, reader)
        return reader
    }
}

extension InputSet {
    public func forEachRecord(inChunk chunk: Int, using reader: RecordReader, _ body: (Record) -> Void) -> ChunkReport {
        reader.reader(of: self).forEachRecord(inChunk: chunk, body)
    }

    public func withRecord<R>(
        at location: RecordLocation, using reader: RecordReader, _ body: (Record) -> R
    ) throws(Problem) -> R {
        try reader.reader(of: self).withRecord(at: location, body)
    }
}

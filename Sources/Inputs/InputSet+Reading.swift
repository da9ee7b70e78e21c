import CSimdjson
public import Records

extension InputSet {
    /// Calls `body` with each record of the chunk, in input order. Safe to call from many workers, each with its own reader.
    ///
    /// What cannot be read is in the report and the rest is read all the same.
    public func forEachRecord(inChunk chunk: Int, using reader: RecordReader, _ body: (Record) -> Void) -> ChunkReport {
        precondition(chunks.has(chunk), "no chunk \(chunk)")
        defer { reader.trim() }
        switch chunks[chunk] {
        case .records(let file, let slice): return readRecords(of: file, in: slice, reader, body)
        case .texts(let files): return readTexts(files, reader, body)
        case .fault(let file):
            var report = ChunkReport(file: file)
            if let problem = files[file].problem { report.add(problem) }
            return report
        }
    }

    /// Reads one record again. Its `line` is not known and 0.
    public func withRecord<R>(
        at location: RecordLocation, using reader: RecordReader, _ body: (Record) -> R
    ) throws(Problem) -> R {
        let index = Int(location.file)
        let path = files[index].path
        defer { if location.length > 1 << 20 { reader.trim() } }
        do throws(SystemError) {
            let bytes = try reader.lines.load(
                reader.open(index, of: files), offset: location.offset, count: Int(location.length))
            if files[index].kind == .text {
                return body(Record(location: location, text: reader.text(bytes).text))
            }
            if case .record(let fields, _) = reader.parse(bytes, files[index].table) {
                return body(Record(fields, location: location, line: 0))
            }
        } catch {
            throw Problem(path: path, message: error.message)
        }
        throw Problem(path: path, message: "changed while it was being read", hint: "run again")
    }

    private func readRecords(
        of file: Int, in slice: Range<UInt64>, _ reader: RecordReader, _ body: (Record) -> Void
    ) -> ChunkReport {
        var report = ChunkReport(file: file)
        let path = files[file].path, table = files[file].table
        if let table, slice.lowerBound == table.headerSize { report.lines = table.headerLines }
        do throws(SystemError) {
            try reader.lines.begin(reader.open(file, of: files), slice: slice, separator: table?.separator)
            while let line = try reader.lines.next() {
                report.lines += 1
                let number = report.lines
                switch line.bytes.map({ reader.parse($0, table) }) ?? .fault(.tooLong) {
                case .blank:
                    break
                case .fault(let fault):
                    report.add(fault.problem(path: path, line: number, fields: fields))
                case .record(let found, let isRepaired):
                    report.records += 1
                    report.repaired += isRepaired ? 1 : 0
                    report.withoutText += found.text.buffer == nil ? 1 : 0
                    let location = RecordLocation(
                        offset: line.offset, length: UInt32(line.bytes!.count), file: UInt32(file))
                    body(Record(found, location: location, line: number))
                }
                if table != nil, let bytes = line.bytes { report.lines += bytes.lineFeeds }
            }
        } catch {
            report.add(Problem(path: path, message: error.message))
        }
        return report
    }

    private func readTexts(_ indices: Range<Int>, _ reader: RecordReader, _ body: (Record) -> Void) -> ChunkReport {
        var report = ChunkReport(file: indices.lowerBound)
        for index in indices {
            let file = files[index]
            guard let length = UInt32(exactly: file.byteCount) else {
                report.add(Problem(path: file.path, message: "too long to be one document", hint: "split it"))
                continue
            }
            do throws(SystemError) {
                let bytes = try reader.lines.load(reader.open(index, of: files), offset: 0, count: Int(length))
                if let problem = Format.problem(ofText: bytes, path: file.path) {
                    report.add(problem)
                    continue
                }
                let (text, isRepaired) = reader.text(bytes)
                report.records += 1
                report.repaired += isRepaired ? 1 : 0
                let location = RecordLocation(offset: 0, length: length, file: UInt32(index))
                body(Record(location: location, text: text))
                if let problem = file.problem { report.add(problem) }
            } catch {
                report.add(Problem(path: file.path, message: error.message))
            }
        }
        return report
    }
}

extension Record {
    init(_ fields: csj_record, location: RecordLocation, line: Int) {
        self.init(
            location: location, line: line, text: fields.text.buffer ?? UnsafeBufferPointer(start: nil, count: 0),
            id: fields.id.buffer, title: fields.title.buffer,
            date: fields.date.buffer, source: fields.source.buffer, language: fields.language.buffer)
    }

    init(location: RecordLocation, text: UnsafeBufferPointer<UInt8>) {
        self.init(location: location, line: 0, text: text)
    }
}

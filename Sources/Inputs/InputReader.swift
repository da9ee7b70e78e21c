import JSON
import Records

/// One worker's way to the records of files: a window on the file at hand, and what takes its rows apart. Used again from
/// chunk to chunk; it grows only for a giant line, and gives that back.
final class InputReader: DocumentReader {
    private let inputs: InputSet
    private let lines: LineBuffer
    private var opener = FileOpener()
    /// By format.
    private var parsers: [ObjectIdentifier: any RecordParser] = [:]
    private var converter: (encoding: TextEncoding, converter: TextConverter)?
    /// What it has made of the row at hand.
    private var conversion = PaddedBuffer()
    private var last: (file: Int, parser: any RecordParser)?

    static let keptCapacity = 4 << 20

    init(_ inputs: InputSet, lines: LineBuffer = LineBuffer()) { (self.inputs, self.lines) = (inputs, lines) }

    func forEachRecord(inChunk chunk: Int, _ body: (Record) -> Void) -> ChunkReport {
        precondition(inputs.chunks.has(chunk), "no chunk \(chunk)")
        defer { trim() }
        switch inputs.chunks[chunk] {
        case .records(let file, let slice): return readRows(of: file, in: slice, body)
        case .texts(let files): return readWhole(files, body)
        case .fault(let file, let fault):
            var report = ChunkReport(file: file)
            if let problem = inputs.files[file].problem { report.add(problem) }
            if let fault { report.add(fault.of(inputs.files[file].path)) }
            return report
        }
    }

    func readRecord(at location: RecordLocation, _ body: (Record) -> Void) throws(Problem) {
        let file = Int(location.file)
        defer { if location.length > 1 << 20 { trim() } }
        do throws(Fault) {
            guard case .record(let raw, _) = try parse(file, location.offset, Int(location.length)) else {
                throw .changed
            }
            body(Record(raw, location: location, line: 0))
        } catch {
            throw error.of(inputs.files[file].path)
        }
    }

    private func readRows(of file: Int, in slice: Range<UInt64>, _ body: (Record) -> Void) -> ChunkReport {
        var report = ChunkReport(file: file)
        let input = inputs.files[file], scanner = input.format.rowScanner, parser = parser(of: file)
        report.fieldUse = FieldUse(inputs.fields)
        let hasLines = input.format.hasLines
        if let header = input.format.header, slice.lowerBound == header.size { report.lines = header.lines }
        do throws(Fault) {
            try lines.begin(opener.open(input), slice: slice, scanner)
            while let line = try lines.next() {
                report.lines += 1
                let row = unsafe line.bytes.map { unsafe parse($0, of: file, parser) } ?? .fault(.lineTooLong)
                let place = hasLines ? line : line.withoutSpace
                let location = unsafe RecordLocation(
                    offset: place.offset, length: UInt32(place.bytes?.count ?? 0), file: UInt32(file))
                report.add(row, of: input.path, at: location, line: report.lines, countsRecords: !hasLines, body)
                if case .blank = row, !hasLines { report.lines -= 1 }
                if scanner != nil, hasLines, let bytes = unsafe line.bytes { unsafe report.lines += bytes.lineFeeds }
            }
        } catch {
            report.add(error.of(input.path))
        }
        report.namesWithoutText = parser.namesWithoutText
        return report
    }

    private func readWhole(_ files: Range<Int>, _ body: (Record) -> Void) -> ChunkReport {
        var report = ChunkReport(file: files.lowerBound)
        for index in files {
            let file = inputs.files[index]
            do throws(Fault) {
                guard let length = UInt32(exactly: file.byteCount) else { throw .documentTooLong }
                let location = RecordLocation(offset: 0, length: length, file: UInt32(index))
                let document = try parse(index, 0, Int(length))
                report.add(document, of: file.path, at: location, line: 0, body)
                if case .record = document, let problem = file.problem { report.add(problem) }
            } catch {
                report.add(error.of(file.path))
            }
        }
        return report
    }

    /// Reads one stretch of a file that is a record.
    private func parse(_ file: Int, _ offset: UInt64, _ count: Int) throws(Fault) -> ParsedRow {
        let row = try unsafe lines.load(opener.open(inputs.files[file]), offset: offset, count: count)
        return unsafe parse(row, of: file, parser(of: file))
    }

    /// Of a row that is in another encoding what it is in UTF-8.
    private func parse(_ row: UnsafeBufferPointer<UInt8>, of number: Int, _ parser: any RecordParser) -> ParsedRow {
        // By index: a copy of the file would count references for every row.
        if let encoding = inputs.files[number].encoding, !inputs.files[number].isConverted {
            let isASCII = unsafe !encoding.isWide && row.allSatisfy { $0 < 0x80 }
            return unsafe parser.parse(isASCII ? row : converted(row, encoding))
        }
        let parsed = unsafe parser.parse(row)
        // UTF-16 of Latin text is UTF-8 with zeros.
        let hasZeros =
            unsafe inputs.files[number].isOneDocument && row.index(of: 0, from: 0, to: min(row.count, 256)) != nil
        guard parsed.isDoubtful || hasZeros, !inputs.files[number].isConverted, unsafe hasZeros || !row.isUTF8 else {
            return parsed
        }
        let isRead = if case .record = parsed { true } else { false }
        let known = unsafe inputs.encodingsKnown.encoding(of: number, inputs.files[number], row, isRead: isRead)
        guard let encoding = known else { return parsed }
        return unsafe parser.parse(converted(row, encoding))
    }

    private func converted(_ row: UnsafeBufferPointer<UInt8>, _ encoding: TextEncoding) -> UnsafeBufferPointer<UInt8> {
        if converter?.encoding != encoding { converter = TextConverter(encoding).map { (encoding, $0) } }
        guard let text = unsafe converter?.converter.converted(row) else { return unsafe row }
        return unsafe conversion.replace(with: text)
    }

    private func parser(of file: Int) -> any RecordParser {
        if let last, last.file == file { return last.parser }
        let format = inputs.files[file].format, key = ObjectIdentifier(type(of: format))
        let parser = format.parser(inputs.fields, after: parsers[key])
        parsers[key] = parser
        last = (file, parser)
        return parser
    }

    private func trim() {
        lines.trim(to: Self.keptCapacity)
        conversion.trim(to: Self.keptCapacity)
        for parser in parsers.values { parser.trim(to: Self.keptCapacity) }
    }
}

extension ChunkReport {
    /// - Parameter line: 0 for a whole file.
    fileprivate mutating func add(
        _ row: ParsedRow, of path: String, at location: RecordLocation, line: Int, countsRecords: Bool = false,
        _ body: (Record) -> Void
    ) {
        switch row {
        case .blank: break
        case .fault(let fault):
            var problem = fault.of(path, line: line)
            problem.countsRecords = countsRecords
            if case .noText = fault { withoutTextAndTitle += 1 }
            add(problem)
        case .record(let raw, let isRepaired):
            records += 1
            repaired += isRepaired ? 1 : 0
            unsafe withoutText += raw.text == nil ? 1 : 0
            if let names = raw.names { fieldUse.add(names) }
            body(Record(raw, location: location, line: line))
        }
    }
}

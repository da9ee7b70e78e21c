import JSON

/// How a table begins.
struct TableHead {
    /// Of the first row: behind a byte order mark and the line `sep=;` that Excel reads.
    let start: Int
    /// Whether rows end in a carriage return alone, as old Macs had it.
    let endsAtReturn: Bool
    private let declared: UInt8?

    var lineEnd: UInt8 { UInt8(ascii: endsAtReturn ? "\r" : "\n") }

    init(_ head: [UInt8]) {
        let mark = head.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        endsAtReturn = Self.endsAtReturn(head)
        let ends = [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        let line = head[mark...].prefix { !ends.contains($0) }, bare = line.filter { $0 != UInt8(ascii: "\"") }
        guard bare.count == 5, String(decoding: bare.prefix(4), as: UTF8.self).lowercased() == "sep=" else {
            (declared, start) = (nil, mark)
            return
        }
        declared = bare[4]
        let isCRLF = head[line.endIndex...].starts(with: [0x0D, 0x0A])
        start = min(head.count, line.endIndex + (isCRLF ? 2 : 1))
    }

    /// Before the first line feed outside quotes stands a carriage return, and not right before.
    private static func endsAtReturn(_ head: [UInt8]) -> Bool {
        var isQuoted = false
        for index in head.indices {
            switch head[index] {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\n") where !isQuoted: return false
            case UInt8(ascii: "\r") where !isQuoted:
                return index + 1 < head.count && head[index + 1] != UInt8(ascii: "\n")
            default: break
            }
        }
        return false
    }

    /// Comma, as the standard has it; tab; the semicolon of where the comma stands in numbers; bar. A name with `.tsv` at its
    /// end has tabs where nothing else says more.
    func separators(_ path: String) -> [UInt8] {
        if let declared { return [declared] }
        var usual = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")]
        if PathName.fileExtension(Compression.inner(path)) == "tsv" { usual.swapAt(0, 1) }
        return usual
    }

    /// The fields of the first row without the spaces around them, and where it ends.
    func firstRow(_ rest: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> (fields: [String], end: Int, next: Int) {
        var scanner = QuotedRowScanner(separator: separator, endsAtReturn: endsAtReturn)
        let end = unsafe scanner.end(of: rest) ?? RowEnd(end: rest.count, next: rest.count)
        let line = unsafe UnsafeBufferPointer(rebasing: rest[..<end.end]).withoutLineEnd
        if line.isEmpty { return ([], end.end, end.next) }
        let row = CSVRow(separator: separator)
        _ = unsafe row.read(line)
        let sample = unsafe Array(rest.prefix(1 << 14))
        let fields = (0..<row.count).map { column in
            var bytes = unsafe Array(row[column])
            if unsafe !row[column].isUTF8, let converter = TextEncoding(sample: sample).flatMap({ TextConverter($0) }) {
                bytes = unsafe converter.converted(row[column])
            }
            let name = String(decoding: bytes, as: UTF8.self)
            let isSpace = { (c: Unicode.Scalar) in c.properties.isWhitespace || c == "\u{FEFF}" }
            let front = name.unicodeScalars.drop(while: isSpace)
            let back = front.reversed().prefix(while: isSpace).count
            return String(front.dropLast(back))
        }
        return (fields, line.count, end.next)
    }
}

/// Finds where a row of a table ends: at the first line end outside quotes, which are taken as `CSVRow` takes them. It
/// remembers how far it came while more bytes are added.
///
/// A quote that somebody forgot to close, or to double, would swallow the rows that follow, up to the next quote or the end
/// of the file. A quoted field that runs over line ends is therefore believed only if it ends as one should, and the row
/// has its columns; else the row ends with its first line, which `CSVRow` then refuses.
struct QuotedRowScanner: RowScanner {
    private let separator: UInt8
    /// Whether a carriage return ends a row.
    private let endsAtReturn: Bool
    /// Of the table; nil where that is not known.
    private let columns: Int?
    /// The quote that opened the field at hand; nil outside quotes.
    private var opening: Int?
    /// The first line end inside quotes.
    private var innerEnd: Int?
    /// All before is done with.
    private var position = 0

    /// Bytes. A longer quoted field with line ends in it has lost its closing quote.
    static let longestField = 1 << 24

    init(separator: UInt8, endsAtReturn: Bool = false, columns: Int? = nil) {
        (self.separator, self.endsAtReturn, self.columns) = (separator, endsAtReturn, columns)
    }

    mutating func restart() { (opening, innerEnd, position) = (nil, nil, 0) }

    mutating func end(of row: UnsafeBufferPointer<UInt8>) -> RowEnd? {
        var lineEnd = -1
        while position < row.count {
            if let opening {
                switch unsafe closeQuote(row) {
                case .clean: break
                case .followed where innerEnd != nil: return firstLine
                case .followed: break
                case .unknown:
                    let isTooLong = position - opening > Self.longestField
                    return isTooLong && innerEnd != nil ? firstLine : nil
                }
            } else {
                if lineEnd < position { lineEnd = unsafe self.lineEnd(in: row, from: position) ?? row.count }
                if let quote = unsafe openingQuote(in: row, before: lineEnd) {
                    (opening, position) = (quote, quote + 1)
                } else {
                    position = lineEnd
                    guard lineEnd < row.count else { return nil }
                    if innerEnd != nil, unsafe isSeveralRows(row, end: lineEnd) { return firstLine }
                    return RowEnd(end: lineEnd, next: lineEnd + 1)
                }
            }
        }
        return nil
    }

    func endOfFile(in row: UnsafeBufferPointer<UInt8>) -> RowEnd? {
        guard innerEnd != nil else { return nil }
        // What would follow a quote at the very end is the end.
        let isOpen = unsafe opening != nil && (position == row.count || row[position] != UInt8(ascii: "\""))
        return unsafe isOpen || isSeveralRows(row, end: row.count) ? firstLine : nil
    }

    /// The last byte that is done with still matters.
    mutating func dropDone() -> Int {
        let dropped = max(0, position - 1)
        position -= dropped
        opening = opening.map { max(0, $0 - dropped) }
        return dropped
    }

    private var firstLine: RowEnd { RowEnd(end: innerEnd!, next: innerEnd! + 1) }

    private func lineEnd(in row: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int? = nil) -> Int? {
        let feed = unsafe row.index(of: UInt8(ascii: "\n"), from: start, to: end)
        guard endsAtReturn else { return feed }
        return unsafe row.index(of: UInt8(ascii: "\r"), from: start, to: feed ?? end) ?? feed
    }

    private func openingQuote(in row: UnsafeBufferPointer<UInt8>, before end: Int) -> Int? {
        var start = position
        while let quote = unsafe row.index(of: UInt8(ascii: "\""), from: start, to: end) {
            if unsafe quote == 0 || row[quote - 1] == separator { return quote }
            start = quote + 1
        }
        return nil
    }

    private enum Close {
        case clean
        /// By more of the field.
        case followed
        /// It is not among these bytes, or what follows is not.
        case unknown
    }

    /// Moves behind the quote that closes the field.
    private mutating func closeQuote(_ row: UnsafeBufferPointer<UInt8>) -> Close {
        while true {
            let quote = unsafe row.index(of: UInt8(ascii: "\""), from: position)
            if innerEnd == nil { innerEnd = unsafe lineEnd(in: row, from: position, to: quote) }
            position = quote ?? row.count
            guard let quote, quote + 1 < row.count else { return .unknown }
            let next = unsafe row[quote + 1]
            position = quote + (next == UInt8(ascii: "\"") ? 2 : 1)
            if next == UInt8(ascii: "\"") { continue }
            opening = nil
            return next == separator || next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r") ? .clean : .followed
        }
    }

    /// Whether a row that spans lines is none, since its columns are too many or too few and those of its second line are
    /// not.
    private func isSeveralRows(_ row: UnsafeBufferPointer<UInt8>, end: Int) -> Bool {
        guard let columns, columns > 1, let innerEnd else { return false }
        let taken = CSVRow(separator: separator, wanted: [])
        func count(_ range: Range<Int>) -> Int {
            let line = unsafe UnsafeBufferPointer(rebasing: row[range]).withoutLineEnd
            return unsafe taken.read(line) == nil ? taken.count : 0
        }
        let second = innerEnd + 1..<(unsafe lineEnd(in: row, from: innerEnd + 1, to: end) ?? end)
        return count(0..<end) != columns && count(second) == columns
    }
}

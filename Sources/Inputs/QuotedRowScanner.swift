/// Finds where a row of a table ends: at the first line feed outside quotes (RFC 4180).
///
/// Quotes are taken as libcsv takes them, so that both see the same rows: one opens a field only at its start, one closes it
/// only at its end, and any other is a character like others. It remembers how far it came while more bytes are added.
struct QuotedRowScanner: RowScanner {
    private let separator: UInt8
    private var isQuoted = false
    /// All before is done with.
    private var position = 0

    init(separator: UInt8) { self.separator = separator }

    mutating func restart() { (isQuoted, position) = (false, 0) }

    mutating func end(of row: UnsafeBufferPointer<UInt8>) -> RowEnd? {
        var feed = -1
        while position < row.count {
            if isQuoted {
                guard unsafe closeQuote(row) else { return nil }
            } else {
                if feed < position { feed = unsafe row.index(of: UInt8(ascii: "\n"), from: position) ?? row.count }
                if let quote = unsafe openingQuote(in: row, before: feed) {
                    (isQuoted, position) = (true, quote + 1)
                } else {
                    position = feed
                    return feed < row.count ? RowEnd(end: feed, next: feed + 1) : nil
                }
            }
        }
        return nil
    }

    /// The last byte that is done with still matters.
    mutating func dropDone() -> Int {
        let dropped = max(0, position - 1)
        position -= dropped
        return dropped
    }

    private func openingQuote(in row: UnsafeBufferPointer<UInt8>, before feed: Int) -> Int? {
        var start = position
        while let quote = unsafe row.index(of: UInt8(ascii: "\""), from: start, to: feed) {
            if unsafe quote == 0 || isEnd(row[quote - 1]) { return quote }
            start = quote + 1
        }
        return nil
    }

    /// Moves behind the next quote. False where there is none, or what follows it is not known yet.
    private mutating func closeQuote(_ row: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let quote = unsafe row.index(of: UInt8(ascii: "\""), from: position) else {
            position = row.count
            return false
        }
        position = quote
        guard quote + 1 < row.count else { return false }
        let isDoubled = unsafe row[quote + 1] == UInt8(ascii: "\"")
        isQuoted = unsafe !isEnd(row[quote + 1])
        position = quote + (isDoubled ? 2 : 1)
        return true
    }

    /// Whether a byte stands between fields. libcsv ends a row also at a carriage return; `CSVRow` refuses such rows.
    private func isEnd(_ byte: UInt8) -> Bool {
        byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}

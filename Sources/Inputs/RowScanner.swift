import Glibc

/// Finds where a row of a table ends: at the first line feed outside quotes (RFC 4180).
///
/// Quotes are taken as libcsv takes them, so that both see the same rows: one opens a field only at its start, one closes it
/// only at its end, and any other is a character like others. It remembers how far it came while more bytes are added.
struct RowScanner {
    let separator: UInt8
    private var isQuoted = false
    /// All before is done with.
    private(set) var position = 0

    init(separator: UInt8) { self.separator = separator }

    /// The index of the line feed that ends the row; nil if that is not among these bytes.
    ///
    /// - Parameter row: from the row's start on, at least as far as before.
    mutating func end(of row: UnsafeBufferPointer<UInt8>) -> Int? {
        var feed = -1
        while position < row.count {
            if isQuoted {
                guard closeQuote(row) else { return nil }
            } else {
                if feed < position { feed = row.index(of: UInt8(ascii: "\n"), from: position) ?? row.count }
                if let quote = openingQuote(in: row, before: feed) {
                    (isQuoted, position) = (true, quote + 1)
                } else {
                    position = feed
                    return feed < row.count ? feed : nil
                }
            }
        }
        return nil
    }

    /// Forgets all but the last byte that is done with, which still matters: how many bytes before it.
    mutating func dropDone() -> Int {
        let dropped = max(0, position - 1)
        position -= dropped
        return dropped
    }

    private func openingQuote(in row: UnsafeBufferPointer<UInt8>, before feed: Int) -> Int? {
        var start = position
        while let quote = row.index(of: UInt8(ascii: "\""), from: start, to: feed) {
            if quote == 0 || isEnd(row[quote - 1]) { return quote }
            start = quote + 1
        }
        return nil
    }

    /// Moves behind the next quote. False where there is none, or what follows it is not known yet.
    private mutating func closeQuote(_ row: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let quote = row.index(of: UInt8(ascii: "\""), from: position) else {
            position = row.count
            return false
        }
        position = quote
        guard quote + 1 < row.count else { return false }
        let isDoubled = row[quote + 1] == UInt8(ascii: "\"")
        isQuoted = !isEnd(row[quote + 1])
        position = quote + (isDoubled ? 2 : 1)
        return true
    }

    /// Whether a byte stands between fields. libcsv ends a row also at a carriage return; `RowParser` refuses such rows.
    private func isEnd(_ byte: UInt8) -> Bool {
        byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}

extension UnsafeBufferPointer<UInt8> {
    func index(of byte: UInt8, from start: Int, to end: Int? = nil) -> Int? {
        let end = end ?? count
        guard start < end, let found = memchr(baseAddress! + start, Int32(byte), end - start) else { return nil }
        return baseAddress!.distance(to: found.assumingMemoryBound(to: UInt8.self))
    }

    var lineFeeds: Int {
        var count = 0, start = 0
        while let feed = index(of: UInt8(ascii: "\n"), from: start) { (count, start) = (count + 1, feed + 1) }
        return count
    }
}

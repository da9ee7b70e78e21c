/// Finds the ends of JSON values that stand behind each other or in an array, by quotes and brackets alone: what a value is
/// worth, its parser says. It remembers how far it came while more bytes are added.
struct JSONScanner: RowScanner {
    enum Layout { case array, sequence }

    private let layout: Layout
    private var depth = 0
    private var isQuoted = false
    /// All before is done with.
    private var position = 0
    private(set) var isOver = false

    init(_ layout: Layout) { self.layout = layout }

    mutating func restart() { (depth, isQuoted, position, isOver) = (0, false, 0, false) }

    mutating func dropDone() -> Int {
        defer { position = 0 }
        return position
    }

    mutating func end(of row: UnsafeBufferPointer<UInt8>) -> RowEnd? {
        while position < row.count {
            if isQuoted {
                guard unsafe closeQuote(row) else { return nil }
                continue
            }
            let byte = unsafe row[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): isQuoted = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0, layout == .array, byte == UInt8(ascii: "]") {
                    isOver = true
                    return RowEnd(end: position - 1, next: position)
                }
                depth = max(0, depth - 1)
                if depth == 0, layout == .sequence { return RowEnd(end: position, next: position) }
            case UInt8(ascii: ","):
                if depth == 0, layout == .array { return RowEnd(end: position - 1, next: position) }
            default: break
            }
        }
        return nil
    }

    /// Moves behind the end of the string; false where that is not among these bytes. Backslashes at their end are looked at
    /// again with what follows.
    private mutating func closeQuote(_ row: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let quote = unsafe row.index(of: UInt8(ascii: "\""), from: position) else {
            position = unsafe row.count - backslashes(before: row.count, in: row)
            return false
        }
        isQuoted = unsafe !backslashes(before: quote, in: row).isMultiple(of: 2)
        position = quote + 1
        return true
    }

    private func backslashes(before end: Int, in row: UnsafeBufferPointer<UInt8>) -> Int {
        var start = end
        while unsafe start > position && row[start - 1] == UInt8(ascii: "\\") { start -= 1 }
        return end - start
    }
}

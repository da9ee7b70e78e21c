/// A table read the plain way, one character after the other: the twin of the fast one.
struct PlainTable {
    struct Row: Equatable {
        /// Of its first line, counted from 1.
        var line: Int
        var fields: [String]
        /// Whether it ends inside quotes, or has a carriage return outside.
        var isBroken = false
    }

    /// A row as Python's csv would read it.
    private struct Read {
        var fields: [String] = []
        var isOpen = false
        var hasReturn = false
        /// The first line feed inside quotes.
        var inner: Int?
        /// Whether a quote closed a field that runs over lines, and more of it follows.
        var isFollowed = false
        var end = 0
        var next = 0
    }

    var rows: [Row] = []
    private let text: [Unicode.Scalar]
    private let separator: Unicode.Scalar

    init(_ bytes: [UInt8], separator: Character) {
        // A carriage return and a line feed are one Character.
        text = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { $0 }
        self.separator = separator.unicodeScalars.first!
        var i = text.first == "\u{feff}" ? 1 : 0, line = 1, columns: Int?
        while i < text.count {
            var row = read(i, text.count)
            if let inner = row.inner, row.isOpen || row.isFollowed || isSeveral(i, row, columns) {
                row = read(i, inner)
                row.next = inner + 1
                row.isOpen = true
            }
            if row.fields != [""] || row.isOpen || text[i] == "\"" {
                rows.append(Row(line: line, fields: row.fields, isBroken: row.isOpen || row.hasReturn))
            }
            columns = columns ?? row.fields.count
            line += text[i..<row.next].count { $0 == "\n" }
            i = row.next
        }
    }

    private func isSeveral(_ i: Int, _ row: Read, _ columns: Int?) -> Bool {
        guard let columns, columns > 1, let inner = row.inner else { return false }
        let lines = text[(inner + 1)..<row.end].split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let read = read(line.startIndex, line.endIndex)
            return line.isEmpty || read.isOpen || read.hasReturn ? 0 : read.fields.count
        }
        return (row.fields.count != columns || row.hasReturn) && lines[0] == columns
    }

    private func read(_ start: Int, _ end: Int) -> Read {
        var row = Read(), field = "", i = start, atStart = true
        loop: while i < end {
            if atStart, text[i] == "\"" {
                i += 1
                while true {
                    guard i < end else {
                        row.isOpen = true
                        break loop
                    }
                    if text[i] == "\n", row.inner == nil { row.inner = i }
                    if text[i] == "\"" {
                        guard i + 1 < end, text[i + 1] == "\"" else { break }
                        i += 1
                    }
                    field.unicodeScalars.append(text[i])
                    i += 1
                }
                i += 1
                if row.inner != nil, i < end, ![separator, "\n", "\r"].contains(text[i]) {
                    row.isFollowed = true
                    break
                }
                atStart = false
                continue
            }
            atStart = text[i] == separator
            if text[i] == separator {
                row.fields.append(field)
                field = ""
            } else if text[i] == "\n" {
                break
            } else if text[i] == "\r", i + 1 == end || text[i + 1] == "\n" {
                // Of the line end.
            } else {
                if text[i] == "\r" { row.hasReturn = true }
                field.unicodeScalars.append(text[i])
            }
            i += 1
        }
        row.fields.append(field)
        (row.end, row.next) = (i, min(i + 1, max(end, i)))
        return row
    }
}

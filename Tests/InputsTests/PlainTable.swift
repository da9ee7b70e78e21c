/// A table read the plain way, one character after the other: the twin of the fast one.
struct PlainTable {
    struct Row: Equatable {
        /// Of its first line, counted from 1.
        var line: Int
        var fields: [String]
        /// Whether it ends inside quotes, or has a carriage return outside.
        var isBroken = false
    }

    var rows: [Row] = []

    init(_ bytes: [UInt8], separator: Character) {
        // A carriage return and a line feed are one Character.
        let text = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { $0 }
        let separator = separator.unicodeScalars.first!
        var fields: [String] = [], field = "", line = 1, start = 1, isEmpty = true
        var isQuoted = false, i = text.first == "\u{feff}" ? 1 : 0, atStart = true, broken = false
        func next(_ offset: Int) -> Unicode.Scalar? { i + offset < text.count ? text[i + offset] : nil }
        func isEnd(_ scalar: Unicode.Scalar?) -> Bool {
            scalar == nil || scalar == separator || scalar == "\n" || scalar == "\r"
        }
        while i < text.count {
            let scalar = text[i]
            if scalar == "\n" { line += 1 }
            if isQuoted {
                if scalar == "\"", next(1) == "\"" {
                    field += "\""
                    i += 1
                } else if scalar == "\"", isEnd(next(1)) {
                    isQuoted = false
                } else {
                    field.unicodeScalars.append(scalar)
                }
            } else if scalar == "\"", atStart {
                (isQuoted, isEmpty) = (true, false)
            } else if scalar == separator {
                fields.append(field)
                (field, isEmpty) = ("", false)
            } else if scalar == "\n" || scalar == "\r" && (next(1) == "\n" || next(1) == nil) {
                if scalar == "\r", next(1) == "\n" {
                    i += 1
                    line += 1
                }
                if !isEmpty { rows.append(Row(line: start, fields: fields + [field], isBroken: broken)) }
                (fields, field, isEmpty, broken, start) = ([], "", true, false, line)
            } else if scalar == "\r" {
                (broken, isEmpty) = (true, false)
            } else {
                field.unicodeScalars.append(scalar)
                isEmpty = false
            }
            atStart = !isQuoted && isEnd(scalar)
            i += 1
        }
        if !isEmpty { rows.append(Row(line: start, fields: fields + [field], isBroken: broken || isQuoted)) }
    }
}

import Records

/// How the records of a JSON file stand in it.
enum JSONLayout {
    case lines
    case objects
    /// - Parameters:
    ///   - start: offset behind the bracket.
    ///   - path: in the object around the array.
    case array(start: Int, path: [String]?)

    /// Of the first bytes of a file.
    init(head: [UInt8], _ fields: Fields) throws(Fault) {
        let mark = head.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        guard let first = head[mark...].firstIndex(where: { !$0.isJSONSpace }) else {
            self = .lines
            return
        }
        let lineEnd = head[first...].firstIndex(of: UInt8(ascii: "\n")) ?? head.count
        var outline = JSONOutline(fields)
        outline.add(head[first..<lineEnd])
        let isOneLine = outline.end != nil, spread = Self.isSpread(head, lineEnd, outline)
        outline.add(head[lineEnd...])
        switch head[first] {
        case UInt8(ascii: "["):
            let isLine = isOneLine && Self.next(head, lineEnd) == UInt8(ascii: "{")
            self = isLine ? .lines : .array(start: first + 1, path: nil)
        case UInt8(ascii: "{") where !(isOneLine && outline.hasMore) && (isOneLine || spread || lineEnd == head.count):
            let array = try Self.array(in: outline, fields)
            let plain = spread ? JSONLayout.objects : .lines
            self = array.map { .array(start: first + $0.start, path: $0.path) } ?? plain
        default: self = .lines
        }
    }

    private static func next(_ head: [UInt8], _ index: Int) -> UInt8? { head[index...].first { !$0.isJSONSpace } }

    /// Whether a value goes on behind the first line end, as it was meant: a line that is cut off does not.
    private static func isSpread(_ head: [UInt8], _ lineEnd: Int, _ outline: JSONOutline) -> Bool {
        guard lineEnd < head.count, outline.end == nil, outline.depth > 0, !outline.isInString else { return false }
        let next = next(head, lineEnd), last = head[..<lineEnd].last { !$0.isJSONSpace }!
        if next == UInt8(ascii: "{"), outline.isInObject { return last == UInt8(ascii: ":") }
        return "{[,:".utf8.contains(last) || next.map { ",}]:".utf8.contains($0) } ?? true
    }

    /// The one array that holds the records, where the object is none itself.
    private static func array(in outline: JSONOutline, _ fields: Fields) throws(Fault) -> JSONOutline.Array? {
        let arrays = outline.arrays
        if let name = fields.records {
            let found = arrays.first { $0.name == name || $0.path.joined(separator: ".") == name }
            guard let found else { throw .noArray(named: name, paths: arrays.map(\.name)) }
            return found
        }
        if outline.hasText { return nil }
        let full = arrays.filter(\.holdsTexts)
        if full.count > 1 { throw .severalArrays(paths: full.map(\.name)) }
        // A page of results that has none.
        return full.first ?? (arrays.count == 1 && arrays[0].isEmpty && !outline.hasTitle ? arrays[0] : nil)
    }
}

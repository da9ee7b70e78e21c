import Records

/// What the object at the root of a JSON file holds, as far as bytes of it have been added: which of its fields is a text,
/// which are arrays of objects. Arrays inside arrays are none of them: their paths would name many.
struct JSONOutline {
    struct Array {
        var path: [String]
        /// Offset behind its bracket.
        var start: Int
        var holdsTexts = false
        var isEmpty = true

        /// As a JSON Pointer.
        var name: String {
            path.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
        }
    }

    private struct Level {
        var isObject: Bool
        var key: [UInt8] = []
        var isAtKey: Bool
        /// Which of `arrays` it is.
        var array: Int?
    }

    private(set) var arrays: [Array] = []
    private(set) var hasText = false
    private(set) var hasTitle = false
    /// Offset behind the root.
    private(set) var end: Int?
    /// Bytes that have been added.
    private(set) var count = 0
    /// Whether what follows the root is more than white space.
    private(set) var hasMore = false

    private let texts, titles: [[UInt8]]
    private var levels: [Level]
    private var string: [UInt8]?
    private var isEscaped = false

    private static let longestKey = 256

    /// - Parameter inside: where it begins: behind an array of that path.
    init(_ fields: Fields, inside path: [String] = []) {
        // Of a path into a record its first part.
        let heads = fields.text.map { name in
            name.hasPrefix("/") ? name.dropFirst().prefix { $0 != "/" } : name.prefix { $0 != "." }
        }
        texts = (heads + fields.text.map { $0[...] }).map { Swift.Array($0.lowercased().utf8) }
        titles = fields.title.map { Swift.Array($0.lowercased().utf8) }
        levels = path.map { Level(isObject: true, key: Swift.Array($0.utf8), isAtKey: false) }
    }

    var depth: Int { levels.count }
    var isInString: Bool { string != nil }
    var isInObject: Bool { levels.last?.isObject == true }

    mutating func add(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            add(byte)
            count += 1
        }
    }

    private mutating func add(_ byte: UInt8) {
        if string != nil { return addToString(byte) }
        if byte.isJSONSpace { return }
        if end != nil { return hasMore = true }
        switch byte {
        case UInt8(ascii: "\""):
            string = []
        case UInt8(ascii: "{"):
            beginValue(byte)
            levels.append(Level(isObject: true, isAtKey: true))
        case UInt8(ascii: "["):
            beginValue(byte)
            levels.append(Level(isObject: false, isAtKey: false, array: newArray()))
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            _ = levels.popLast()
            if levels.isEmpty { end = count + 1 }
        case UInt8(ascii: ","):
            if let last = levels.indices.last { levels[last].isAtKey = levels[last].isObject }
        case UInt8(ascii: ":"): break
        default: beginValue(byte)
        }
    }

    private mutating func addToString(_ byte: UInt8) {
        if isEscaped || byte != UInt8(ascii: "\"") {
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            if string!.count < Self.longestKey { string!.append(byte) }
            return
        }
        let value = string!
        string = nil
        guard let last = levels.indices.last, levels[last].isAtKey else {
            return beginValue(byte, isEmpty: value.isEmpty)
        }
        (levels[last].key, levels[last].isAtKey) = (value, false)
    }

    /// A value whose first byte is known; a string whose last is.
    private mutating func beginValue(_ byte: UInt8, isEmpty: Bool = false) {
        guard let level = levels.last else { return }
        if let array = level.array {
            // Of other things than objects it is none to look at.
            if arrays[array].isEmpty, byte != UInt8(ascii: "{") { levels[levels.count - 1].array = nil }
            arrays[array].isEmpty = false
        }
        guard level.isObject, !isEmpty, "\"{[".utf8.contains(byte) else { return }
        let key = level.key.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        if levels.count == 1, titles.contains(key) { hasTitle = true }
        guard texts.contains(key) else { return }
        if levels.count == 1 { hasText = true }
        if levels.count > 1, let array = levels[levels.count - 2].array { arrays[array].holdsTexts = true }
    }

    /// Nil for one that only an array leads to.
    private mutating func newArray() -> Int? {
        guard !levels.isEmpty, levels.allSatisfy(\.isObject) else { return nil }
        arrays.append(Array(path: levels.map { String(decoding: $0.key, as: UTF8.self) }, start: count + 1))
        return arrays.count - 1
    }
}

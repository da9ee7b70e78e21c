import CSimdjson

/// A value of JSON.
package enum JSONValue {
    /// UTF-8.
    case string([UInt8])
    /// - Parameter text: as it is written.
    case number(Double, text: String)
    case bool(Bool)
    case null
    case array([JSONValue])
    /// Of several members of one name the first.
    case object([String: JSONValue])

    package subscript(name: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields[name]
    }

    package var bytes: [UInt8]? {
        guard case .string(let bytes) = self else { return nil }
        return bytes
    }

    package var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    package var number: Double? {
        guard case .number(let number, _) = self else { return nil }
        return number
    }

    /// Of a string that is not empty its bytes, of a number its digits: what names something.
    package var name: [UInt8]? {
        switch self {
        case .string(let bytes): bytes.isEmpty ? nil : bytes
        case .number(_, let text): Array(text.utf8)
        default: nil
        }
    }

    package var isTrue: Bool {
        if case .bool(true) = self { true } else { false }
    }

    package var kind: JSONKind {
        switch self {
        case .string: .string
        case .number: .number
        case .bool: .boolean
        case .null: .null
        case .array: .array
        case .object: .object
        }
    }

    package var array: [JSONValue] {
        guard case .array(let values) = self else { return [] }
        return values
    }
}

/// Reads values one after the other in the same memory.
@safe package final class JSONValueReader {
    private let tree: OpaquePointer

    package init() {
        guard let tree = unsafe csj_tree_create() else { fatalError("out of memory") }
        unsafe self.tree = unsafe tree
    }

    deinit { unsafe csj_tree_destroy(tree) }

    /// Of a whole line; nil if it is cut off or malformed. O(bytes).
    package func read(_ line: [UInt8]) -> JSONValue? {
        unsafe line.withUnsafeBufferPointer { bytes in
            guard var node = unsafe csj_tree_read(tree, bytes.baseAddress, bytes.count) else { return nil }
            return unsafe Self.value(&node)
        }
    }

    /// - Parameter node: moves behind the value.
    private static func value(_ node: inout UnsafePointer<csj_node>) -> JSONValue {
        let (this, children) = unsafe (node.pointee, 0..<node.pointee.children)
        unsafe node += 1
        switch unsafe this.type {
        case CSJ_OBJECT:
            var fields: [String: JSONValue] = [:]
            for _ in children {
                let name = unsafe String(decoding: bytes(node.pointee.name), as: UTF8.self)
                let member = unsafe value(&node)
                fields[name] = fields[name] ?? member
            }
            return .object(fields)
        case CSJ_ARRAY: return .array(children.map { _ in unsafe value(&node) })
        case CSJ_STRING: return unsafe .string(Array(bytes(this.string)))
        case CSJ_NUMBER: return unsafe .number(this.number, text: String(decoding: bytes(this.string), as: UTF8.self))
        case CSJ_BOOLEAN: return unsafe .bool(this.boolean)
        default: return .null
        }
    }

    private static func bytes(_ slice: csj_slice) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(start: slice.bytes, count: slice.count)
    }
}

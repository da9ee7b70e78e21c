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
package final class JSONValueReader {
    private let tree: OpaquePointer

    package init() {
        guard let tree = csj_tree_create() else { fatalError("out of memory") }
        self.tree = tree
    }

    deinit { csj_tree_destroy(tree) }

    /// Of a whole line; nil if it is cut off or malformed. O(bytes).
    package func read(_ line: [UInt8]) -> JSONValue? {
        line.withUnsafeBufferPointer { bytes in
            guard var node = csj_tree_read(tree, bytes.baseAddress, bytes.count) else { return nil }
            return Self.value(&node)
        }
    }

    /// - Parameter node: moves behind the value.
    private static func value(_ node: inout UnsafePointer<csj_node>) -> JSONValue {
        let (this, children) = (node.pointee, 0..<node.pointee.children)
        node += 1
        switch this.type {
        case CSJ_OBJECT:
            var fields: [String: JSONValue] = [:]
            for _ in children {
                let name = String(decoding: bytes(node.pointee.name), as: UTF8.self)
                let member = value(&node)
                fields[name] = fields[name] ?? member
            }
            return .object(fields)
        case CSJ_ARRAY: return .array(children.map { _ in value(&node) })
        case CSJ_STRING: return .string(Array(bytes(this.string)))
        case CSJ_NUMBER: return .number(this.number, text: String(decoding: bytes(this.string), as: UTF8.self))
        case CSJ_BOOLEAN: return .bool(this.boolean)
        default: return .null
        }
    }

    private static func bytes(_ slice: csj_slice) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: slice.bytes, count: slice.count)
    }
}

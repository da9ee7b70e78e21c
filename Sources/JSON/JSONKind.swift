/// What a value of JSON is. In the order of `csj_type`.
package enum JSONKind: UInt8, Sendable {
    case object, array, string, number, boolean, null

    /// With its article, to follow "is".
    package var words: String {
        switch self {
        case .object: "an object"
        case .array: "an array"
        case .string: "a string"
        case .number: "a number"
        case .boolean: "a boolean"
        case .null: "null"
        }
    }
}

import CSimdjson
public import Records

/// Why a line gave no record.
enum LineFault: Error, Equatable {
    case noText
    case textNotString(name: Int, found: csj_type)
    case notObject(csj_type)
    case trailing
    case malformed
    case badString
    case tooLong
    case columns(found: Int, expected: Int)
    case openQuote
    case bareReturn

    func problem(path: String, line: Int, fields: Fields) -> Problem {
        let (message, hint) = wording(fields)
        return Problem(path: path, line: line, message: message, hint: hint)
    }

    private func wording(_ fields: Fields) -> (message: String, hint: String?) {
        switch self {
        case .noText:
            (
                "no text field: looked for \(fields.text.joined(separator: ", "))",
                "name the right one with --text-field NAME"
            )
        case .textNotString(let name, let found):
            (
                "text field \"\(fields.text[name])\" is \(found.name), not a string",
                "name another field with --text-field NAME"
            )
        case .notObject(CSJ_UNKNOWN): ("not JSON", "each line must be one JSON object")
        case .notObject(let found): ("\(found.name), not a JSON object", "each line must be one JSON object")
        case .trailing: ("more after the end of the JSON object", "each line must be one JSON object")
        case .malformed: ("cut off or malformed JSON", "each line must be one whole JSON object")
        case .badString: ("a string with an escape that JSON does not have", nil)
        case .tooLong: ("the line is too long to be read as one record", "split it")
        case .columns(let found, let expected):
            (
                "\(found) column\(found == 1 ? "" : "s") where the first row has \(expected)",
                "put a field in double quotes that holds a separator or a line end, and double the quotes in it"
            )
        case .openQuote: ("a quoted field that never ends", "double the quotes in quoted fields")
        case .bareReturn: ("a carriage return outside quotes", "put the field in double quotes")
        }
    }
}

extension csj_type {
    /// With its article, to follow "is".
    fileprivate var name: String {
        switch self {
        case CSJ_OBJECT: "an object"
        case CSJ_ARRAY: "an array"
        case CSJ_STRING: "a string"
        case CSJ_NUMBER: "a number"
        case CSJ_BOOLEAN: "a boolean"
        case CSJ_NULL: "null"
        default: "not JSON"
        }
    }
}

/// A record or file that was passed over, and the way out.
public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
    public var path: String
    /// Counted from 1; 0 when the whole file is meant.
    public var line: Int
    public var message: String
    public var hint: String?

    public init(path: String, line: Int = 0, message: String, hint: String? = nil) {
        self.path = path
        self.line = line
        self.message = message
        self.hint = hint
    }

    /// `path:line: message; hint`
    public var description: String {
        "\(path):\(line > 0 ? "\(line):" : "") \(message)\(hint.map { "; \($0)" } ?? "")"
    }
}

/// An input that cannot be used at all: missing, forbidden, a device, another format.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
    public var path: String
    public var message: String
    public var hint: String?

    public init(path: String, message: String, hint: String? = nil) {
        self.path = path
        self.message = message
        self.hint = hint
    }

    /// `path: message; hint`
    public var description: String { problem.description }

    package var problem: Problem { Problem(path: path, message: message, hint: hint) }
}

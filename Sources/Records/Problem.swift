/// A record, a file or an input that could not be read.
public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
    public var path: String
    /// Counted from 1; 0 when the whole file is meant.
    public var line: Int
    /// Whether `line` counts records: those of an array have no lines of their own.
    public var countsRecords = false
    public var fault: Fault

    public init(path: String, line: Int = 0, _ fault: Fault) {
        (self.path, self.line, self.fault) = (path, line, fault)
    }

    /// `path:line: what is wrong`, or `path: record 3: what is wrong`
    public var description: String {
        let place = line == 0 ? "" : countsRecords ? " record \(line):" : "\(line):"
        return "\(path):\(place) \(fault)"
    }
}

/// How problems are told: what is wrong, and for the users of whatever was built of this library the way out.
public struct Wording: Sendable {
    private let wayOut: @Sendable (Problem) -> String?

    /// - Parameter wayOut: of a problem what to do about it, as a clause; nil where nothing is to be said.
    public init(_ wayOut: @escaping @Sendable (Problem) -> String?) { self.wayOut = wayOut }

    /// Says no more than what is wrong.
    public static let plain = Wording { _ in nil }

    public func hint(for problem: Problem) -> String? {
        if case .told(_, let hint) = problem.fault { hint } else { wayOut(problem) }
    }

    /// `path:line: what is wrong; the way out`
    public func callAsFunction(_ problem: Problem) -> String {
        "\(problem)\(hint(for: problem).map { "; \($0)" } ?? "")"
    }
}

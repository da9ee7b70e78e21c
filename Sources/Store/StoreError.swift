import Glibc

/// Why a file of a store could not be read or written.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    public enum Reason: Sendable, Hashable {
        /// By `errno`.
        case system(Int32)
        /// What is there is not what was written.
        case damaged(String)
        /// Another process holds the lock.
        case locked
        /// Tests end a writer here as a kill would.
        case killed
    }

    public let path: String
    public let reason: Reason

    package init(path: String, _ reason: Reason) { (self.path, self.reason) = (path, reason) }

    /// By `errno`.
    static func system(_ path: String) -> StoreError { StoreError(path: path, .system(errno)) }

    /// Whether there is no such file.
    public var isMissing: Bool { reason == .system(ENOENT) }
    public var isDamage: Bool { if case .damaged = reason { true } else { false } }

    public var description: String { "\(path): \(reason)" }
}

extension StoreError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .system(let number): unsafe String(cString: strerror(number))
        case .damaged(let what): "damaged: \(what)"
        case .locked: "another process is writing"
        case .killed: "ended by a test"
        }
    }
}

import Synchronization

/// Ends a writer at one of its system calls, as a kill would: from then on nothing reaches the disk. For tests.
public final class Faults: Sendable {
    private let left: Atomic<Int>

    /// - Parameter calls: that are made before the end.
    public init(after calls: Int) { left = Atomic(calls) }

    /// Whether the end has come.
    public var hasStruck: Bool { left.load(ordering: .relaxed) < 0 }

    /// Called before each system call that changes the disk.
    func step(_ path: String) throws(StoreError) {
        if left.wrappingSubtract(1, ordering: .relaxed).newValue < 0 { throw StoreError(path: path, .killed) }
    }
}

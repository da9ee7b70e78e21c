import Records
import Synchronization

/// Texts that could be read in the first pass and not again, because a file was changed meanwhile: each is told once,
/// and no further pair of it is tried.
package final class LostTexts: Sendable {
    private let isEmpty = Atomic<Bool>(true)
    private let lost = Mutex<[DocumentNumber: Problem]>([:])

    private let isStopped: @Sendable () -> Bool

    /// - Parameter isStopped: whether nobody waits for the texts any more; then none is read, and none is lost.
    package init(isStopped: @escaping @Sendable () -> Bool = { false }) { self.isStopped = isStopped }

    /// In the order of the texts' numbers.
    package var problems: [Problem] { lost.withLock { lost in lost.sorted { $0.key < $1.key }.map(\.value) } }

    func contains(_ text: DocumentNumber) -> Bool {
        !isEmpty.load(ordering: .relaxed) && lost.withLock { $0[text] != nil }
    }

    /// Reads a text; nil if it is lost.
    package func attempt<R>(_ text: DocumentNumber, _ read: () throws(Problem) -> R) -> R? {
        if isStopped() { return nil }
        do throws(Problem) {
            return try read()
        } catch {
            lost.withLock { lost in
                if lost[text] == nil { lost[text] = error }
            }
            isEmpty.store(false, ordering: .relaxed)
            return nil
        }
    }

    /// Reads two texts, the first to be held for the second; nil if one of them is lost.
    func attempt<R>(
        _ a: DocumentNumber, _ b: DocumentNumber, hold: (DocumentNumber) throws(Problem) -> Void,
        compare: (DocumentNumber) throws(Problem) -> R
    ) -> R? {
        guard !contains(a), !contains(b) else { return nil }
        guard attempt(a, { () throws(Problem) in try hold(a) }) != nil else { return nil }
        return attempt(b) { () throws(Problem) in try compare(b) }
    }
}

import Records
import Synchronization

/// Texts that could be read in the first pass and not again, because a file was changed meanwhile: each is told once,
/// and no further pair of it is tried.
package final class LostTexts: Sendable {
    private let isEmpty = Atomic<Bool>(true)
    private let lost = Mutex<[UInt32: Problem]>([:])

    package init() {}

    /// In the order of the texts' numbers.
    package var problems: [Problem] { lost.withLock { lost in lost.sorted { $0.key < $1.key }.map(\.value) } }

    func contains(_ text: UInt32) -> Bool {
        !isEmpty.load(ordering: .relaxed) && lost.withLock { $0[text] != nil }
    }

    /// Reads a text; nil if it is lost.
    package func attempt<R>(_ text: UInt32, _ read: () throws(Problem) -> R) -> R? {
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
        _ a: UInt32, _ b: UInt32, hold: (UInt32) throws(Problem) -> Void, compare: (UInt32) throws(Problem) -> R
    ) -> R? {
        guard !contains(a), !contains(b) else { return nil }
        guard attempt(a, { () throws(Problem) in try hold(a) }) != nil else { return nil }
        return attempt(b) { () throws(Problem) in try compare(b) }
    }
}

import Inputs
public import Records
import Synchronization

/// Texts that could be read in the first pass and not again, because a file was changed meanwhile: each is told once,
/// and no further pair of it is tried.
final class LostTexts: Sendable {
    private let isEmpty = Atomic<Bool>(true)
    private let lost = Mutex<[UInt32: Problem]>([:])

    /// In the order of the texts' numbers.
    var problems: [Problem] { lost.withLock { lost in lost.sorted { $0.key < $1.key }.map(\.value) } }

    func contains(_ text: UInt32) -> Bool {
        !isEmpty.load(ordering: .relaxed) && lost.withLock { $0[text] != nil }
    }

    /// Reads a text; nil if it is lost.
    func attempt<R>(_ text: UInt32, _ read: () throws(Problem) -> R) -> R? {
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
}

import Records
import Stages

/// What new documents are labelled with, where no label that was ever given moves: those of the clusters of the index
/// that they come to, or of their own.
///
/// Where a report goes, what is inside goes along, so that levels nest.
struct StickyLabels {
    /// Of each new document by level, numbers within the index.
    private(set) var labels: [[UInt32]]

    private let all: Neighbourhood
    /// Of each new document.
    private let numbers: [UInt32]

    /// - Parameter numbers: of the new documents.
    init(_ all: Neighbourhood, numbers: [UInt32]) {
        (self.all, self.numbers) = (all, numbers)
        labels = (0..<all.newCount).map { Array(repeating: numbers[$0], count: Level.allCases.count) }
        for document in 0..<all.newCount where all.isAsked[document] {
            labels[document] = labels(of: DocumentNumber(document))
        }
    }

    private func old(_ document: DocumentNumber, _ level: Level) -> UInt32 {
        all.history.labels[all.index(document)][level.number]
    }

    /// From the innermost level outwards: where it meets a document of the index, it is what that one is from there on.
    private func labels(of document: DocumentNumber) -> [UInt32] {
        var found: [UInt32] = [], voice = document
        for level in Level.allCases {
            if level == .event, let choice = all.events?.choices[voice] {
                switch choice {
                case .event(let event): found.append(event)
                case .new(let report): found.append(numbers[report.index])
                }
                continue
            }
            guard let labels = all.labels[level] else {
                // What is not judged is as the outermost that is.
                found.append(found.last!)
                continue
            }
            let representative = labels[voice.index]
            if all.isOfIndex(representative) {
                return found + Level.allCases[level.number...].map { old(representative, $0) }
            }
            found.append(numbers[representative.index])
            voice = representative
        }
        return found
    }
}

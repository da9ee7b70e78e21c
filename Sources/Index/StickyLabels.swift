import MinHash
import Records
import Stages

/// What new documents are labelled with, where no label that was ever given moves: those of the clusters of the index
/// that they come to, or of their own.
///
/// An event of the neighbourhood may hold reports of several events of the index: each new one goes to the one that it
/// resembles most, and what is inside goes along, so that levels nest.
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
        let events = events()
        for document in 0..<all.newCount where all.isAsked[document] {
            labels[document] = labels(of: DocumentNumber(document), events)
        }
    }

    private func old(_ document: DocumentNumber, _ level: Level) -> UInt32 {
        all.history.labels[all.index(document)][level.number]
    }

    /// From the innermost level outwards: where it meets a document of the index, it is what that one is from there on.
    private func labels(of document: DocumentNumber, _ events: [DocumentNumber: DocumentNumber]) -> [UInt32] {
        var found: [UInt32] = [], voice = document
        for level in Level.allCases {
            guard let labels = all.labels[level] else {
                // What is not judged is as the outermost that is.
                found.append(found.last!)
                continue
            }
            let representative = (level == .event ? events[voice] : nil) ?? labels[voice.index]
            if all.isOfIndex(representative) {
                return found + Level.allCases[level.number...].map { old(representative, $0) }
            }
            found.append(numbers[representative.index])
            voice = representative
        }
        return found
    }

    /// Of each new voice whose event holds some of the index, one of the event that it goes to.
    private func events() -> [DocumentNumber: DocumentNumber] {
        guard let labels = all.labels[.event], let copies = all.labels[.copy] else { return [:] }
        var there: [DocumentNumber: [DocumentNumber]] = [:], new: [DocumentNumber] = []
        for document in all.documents.numbers where copies[document.index] == document {
            if all.isOfIndex(document) {
                there[labels[document.index], default: []].append(document)
            } else if all.isAsked[document.index], all.isOfIndex(labels[document.index]) {
                new.append(document)
            }
        }
        var chosen: [DocumentNumber: DocumentNumber] = [:]
        for voice in new {
            let events = Dictionary(grouping: there[labels[voice.index]]!) { old($0, .event) }
            let averages = events.map { event, voices in
                let sum = voices.reduce(0) { $0 + all.eventScore(voice, $1) }
                return (score: sum / Double(voices.count), event: event)
            }
            // Ties go to what was there first.
            let best =
                events.count == 1
                ? events.keys.first! : averages.max { ($0.score, $1.event) < ($1.score, $0.event) }!.event
            chosen[voice] = events[best]![0]
        }
        return chosen
    }
}

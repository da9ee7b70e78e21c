import MinHash
import Records
import Stages

/// What new documents are labelled with, where no label that was ever given moves: those of the clusters of the index
/// that they come to, or of their own.
///
/// A cluster of the neighbourhood may hold documents of several clusters of the index: each new document goes to the one
/// that it resembles most, and what is inside goes along, so that levels nest.
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
        let copies = choices(at: .copy) { pairs in all.resemblances(pairs) }
        let events = choices(at: .event) { pairs in
            pairs.map { all.eventScore($0.a, $0.b) }
        }
        for document in 0..<all.newCount where all.isAsked[document] {
            labels[document] = labels(of: DocumentNumber(document), copies, events)
        }
    }

    private func old(_ document: DocumentNumber, _ level: Level) -> UInt32 {
        all.history.labels[document.index - all.newCount][level.number]
    }

    /// From the innermost level outwards: where it meets a document of the index, it is what that one is from there on.
    private func labels(
        of document: DocumentNumber, _ copies: [DocumentNumber: DocumentNumber],
        _ events: [DocumentNumber: DocumentNumber]
    ) -> [UInt32] {
        var found: [UInt32] = []
        var voice = document
        for level in Level.allCases {
            guard let labels = all.labels[level] else {
                // What is not judged is as the outermost that is.
                found.append(found.last!)
                continue
            }
            var representative = labels[voice.index]
            if let chosen = (level == .copy ? copies : level == .event ? events : [:])[voice] {
                representative = chosen
            }
            if all.isOfIndex(representative) {
                return found + Level.allCases[level.number...].map { old(representative, $0) }
            }
            found.append(numbers[representative.index])
            voice = representative
        }
        return found
    }

    /// Of each new representative whose cluster holds documents of the index, the one that it goes to.
    ///
    /// - Parameter scores: how alike pairs are, the new one first; ties go to what was there first.
    private func choices(
        at level: Level, scores: ([CandidatePair<OfDocument>]) -> [Double]
    ) -> [DocumentNumber: DocumentNumber] {
        guard let labels = all.labels[level], let inner = all.labels[Level.allCases[level.number - 1]] else { return [:] }
        var new: [DocumentNumber: [DocumentNumber]] = [:], old: [DocumentNumber: [DocumentNumber]] = [:]
        for document in all.documents.numbers where inner[document.index] == document {
            if all.isOfIndex(document) {
                old[labels[document.index], default: []].append(document)
            } else if all.isAsked[document.index], labels[document.index] != document {
                new[labels[document.index], default: []].append(document)
            }
        }
        var chosen: [DocumentNumber: DocumentNumber] = [:], pairs: [CandidatePair<OfDocument>] = []
        for (cluster, documents) in new {
            guard let there = old[cluster], let first = there.first else { continue }
            if there.allSatisfy({ self.old($0, level) == self.old(first, level) }) {
                for document in documents { chosen[document] = first }
            } else {
                for document in documents { pairs += there.map { CandidatePair(document, $0) } }
            }
        }
        // Several clusters of the index in one: the most alike on average decides.
        var sums: [DocumentNumber: [UInt32: (sum: Double, best: Double, count: Int, first: DocumentNumber)]] = [:]
        pairs.sort()
        for (pair, score) in zip(pairs, scores(pairs)) {
            var held = sums[pair.a, default: [:]][self.old(pair.b, level)] ?? (0, 0, 0, pair.b)
            held = (held.sum + score, max(held.best, score), held.count + 1, held.first)
            sums[pair.a, default: [:]][self.old(pair.b, level)] = held
        }
        for (document, clusters) in sums {
            func measure(_ label: UInt32) -> Double {
                let cluster = clusters[label]!
                return level == .event ? cluster.sum / Double(cluster.count) : cluster.best
            }
            let best = clusters.keys.sorted().max { measure($0) < measure($1) }!
            // `max` gives the last of equals.
            let first = clusters.keys.sorted().first { measure($0) == measure(best) }!
            chosen[document] = clusters[first]!.first
        }
        return chosen
    }
}

import TestSupport
import Testing
import Workers

@testable import Event

/// New documents among those of before, against all documents at once.
@Suite struct EventAdditionTests {
    private static let parameters = EventParameters()

    /// Documents that are added some at a time, as a caller does that keeps what is to be kept.
    private struct Keeper {
        let few: Int
        /// Those with weights first.
        var kept: [KeptReport] = []

        func history(with new: [EventDocument]) -> EventHistory {
            var history = EventHistory()
            let weighed = kept.filter { EventHistory.isWeighed($0.header[...]) }
            var isSound = true
            for report in kept.dropFirst(weighed.count) {
                isSound = history.append(header: report.header[...], terms: report.terms[...]) && isSound
            }
            for document in new { history.append(document) }
            for report in weighed {
                isSound = history.append(header: report.header[...], terms: report.terms[...]) && isSound
            }
            for (document, report) in weighed.enumerated() {
                for pair in report.pairs { isSound = history.append(pair, of: document) && isSound }
            }
            #expect(isSound)
            return history
        }

        mutating func add(_ new: [EventDocument], _ workers: Workers = Workers(count: 2)) -> EventAddition {
            let history = history(with: new)
            let addition = EventAddition(history, new: kept.count, few: few, parameters: parameters, workers: workers)
            kept = kept.prefix(history.weighed) + (history.weighed..<history.count).map(addition.kept)
            return addition
        }
    }

    /// The clusters that hold a document from `new` on.
    private func clusters(_ labels: [VoiceNumber], new: Int) -> Set<[Int]> {
        Set(Dictionary(grouping: labels.indices) { labels[$0] }.values.filter { $0.last! >= new }.map { Array($0) })
    }

    private func parts(_ documents: [EventDocument], _ random: inout SplitMix64) -> [[EventDocument]] {
        var parts: [[EventDocument]] = [], rest = documents[...]
        while !rest.isEmpty {
            parts.append(Array(rest.prefix(Int.random(in: 1...40, using: &random))))
            rest = rest.dropFirst(parts.last!.count)
        }
        return parts
    }

    /// As long as there are few, what is new is judged as if all were.
    @Test(arguments: 1...12) func fewAreWeighedAnew(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let documents = inventedDocuments(Int.random(in: 20...150, using: &random), seed: seed)
        var keeper = Keeper(few: .max), count = 0
        for part in parts(documents, &random) {
            let addition = keeper.add(part), all = Array(documents[..<(count + part.count)])
            let whole = EventClustering(all, parameters: Self.parameters, workers: Workers(count: 1))
            #expect(clusters(addition.labels, new: count) == clusters(whole.labels, new: count))
            #expect(!addition.keepsWeights)
            for a in count..<all.count {
                for b in 0..<a where addition.similarity(VoiceNumber(a), VoiceNumber(b)) > 0 {
                    let (one, other) = (VoiceNumber(a), VoiceNumber(b))
                    #expect(abs(addition.similarity(one, other) - whole.score(one, other)) < 1e-4)
                }
            }
            count += part.count
        }
    }

    /// What is worked out around new documents is what all pairs give, kept ones and new ones.
    @Test(arguments: 1...12) func aPartTellsWhatTheWholeDoes(seed: UInt64) {
        var random = SplitMix64(seed: seed), keeper = Keeper(few: Int.random(in: 0...30, using: &random)), count = 0
        let documents = inventedDocuments(Int.random(in: 60...200, using: &random), seed: seed)
        for part in parts(documents, &random) {
            let pairs = keeper.history(with: part).pairs
            count += part.count
            let addition = keeper.add(part), vectors = addition.score.vectors
            let all = (pairs + addition.found).sorted { ($0.second, $0.first) < ($1.second, $1.first) }
            let score = PairScore(
                vectors: vectors, company: Company(all, vectors, window: 30),
                recurrence: Recurrence(all, vectors, model: .trained, window: 30), model: .trained,
                parameters: Self.parameters)
            let scored = score.scored(all, workers: Workers(count: 1))
            let labels = Event.clusters(scored, documents: count, threshold: 0.5, workers: Workers(count: 1))
            let new = count - part.count
            #expect(clusters(addition.labels, new: new) == clusters(labels, new: new))
            for a in new..<count {
                for b in 0..<a where labels[a] == labels[b] {
                    let pair = scored.first { ($0.first, $0.second) == (Int32(b), Int32(a)) }
                    let similarity = Double(pair?.similarity ?? 0) / SimilarPair.unit
                    #expect(addition.similarity(VoiceNumber(a), VoiceNumber(b)) == similarity)
                }
            }
        }
        #expect(keeper.kept.contains { !$0.pairs.isEmpty })
    }

    /// Kept weights change little: nearly all pairs of documents are together or apart as they are at once.
    @Test func keptWeightsTellNearlyTheSame() {
        let documents = inventedDocuments(600, seed: 5)
        var keeper = Keeper(few: 0), together = 0, differ = 0
        for first in stride(from: 0, to: 600, by: 60) {
            let part = Array(documents[first..<first + 60]), addition = keeper.add(part)
            let whole = EventClustering(
                Array(documents[..<(first + 60)]), parameters: Self.parameters, workers: Workers(count: 1))
            for a in first..<first + 60 {
                for b in 0..<a {
                    let isWhole = whole.labels[a] == whole.labels[b], isOne = addition.labels[a] == addition.labels[b]
                    together += isWhole || isOne ? 1 : 0
                    differ += isWhole == isOne ? 0 : 1
                }
            }
        }
        #expect(together > 500 && differ * 20 < together, "\(differ) of \(together)")
    }

    /// A name that one report told alone is what tomorrow's finds it by.
    @Test func aWordOfOneReportIsFoundTomorrow() throws {
        var keeper = Keeper(few: 0)
        var old = inventedDocuments(300, seed: 3)
        let prose = ["the", "of", "and", "to", "in", "said", "that", "for", "on", "was", "with"]
        let text = (0..<30).flatMap { ["unheard\($0)", prose[$0 % 11], prose[$0 * 3 % 11]] }
        old.insert(EventDocument(terms: bag(text.map(hash)), day: 1), at: 100)
        _ = keeper.add(old)
        let addition = keeper.add([EventDocument(terms: bag(text.map(hash)), day: 1)])
        #expect(addition.labels[301].index == 100)
        #expect(addition.found.map { [$0.first, $0.second] } == [[100, 301]])
    }

    /// Documents that come to be asked for late, behind others with weights.
    @Test func aLateDocumentIsComparedWithAll() {
        let documents = inventedDocuments(200, seed: 9)
        var keeper = Keeper(few: 0)
        _ = keeper.add(documents.enumerated().filter { $0.offset != 17 }.map(\.element))
        let addition = keeper.add([documents[17]])
        let whole = EventClustering(documents, parameters: Self.parameters, workers: Workers(count: 1))
        let company = (0..<200).filter { $0 != 17 && whole.labels[$0] == whole.labels[17] }
        #expect(!company.isEmpty)
        #expect(
            company.map { $0 < 17 ? $0 : $0 - 1 } == (0..<199).filter { addition.labels[$0] == addition.labels[199] })
    }

    /// Nothing that is read ends the process: it is refused, or taken for what it says.
    @Test func anyWordsAreReadOrRefused() {
        var random = SplitMix64(seed: 1), refused = 0
        for _ in 0..<300 {
            var keeper = Keeper(few: 0)
            _ = keeper.add(inventedDocuments(20, seed: random.next()))
            var history = EventHistory()
            for document in inventedDocuments(5, seed: random.next()) { history.append(document) }
            for report in keeper.kept {
                var (header, terms) = (report.header, report.terms)
                if random.flip(0.3) { header[random.below(header.count)] ^= 1 << UInt64(random.below(64)) }
                // Whether one has weights is asked before it is added.
                header[2] |= 1 << 32
                if random.flip(0.3), !terms.isEmpty { terms[random.below(terms.count)] = random.next() }
                if !history.append(header: header[...], terms: terms[...]) { refused += 1 }
            }
            for _ in 0..<40 {
                let raw = Int32(truncatingIfNeeded: random.next())
                let pair = KeptReport.Pair(
                    other: random.below(25) - 2, alone: random.flip(0.5) ? raw : raw >> 9, part: raw >> 10)
                if !history.append(pair, of: random.below(22)) { refused += 1 }
            }
            let addition = EventAddition(history, new: history.weighed, few: 0, workers: Workers(count: 1))
            #expect(addition.labels.count == history.weighed + 5)
        }
        #expect(refused > 100)
    }
}

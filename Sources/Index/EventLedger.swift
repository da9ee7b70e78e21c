import Event
import Records
import Stages
import Store

/// The reports of the window of days with what is kept of them. What nothing is kept of is read: an index of before, and
/// who has come to represent copies since.
struct EventLedger {
    /// So many reports, new ones among them, are all weighed anew each time: that is soon done, and the fewer there are,
    /// the more each further one changes what is rare.
    @TaskLocal static var few = 512

    /// Those that have weights, then the others.
    let voices: [EventWindow.Voice]
    /// How many have weights.
    let weighed: Int
    /// These, and behind them the new ones.
    private var history = EventHistory()
    /// Segments of whose reports some are not kept.
    private(set) var lacking: Set<Int> = []
    /// Segments that have no report in the window any more.
    private(set) var closed: Set<Int> = []

    /// - Parameter new: reports.
    init(_ snapshot: Snapshot, day: Int64?, new: [EventDocument], _ run: Run) throws(IndexError) {
        var kept: [KeptReports] = [], missing: [EventWindow.Voice] = []
        do throws(StoreError) {
            let window = try EventWindow(snapshot.segments, snapshot.manifest, day: day)
            for (at, voices) in window.voices.enumerated() {
                if voices.isEmpty {
                    closed.insert(at)
                } else if let events = snapshot.segments[at].events {
                    let reports = try KeptReports(events, voices)
                    kept.append(reports)
                    missing += reports.missing
                } else {
                    missing += voices
                }
            }
        } catch {
            throw .store(error)
        }
        lacking = Set(missing.map(\.place.segment))
        var others: [(voice: EventWindow.Voice, add: (inout EventHistory) -> Bool)] = []
        for (voice, report) in zip(missing, try Self.terms(of: missing, snapshot, run)) {
            others.append(
                (
                    voice,
                    {
                        $0.append(report)
                        return true
                    }
                ))
        }
        do throws(StoreError) {
            for reports in kept { others += try reports.unweighed() }
            others.sort { $0.voice.place < $1.voice.place }
            for other in others where !other.add(&history) {
                throw StoreError(path: snapshot.folder.path, .damaged("a report that cannot have been kept"))
            }
            for document in new { history.append(document) }
            for reports in kept { try reports.addWeighed(to: &history) }
            voices = kept.flatMap(\.weighed) + others.map(\.voice)
            weighed = history.weighed
            try addPairs(of: kept)
        } catch {
            throw .store(error)
        }
    }

    /// What is known of all reports: once, for it is much.
    mutating func takeHistory() -> EventHistory {
        defer { history = EventHistory() }
        return history
    }

    private static func terms(
        of voices: [EventWindow.Voice], _ snapshot: Snapshot, _ run: Run
    ) throws(IndexError) -> [EventDocument] {
        if voices.isEmpty { return [] }
        let source = IndexSource(snapshot, places: voices.map(\.place))
        var options = run.options
        options.level = .exact
        let documents = try source.firstPass(Run(run.definition, options), memory: .unlimited).documents
        let terms = EventTerms(documents, Array(documents.numbers), run)
        try source.requireAll()
        return terms.documents
    }

    /// Those with what is still in the window.
    private mutating func addPairs(of kept: [KeptReports]) throws(StoreError) {
        let numbers = voices[..<weighed].map(\.number)
        guard let first = numbers.min(), let last = numbers.max() else { return }
        // By number from the first on, one more than which it is; 0 for none.
        var places = [UInt32](repeating: 0, count: Int(last - first) + 1)
        for (at, number) in numbers.enumerated() { places[Int(number - first)] = UInt32(at + 1) }
        var next = 0
        for reports in kept {
            try reports.forEachPair { report, number, alone, part throws(StoreError) in
                guard number >= first, number <= last, places[Int(number - first)] > 0 else { return }
                let pair = KeptReport.Pair(other: Int(places[Int(number - first)]) - 1, alone: alone, part: part)
                guard history.append(pair, of: next + report) else { throw reports.file.damage }
            }
            next += reports.weighed.count
        }
    }
}

/// What is kept of the reports of one segment that are in the window.
private struct KeptReports {
    let file: EventFile
    /// Those that have weights.
    private(set) var weighed: [EventWindow.Voice] = []
    /// Those of which nothing is kept.
    private(set) var missing: [EventWindow.Voice] = []
    private var others: [(voice: EventWindow.Voice, place: Int)] = []
    /// Of those that have weights, in the file.
    private var places: [Int] = []
    private let headers: [UInt64]

    /// - Parameter voices: ascending.
    init(_ events: PagedFile, _ voices: [EventWindow.Voice]) throws(StoreError) {
        file = try EventFile(events)
        headers = try file.headers(file.numbers.indices)
        var place = 0
        for voice in voices {
            while place < file.numbers.count, file.numbers[place] < voice.number { place += 1 }
            if place == file.numbers.count || file.numbers[place] != voice.number {
                missing.append(voice)
            } else if EventHistory.isWeighed(header(place)) {
                weighed.append(voice)
                places.append(place)
            } else {
                others.append((voice, place))
            }
        }
    }

    private func header(_ place: Int) -> ArraySlice<UInt64> {
        headers[file.headerPlaces(place, in: file.numbers.indices)]
    }

    /// How to add those that have no weights.
    func unweighed() throws(StoreError) -> [(voice: EventWindow.Voice, add: (inout EventHistory) -> Bool)] {
        var all: [(voice: EventWindow.Voice, add: (inout EventHistory) -> Bool)] = []
        for (voice, place) in others {
            let header = header(place), terms = try file.terms(place..<place + 1)
            all.append((voice, { $0.append(header: header, terms: terms[...]) }))
        }
        return all
    }

    func addWeighed(to history: inout EventHistory) throws(StoreError) {
        for row in rows(of: places) {
            let terms = try file.terms(row)
            for place in row {
                guard history.append(header: header(place), terms: terms[file.termPlaces(place, in: row)]) else {
                    throw file.damage
                }
            }
        }
    }

    /// Calls `body` with each pair: which of those that have weights, the number of the other, and two values.
    func forEachPair(
        _ body: (_ report: Int, _ other: UInt32, _ alone: Int32, _ part: Int32) throws(StoreError) -> Void
    ) throws(StoreError) {
        var report = 0
        for row in rows(of: places) {
            let pairs = try file.pairs(row)
            for place in row {
                let own = file.pairPlaces(place, in: row)
                for word in stride(from: own.lowerBound, to: own.upperBound, by: EventRecords.pairSize) {
                    try body(
                        report, pairs[word], Int32(bitPattern: pairs[word + 1]), Int32(bitPattern: pairs[word + 2]))
                }
                report += 1
            }
        }
    }
}

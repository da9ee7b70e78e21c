import Event
import Records
import Stages
import Store
import Tables

/// Where new reports belong among those of the window of days.
struct EventJudgement {
    enum Choice {
        /// An event of the index, by what it is called.
        case event(UInt32)
        /// That of a new report: its own, or that of another.
        case new(DocumentNumber)
    }

    /// Of each new report.
    private(set) var choices: [DocumentNumber: Choice] = [:]
    let ledger: EventLedger
    let addition: EventAddition
    /// New ones, in order of preference.
    let reports: [DocumentNumber]
    /// Of texts that could not be read.
    let problems: [Problem]

    /// - Parameter day: of what is being added.
    init(
        _ documents: Documents, new reports: [DocumentNumber], in snapshot: Snapshot, day: Int64?, _ run: Run
    ) throws(IndexError) {
        self.reports = reports
        var ledger: EventLedger
        do {
            // No longer there than needed.
            let terms = EventTerms(documents, reports, run)
            problems = terms.problems
            ledger = try EventLedger(snapshot, day: day, new: terms.documents, run)
        }
        addition = EventAddition(
            ledger.takeHistory(), new: ledger.voices.count, few: EventLedger.few, parameters: run.definition.event,
            workers: run.options.workers)
        self.ledger = ledger
        choose()
    }

    /// An event of now may hold reports of several events of the index: each new one goes to the one that it resembles
    /// most.
    private mutating func choose() {
        let standing = ledger.voices.count, labels = addition.labels
        let wanted = Set(labels[standing...].lazy.filter { $0.index < standing })
        var events: [VoiceNumber: [UInt32: [VoiceNumber]]] = [:]
        for (at, voice) in ledger.voices.enumerated() where wanted.contains(labels[at]) {
            events[labels[at], default: [:]][voice.event, default: []].append(VoiceNumber(at))
        }
        for (at, report) in reports.enumerated() {
            let own = VoiceNumber(standing + at), label = labels[own.index]
            guard label.index < standing else {
                choices[report] = .new(reports[label.index - standing])
                continue
            }
            let there = events[label]!
            let averages = there.map { event, voices in
                let sum = there.count == 1 ? 0 : voices.reduce(0) { $0 + addition.similarity(own, $1) }
                return (score: sum / Double(voices.count), event: event)
            }
            // Ties go to what was there first.
            choices[report] = .event(averages.max { ($0.score, $1.event) < ($1.score, $0.event) }!.event)
        }
    }

    /// Who represents the events of the index that new reports go to.
    var hosts: Set<UInt32> {
        Set(choices.values.compactMap { if case .event(let event) = $0 { event } else { nil } })
    }

    /// What is to be kept of new reports.
    ///
    /// - Parameter numbers: what new documents are called.
    func records(_ numbers: [UInt32]) -> EventRecords {
        var records = EventRecords()
        let standing = ledger.voices.count
        for (number, at) in reports.enumerated().map({ (numbers[$1.index], standing + $0) }).sorted(by: <) {
            records.append(number, addition.kept(at)) { name($0, numbers) }
        }
        return records
    }

    /// What is to be kept of the reports of a segment from now on; nil where that is what is kept already.
    func records(of segment: Int, _ events: PagedFile?, _ numbers: [UInt32]) throws(StoreError) -> EventRecords? {
        let weighed = ledger.weighed
        let hasUnweighed = ledger.voices[weighed...].contains { $0.place.segment == segment }
        guard addition.keepsWeights ? hasUnweighed : ledger.lacking.contains(segment) else { return nil }
        let file = try events.map { file throws(StoreError) in try EventFile(file) }
        var records = EventRecords()
        let own = ledger.voices.enumerated().filter { $1.place.segment == segment }
        for (at, voice) in own.sorted(by: { $0.element.number < $1.element.number }) {
            if at >= weighed {
                records.append(voice.number, addition.kept(at)) { name($0, numbers) }
            } else if let file {
                let place = file.numbers.partitioningIndex { $0 >= voice.number }
                try records.append(file, place..<place + 1)
            }
        }
        return records
    }

    private func name(_ voice: Int, _ numbers: [UInt32]) -> UInt32 {
        let standing = ledger.voices.count
        return voice < standing ? ledger.voices[voice].number : numbers[reports[voice - standing].index]
    }
}

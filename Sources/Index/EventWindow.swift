import Dates
import Records
import Stages
import Store

/// The reports that new ones may tell the same event as: those of the last days, of events that have had one since.
///
/// The days are those of the index, not of the clock: an addition is of the day that half of its dated documents are of
/// or before, and no day goes back. An event is open as long as a text of it is of the window before that day; a text
/// without a day is of the day on which it was added.
struct EventWindow {
    /// Texts that stand for their copies.
    private(set) var voices: [Place] = []

    /// - Parameter day: of what is being added, as `IndexDay` has it.
    init(_ snapshot: Snapshot, day: Int64?) throws(StoreError) {
        let window = snapshot.definition.definition.event.window
        let first = day.map { Double($0) - window * 86_400 }
        for (at, segment) in snapshot.segments.enumerated() {
            if let first, segment.entry.lastDay.map({ Double($0) < first }) ?? true { continue }
            let reader = SegmentReader(segment), all = 0..<segment.documents
            let state = try SegmentState(reader)
            let numbers = try reader.values(UInt32.self, .numbers, all)
            let dates = try reader.values(Int64.self, .dates, all)
            for place in all where state.isLive[place] != 0 && state.labels[Level.copy.number][place] == numbers[place]
            {
                let own = dayOfKey(dates[place]) ?? snapshot.manifest.day(ofNumber: numbers[place])
                if let first, own.map({ Double($0) < first }) ?? true { continue }
                voices.append(Place(segment: at, place: place))
            }
        }
    }
}

/// The day of an addition: the median of its dates, so that a wrong one counts for little; none before that of the index.
func indexDay(_ manifest: Manifest, _ documents: Documents, where isIn: [Bool]) -> Int64? {
    let days = documents.indices.filter { isIn[$0] }.compactMap { dayOfKey(documents.dates[$0]) }.sorted()
    return [manifest.day, days.isEmpty ? nil : days[(days.count - 1) / 2]].compactMap { $0 }.max()
}

/// Seconds since 1970; nil where no day is known.
func dayOfKey(_ key: Int64) -> Int64? {
    guard key != Documents.undated else { return nil }
    let date = RecordDate(key: key)
    return date.isCoarse ? nil : date.seconds
}

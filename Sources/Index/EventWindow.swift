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
    /// A text that stands for its copies.
    struct Voice {
        let place: Place
        /// What it and its event are called.
        let number, event: UInt32
    }

    /// Of each segment, ascending.
    private(set) var voices: [[Voice]] = []

    /// - Parameter day: of what is being added, as `indexDay` has it.
    init(_ segments: [Segment], _ manifest: Manifest, day: Int64?) throws(StoreError) {
        let window = manifest.definition.definition.event.window
        let first = day.map { Double($0) - window * 86_400 }
        for (at, segment) in segments.enumerated() {
            var voices: [Voice] = []
            if first.map({ first in segment.entry.lastDay.map { Double($0) >= first } ?? false }) ?? true {
                let reader = SegmentReader(segment), all = 0..<segment.documents
                let flags = try reader.state.values(UInt8.self, at: 0, all)
                let numbers = try reader.values(UInt32.self, .numbers, all)
                let dates = try reader.values(Int64.self, .dates, all)
                for place in all where SegmentState.representsCopy(flags[place]) {
                    let own = dayOfKey(dates[place]) ?? manifest.day(ofNumber: numbers[place])
                    if let first, own.map({ Double($0) < first }) ?? true { continue }
                    voices.append(
                        Voice(
                            place: Place(segment: at, place: place), number: numbers[place],
                            event: try reader.label(.event, place)))
                }
            }
            self.voices.append(voices)
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

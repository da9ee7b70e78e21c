import Records
import Stages
import Store

extension Transaction {
    /// Takes documents away. What was labelled with one of them is labelled with the preferred one of those left.
    ///
    /// - Parameters:
    ///   - gone: their numbers.
    ///   - kind: as the journal calls it.
    /// - Complexity: reads the states of all segments.
    func remove(_ gone: Set<UInt32>, kind: String) throws(IndexError) {
        guard !gone.isEmpty else { return }
        do throws(StoreError) {
            let reader = SnapshotReader(snapshot)
            var states: [SegmentState] = [], numbers: [[UInt32]] = [], changed: Set<Int> = []
            for (at, segment) in reader.segments.enumerated() {
                states.append(try SegmentState(segment))
                numbers.append(try segment.values(UInt32.self, .numbers, 0..<segment.documents))
                for place in 0..<segment.documents where gone.contains(numbers[at][place]) {
                    guard states[at].isLive[place] != 0 else { continue }
                    states[at].isLive[place] = 0
                    changed.insert(at)
                    let there = Place(segment: at, place: place)
                    journal.gone(
                        kind, numbers[at][place], id: try reader.id(there),
                        record: kind == "superseded" ? try reader.record(there) : nil)
                }
            }
            for level in Level.allCases {
                changed.formUnion(try rename(level, gone, &states, numbers, reader))
            }
            try write(Dictionary(uniqueKeysWithValues: changed.map { ($0, states[$0]) }))
        } catch {
            throw .store(error)
        }
        try refresh()
    }

    /// Finds for each cluster whose representative is gone another one; returns the segments that it changed.
    private func rename(
        _ level: Level, _ gone: Set<UInt32>, _ states: inout [SegmentState], _ numbers: [[UInt32]],
        _ reader: SnapshotReader
    ) throws(StoreError) -> Set<Int> {
        var heirs: [UInt32: Preference] = [:], members: [Place] = []
        for at in states.indices {
            let labels = states[at].labels[level.number]
            for place in labels.indices where states[at].isLive[place] != 0 && gone.contains(labels[place]) {
                members.append(Place(segment: at, place: place))
                // Who represents a cluster represents one at each level inside it.
                let number = numbers[at][place]
                if level > .exact, states[at].labels[level.number - 1][place] != number { continue }
                let own = try Preference(reader.segments[at], place, number, manifest.definition.definition.keep)
                heirs[labels[place]] = min(heirs[labels[place]] ?? own, own)
            }
        }
        for member in members {
            let old = states[member.segment].labels[level.number][member.place]
            guard let heir = heirs[old] else {
                throw reader.segments[member.segment].damage("a cluster of which nobody can be the representative")
            }
            states[member.segment].labels[level.number][member.place] = heir.number
            journal.moved(numbers[member.segment][member.place], level, from: old, to: heir.number)
        }
        return Set(members.map(\.segment))
    }
}

/// Where a document stands in the order of preference.
private struct Preference: Comparable {
    let date: Int64
    let length: UInt32
    let number: UInt32

    init(_ segment: SegmentReader, _ place: Int, _ number: UInt32, _ keep: Keep) throws(StoreError) {
        date = keep == .earliest ? try segment.date(place) : 0
        length = keep == .first ? 0 : try segment.length(place)
        self.number = number
    }

    static func < (a: Preference, b: Preference) -> Bool { (a.date, b.length, a.number) < (b.date, a.length, b.number) }
}

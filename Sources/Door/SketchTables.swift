import Arrow
import DedupKit
import Stages

/// What the first pass makes of some documents of a dump, as tables.
struct SketchTables: Sendable {
    private let sketches: Sketches
    private let definition: Definition
    private let areKnown: Bool

    init(_ source: ArrowSource, _ options: Options, areKnown: Bool) {
        (definition, self.areKnown) = (options.definition, areKnown)
        sketches = Sketches(source, Run(options.definition, options.run))
    }

    var answer: Answer { Answer(["sketches": documents, "dates": dates]) }

    private func documents() -> OutTable {
        let shortest = UInt32(definition.shingleWidth), bands = definition.banding.bands
        var columns: [OutColumn] = [
            .integers("high", sketches.fingerprints.map { Int64(bitPattern: $0.high) }),
            .integers("low", sketches.fingerprints.map { Int64(bitPattern: $0.low) }),
            .integers("length", sketches.lengths.map { Int64($0) }),
            .integers("date_rank", ranks(sketches.dates)),
            .integers("date_rank_month_first", ranks(sketches.datesMonthFirst)),
            .integers("length_rank", sketches.lengths.map { Int64(definition.keep.rank(ofLength: $0)) }),
        ]
        let areTooShort = sketches.lengths.map { $0 < shortest }
        columns.append(.booleans("too_short", areTooShort))
        if !sketches.keys.isEmpty { columns.append(.lists("keys", of: bands, sketches.keys, isNull: areTooShort)) }
        return OutTable(columns)
    }

    private func ranks(_ dates: [Int64]) -> [Int64] {
        dates.map { definition.keep.rank(ofDate: $0, isKnown: areKnown) }
    }

    private func dates() -> OutTable {
        let notes = sketches.dateNotes
        let counts = [
            ("day_first", notes.dayFirst), ("month_first", notes.monthFirst), ("ambiguous", notes.ambiguous),
            ("unread", notes.unread),
        ]
        return OutTable([.strings("what", counts.map(\.0)), .integers("count", counts.map { Int64($0.1) })])
    }
}

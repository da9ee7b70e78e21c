import Glibc
import Tables

/// How many stories of other days are as like a document as one of its own days is.
///
/// Reports of one event are like each other and like nothing before and after. Of a form, a column, a series or a person
/// something as like comes again every few days, so that two that are of one day are so by chance.
package struct Recurrence: Sendable {
    package static let names = ["log of as like on other days"]

    /// Days further apart than this are other days.
    private static let sameDays = 2.5
    /// By how much less like a story may be, in log-odds.
    private static let slack: Int32 = Int32(SimilarPair.unit)

    /// Of each document how like it are those of other days within the window, whatever the days say; ascending.
    private let others: Groups<Int32>
    private let days: [Double?]
    private let window: Double
    private let model: EventModel

    init(_ pairs: [CandidatePair], _ vectors: TermVectors, model: EventModel, window: Double) {
        let days = (0..<vectors.count).map { vectors.header($0).day }
        (self.days, self.window, self.model) = (days, window, model)
        var far: [(likeness: Int32, first: Int32, second: Int32)] = []
        for pair in pairs where pair.alone > Company.least {
            guard let gap = gap(Int(pair.first), Int(pair.second), days), Self.isOther(gap, window) else { continue }
            far.append((pair.rawAlone - model.ofDays(gap), pair.first, pair.second))
        }
        far.sort { $0.likeness < $1.likeness }
        others = Groups(count: days.count) { place in
            for pair in far {
                place(Int(pair.first), pair.likeness)
                place(Int(pair.second), pair.likeness)
            }
        }
    }

    /// The logarithm of one more than there are, for that of the two that has fewer.
    func callAsFunction(_ pair: CandidatePair) -> Double {
        let (first, second) = (Int(pair.first), Int(pair.second))
        let gap = gap(first, second, days)
        let least = pair.rawAlone - model.ofDays(gap) - Self.slack
        let itself = gap.map { Self.isOther($0, window) } ?? false && pair.alone > Company.least ? 1 : 0
        func count(_ document: Int) -> Int {
            let others = others[document]
            return others.endIndex - others.partitioningIndex { $0 >= least } - itself
        }
        return log1p(Double(min(count(first), count(second))))
    }

    private static func isOther(_ gap: Double, _ window: Double) -> Bool { gap > sameDays && gap <= window }
}

private func gap(_ first: Int, _ second: Int, _ days: [Double?]) -> Double? {
    days[first].flatMap { day in days[second].map { abs(day - $0) } }
}

/// A fact that several reports tell.
public struct SharedFact: Sendable, Equatable {
    public var kind: FactOverlap.Fact.Kind
    /// As most of them have it.
    public var text: String
    /// See `FactOverlap.Fact`.
    public var weight: Double
    /// How many tell it.
    public var reports: Int

    public init(kind: FactOverlap.Fact.Kind, text: String, weight: Double, reports: Int) {
        (self.kind, self.text, self.weight, self.reports) = (kind, text, weight, reports)
    }
}

extension SharedFact {
    private static let most = 12
    private static let mostOfAKind = 4

    /// The facts of a report that at least half of all reports tell, it included, and one other at least: the heaviest
    /// first, at most twelve and four of a kind.
    ///
    /// A cluster has a most typical report; what half of it tells is seldom missing there, and to compare one with all
    /// others takes time linear in their number. O(*n* log *n*) of all their tokens.
    public static func of(_ report: FactText, and others: [FactText]) -> [SharedFact] {
        of(others.map { FactOverlap(report, $0) })
    }

    /// The same from the overlaps of a report, as the first text of each, with the others.
    public static func of(_ overlaps: [FactOverlap]) -> [SharedFact] {
        var gathering = Gathering()
        for (number, overlap) in overlaps.enumerated() {
            for fact in overlap.facts { gathering.add(fact, of: number) }
        }
        let least = max(2, (overlaps.count + 2) / 2)
        var facts = gathering.facts.filter { $0.reports >= least }.sorted(by: isHeavier)
        // A word of a name that another report writes by itself.
        let names = Set(facts.filter { $0.kind == .name }.flatMap { $0.text.lowercased().split(separator: " ") })
        facts.removeAll { $0.kind == .term && names.contains(Substring($0.text.lowercased())) }
        let told = FactOverlap.Fact.Kind.allCases
            .flatMap { kind in facts.filter { $0.kind == kind }.prefix(mostOfAKind) }
        return Array(told.sorted(by: isHeavier).prefix(most))
    }

    private static func isHeavier(_ one: SharedFact, _ other: SharedFact) -> Bool {
        (other.weight, one.kind.rawValue, one.text) < (one.weight, other.kind.rawValue, other.text)
    }
}

/// Facts that one report has in common with each of the others, put together where they stand in the same place of it:
/// "Emmanuel Macron" with the one and "Macron" with the next are one.
private struct Gathering {
    private struct Gathered {
        var kind: FactOverlap.Fact.Kind
        var others: Set<Int> = []
        /// The forms in which others have it.
        var forms: [String: (count: Int, weight: Double)] = [:]
    }

    private struct Place: Hashable {
        var kind: FactOverlap.Fact.Kind
        /// Of the report.
        var byte: Int
    }

    private var gathered: [Gathered] = []
    /// Which of them stands where.
    private var places: [Place: Int] = [:]

    mutating func add(_ fact: FactOverlap.Fact, of other: Int) {
        let bytes = fact.a.lazy.joined().map { Place(kind: fact.kind, byte: $0) }
        let known = bytes.first { places[$0] != nil }.map { places[$0]! }
        let place = known ?? gathered.count
        if known == nil { gathered.append(Gathered(kind: fact.kind)) }
        for byte in bytes { places[byte] = place }
        gathered[place].others.insert(other)
        gathered[place].forms[fact.text, default: (0, fact.weight)].count += 1
    }

    var facts: [SharedFact] {
        gathered.map { fact in
            let form = fact.forms.max {
                ($0.value.count, $0.value.weight, $1.key) < ($1.value.count, $1.value.weight, $0.key)
            }!
            return SharedFact(
                kind: fact.kind, text: form.key, weight: form.value.weight, reports: fact.others.count + 1)
        }
    }
}

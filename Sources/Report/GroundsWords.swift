import DedupKit
import JSON

extension PairGrounds {
    /// "texts .68, days +.04, company −.03, 61 stories in reach +.09"; where the texts alone do not reach the line, what
    /// takes them over it.
    package func words(threshold: Double) -> String {
        switch decider(threshold: threshold) {
        case .texts: words
        case .days: "days, not texts alone: \(words)"
        case .company: "company, not texts alone: \(words)"
        }
    }

    var words: String {
        "texts \(Self.shortened(texts)), days \(Self.signed(days)), company \(Self.signed(company)), "
            + "\(documents) stories in reach \(Self.signed(reach))"
    }

    private static func signed(_ value: Double) -> String {
        let told = shortened(abs(value))
        return told == ".00" ? told : (value < 0 ? "−" : "+") + told
    }

    private static func shortened(_ value: Double) -> String {
        let told = fixed(abs(value), decimals: 2)
        return (value < 0 && told != "0.00" ? "−" : "") + (told.hasPrefix("0") ? String(told.dropFirst()) : told)
    }
}

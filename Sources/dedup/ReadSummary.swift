import DedupKit
import Inputs

/// What was read, and which fields were taken for what.
struct ReadSummary: CustomStringConvertible {
    private let clustering: Clustering
    /// By role.
    private let names: [[String]]

    private static let roles = ["text", "id", "headline", "date", "outlet", "language"]

    init(_ clustering: Clustering, _ fields: Fields) {
        self.clustering = clustering
        var names = fields.byRole
        if let column = fields.textColumn { names[0] = ["column \(column)"] }
        self.names = names
    }

    var description: String {
        let use = clustering.fieldUse, texts = clustering.documents.count - use.records
        var parts: [String] = []
        if use.records > 0 {
            let there = Self.roles.indices.compactMap { found($0) }
            let lacking = Self.roles.indices.filter { use.names(ofRole: $0).isEmpty }.map { "no \(Self.roles[$0])" }
            parts.append("\(counted(use.records, "record")): \((there + lacking).joined(separator: ", "))")
        }
        if texts > 0 { parts.append(counted(texts, "text")) }
        return "read " + (parts.isEmpty ? "nothing" : parts.joined(separator: "; and "))
    }

    /// Which names have a role, and of how many records none has.
    private func found(_ role: Int) -> String? {
        let numbers = clustering.fieldUse.names(ofRole: role), missing = clustering.fieldUse.missing(role)
        guard !numbers.isEmpty else { return nil }
        let from = numbers.prefix(3).map { names[role][$0] }.joined(separator: " or ")
        return "\(Self.roles[role]) from \(from)" + (missing > 0 ? " (\(missing) without)" : "")
    }
}

/// Records without a text: of names that were not looked for, most likely.
struct Textless {
    private let count: Int
    private let records: Int
    private let message: String

    init(_ clustering: Clustering, _ fields: Fields) {
        count = clustering.withoutText + clustering.withoutTextAndTitle
        records = clustering.documents.count + clustering.unreadable
        let there = clustering.namesWithoutText.prefix(20)
        message =
            "looked for \(fields.text.joined(separator: ", "))"
            + (there.isEmpty ? "" : ", found only \(there.joined(separator: ", "))")
            + "; name the right one with --text-field NAME"
    }

    /// Ends the command where no record has a text.
    func refuse() throws {
        if count > 0, count == records { throw Failure(.noText, "no record has a text: \(message)") }
    }

    /// What there is to say where many have none.
    var warning: String? { 2 * count > records ? "\(count) of \(records) records have no text: \(message)" : nil }
}

func counted(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

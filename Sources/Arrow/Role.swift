/// What a column may be to a document.
enum Role: String, CaseIterable {
    case text, id, title, date, source, language, url

    /// Among all.
    var place: Int {
        switch self {
        case .text: 0
        case .id: 1
        case .title: 2
        case .date: 3
        case .source: 4
        case .language: 5
        case .url: 6
        }
    }

    /// Whether it can be made of values of this type.
    func reads(_ type: ArrowType) -> Bool {
        switch (self, type) {
        case (_, .null), (_, .string), (.id, .integer), (.date, .integer), (.date, .float), (.date, .date),
            (.date, .timestamp):
            true
        default: false
        }
    }

    private var readable: String {
        switch self {
        case .id: "strings or integers"
        case .date: "timestamps, dates, numbers or strings"
        case .text, .title, .source, .language, .url: "strings"
        }
    }

    func failure(_ column: String, _ type: ArrowType) -> ArrowFailure {
        ArrowFailure(
            .type, column: column,
            "column \"\(column)\" is \(type.words), and \(rawValue) is read from \(readable): cast it"
                + (self == .text ? "" : ", or say \(rawValue)=\"\" to go without"))
    }

    private func choice(_ fields: ArrowFields) -> ArrowFields.Choice {
        switch self {
        case .text: fields.text
        case .id: fields.id
        case .title: fields.title
        case .date: fields.date
        case .source: fields.source
        case .language: fields.language
        case .url: fields.url
        }
    }

    /// The columns that it is read from, each with its number, those that count first in front.
    func columns(of table: ArrowTable, _ fields: ArrowFields) throws(ArrowFailure) -> [(number: Int, name: String)] {
        guard let names = table.columnNames else { return self == .text ? [(0, "text")] : [] }
        switch choice(fields) {
        case .none: return []
        case .named(let name): return [(try number(of: name, in: names), name)]
        case .usual(let usual):
            var found: [(number: Int, name: String)] = []
            for name in usual where names.contains(name) { found.append((try number(of: name, in: names), name)) }
            if found.isEmpty, self == .text { throw Self.missing(usual, in: names) }
            return found
        }
    }

    private func number(of name: String, in names: [String]) throws(ArrowFailure) -> Int {
        let places = names.indices.filter { names[$0] == name }
        guard let place = places.first else { throw Self.missing([name], in: names) }
        guard places.count == 1 else {
            throw ArrowFailure(
                .noColumn, column: name, "\(places.count) columns are called \"\(name)\"; rename all but one")
        }
        return place
    }

    private static func missing(_ wanted: [String], in names: [String]) -> ArrowFailure {
        let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
        return ArrowFailure(
            .noColumn, column: wanted[0],
            "no column \(wanted.joined(separator: ", ")); there is \(names.isEmpty ? "none" : shown)")
    }
}

/// Where a page stands, and so what it may name and how much it holds.
enum PagePlace: Sendable {
    /// All in one file.
    case oneFile
    /// The first page of a folder, beside its style and script.
    case folder
    /// The page of one event in the folder, with all its texts.
    case event

    /// Bytes of a whole page with its texts, about; of an entry in the list; of a story there.
    private static let total = 38_000_000, entry = 700, story = 280

    /// Bytes of a text that it shows.
    var longestText: Int { if case .event = self { .max } else { 24_000 } }

    /// Bytes of texts that it has room for, those that its lists take left aside.
    func room(for content: PageContent) -> Int {
        if case .event = self { return .max }
        let lists = content.clusters.reduce(0) { $0 + Self.entry + Self.story * $1.members.count }
        return max(0, min(TextBudget.total, Self.total - lists))
    }
}

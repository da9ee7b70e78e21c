/// The outlets of the stories in clusters by number, those with most stories first.
struct OutletNames: Sendable {
    let names: [String]
    private let numbers: [String: Int]

    init(_ content: PageContent) {
        var counts: [String: Int] = [:]
        for story in content.members where !content.stories[story].outlet.isEmpty {
            counts[content.stories[story].outlet, default: 0] += 1
        }
        let names = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
        self.names = names
        numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    }

    /// -1 where unknown.
    subscript(outlet: String) -> Int { numbers[outlet] ?? -1 }
}

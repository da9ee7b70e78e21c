/// Which texts a page holds: it must open in a second, and a dump may have gigabytes.
///
/// The first two distinct texts of every cluster go in, since one alone shows nothing, then the third of every cluster,
/// and so on while there is room: a cluster of thousands does not crowd out the others.
struct TextBudget {
    /// Bytes of all texts, and what the page says beside each, about.
    static let total = 22_000_000, beside = 800

    /// Of each story, whether its text is in the page. Copies with the same words share the text of the first.
    let isHeld: [Bool]
    /// Bytes of one that are shown.
    let longestText: Int

    /// - Parameter orders: of each cluster its stories in the order in which they are shown.
    init(_ content: PageContent, orders: [[Int]], total: Int, longestText: Int) {
        var isHeld = [Bool](repeating: false, count: content.stories.count)
        let texts = orders.map { order in
            var seen: Set<Int> = []
            return order.filter { seen.insert(content.stories[$0].exact).inserted }
        }
        var room = total
        var open = Array(texts.indices)
        var ranks = 0..<2
        while !open.isEmpty, room > 0 {
            open.removeAll { texts[$0].count <= ranks.lowerBound }
            for story in open.lazy.flatMap({ texts[$0].prefix(ranks.upperBound).dropFirst(ranks.lowerBound) }) {
                guard let bytes = content.stories[story].place?.bytes else { continue }
                let size = min(bytes, longestText) + Self.beside
                guard size <= room else { continue }
                room -= size
                isHeld[story] = true
            }
            ranks = ranks.upperBound..<ranks.upperBound + 1
        }
        self.isHeld = isHeld
        self.longestText = longestText
    }
}

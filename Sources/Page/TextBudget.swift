/// Which texts a page holds: it must open in a second, and a dump may have gigabytes.
///
/// The first distinct text of every cluster goes in, then the second of every cluster, and so on while there is room:
/// a cluster of thousands does not crowd out the others.
struct TextBudget {
    /// Bytes of all texts.
    static let total = 18_000_000

    /// Of each story, whether its text is in the page. Copies with the same words share the text of the first.
    let isHeld: [Bool]

    /// - Parameter orders: of each cluster its stories in the order in which they are shown.
    init(_ content: PageContent, orders: [[Int]], total: Int = Self.total) {
        var isHeld = [Bool](repeating: false, count: content.stories.count)
        let texts = orders.map { order in
            var seen: Set<Int> = []
            return order.filter { seen.insert(content.stories[$0].exact).inserted }
        }
        var room = total
        var open = Array(texts.indices)
        var rank = 0
        while !open.isEmpty, room > 0 {
            open.removeAll { $0 < texts.count && texts[$0].count <= rank }
            for cluster in open {
                let story = texts[cluster][rank]
                guard let location = content.stories[story].location else { continue }
                let size = min(Int(location.length), StoryReader.longestText)
                guard size <= room else { continue }
                room -= size
                isHeld[story] = true
            }
            rank += 1
        }
        self.isHeld = isHeld
    }
}

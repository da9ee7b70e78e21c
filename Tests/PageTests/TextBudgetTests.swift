import Inputs
import Records
import TestSupport
import Testing

@testable import DedupKit
@testable import Page

@Suite struct TextBudgetTests {
    /// Clusters of the sizes given, of which every third story has the words of the one before.
    private func content(_ sizes: [Int], length: Int) -> PageContent {
        var stories: [PageContent.Story] = [], clusters: [PageContent.Cluster] = []
        for size in sizes {
            let first = stories.count
            for member in 0..<size {
                var story = PageContent.Story(id: "\(stories.count)")
                story.exact = stories.count - (member % 3 == 2 ? 1 : 0)
                (story.near, story.copy) = (story.exact, first)
                story.place = (DocumentNumber(stories.count), length)
                stories.append(story)
            }
            clusters.append(PageContent.Cluster(representative: first, members: Array(first..<stories.count)))
        }
        return PageContent(stories: stories, clusters: clusters)
    }

    @Test func everyClusterHasItsTurn() {
        let sizes = [9, 1, 4, 100]
        let content = content(sizes, length: 10)
        let orders = content.clusters.map(\.members)
        let cost = 10 + TextBudget.beside
        for total in [0, cost - 1, cost, 7 * cost / 2, 4 * cost, 5 * cost, 20 * cost, 1000 * cost] {
            let held = TextBudget(content, orders: orders, total: total, longestText: 24_000).isHeld
            let counts = orders.map { order in order.count { held[$0] } }
            let distinct = orders.map { order in Set(order.map { content.stories[$0].exact }).count }
            #expect(counts.reduce(0, +) == min(total / cost, distinct.reduce(0, +)), "\(total) bytes")
            // After the first two, which come together, no cluster is two texts ahead of one that has more to give.
            for (a, b) in zip(counts, distinct) where a < b {
                #expect(counts.allSatisfy { $0 <= max(2, a + 1) }, "\(total) bytes: \(counts)")
            }
            for (story, isHeld) in held.enumerated() where isHeld { #expect(content.stories[story].exact == story) }
        }
    }

    /// A page stays small where its lists are long; the page of one event holds all.
    @Test func longListsTakeRoomFromTexts() {
        let (few, many) = (content([2, 3], length: 10), content([Int](repeating: 5, count: 20_000), length: 10))
        #expect(PagePlace.oneFile.room(for: few) == TextBudget.total)
        #expect(PagePlace.folder.room(for: many) < TextBudget.total / 4)
        #expect(PagePlace.event.room(for: many) == .max)
    }

    @Test func longTextsCountAsTheyAreCut() {
        let content = content([2], length: 4_000_000_000)
        let held = TextBudget(content, orders: [[0, 1]], total: 2 * (24_000 + TextBudget.beside), longestText: 24_000)
            .isHeld
        #expect(held == [true, true])
    }
}

import Cluster
import Containment
import MinHash
import Overlap
import Tables
import Workers

/// Which candidates are compared: as few as it takes to know what hangs together.
///
/// In rounds, each item is compared with its next candidate that it does not hang together with already. A round-up
/// that embeds several stories, or pages of one form, can make that look so when it is not: where a link turns out to be
/// no copy of the main story of its text, the pairs that were passed over are compared after all.
struct CopySearch {
    typealias Compare = ([CandidatePair<OfItem>]) -> [CopyOverlap?]

    private var links: [CopyLink<OfItem>] = []
    /// Of all items, one behind the other, in the order of trial.
    private let candidates: [CandidatePair<OfItem>]
    /// Where each item's candidates start, and the end of the last.
    private let starts: [Int]
    private var isCompared: [Bool]
    private let itemCount: Int
    private let criteria: CopyCriteria
    private let sources: [UInt32]
    private let isStopped: @Sendable () -> Bool

    /// - Parameters:
    ///   - sources: of each item, the number of its source, 0 for none.
    ///   - standing: so many items, the first, are not compared with one another.
    init(
        _ shared: SharedShingles, sources: [UInt32], _ criteria: CopyCriteria, standing: Int, _ workers: Workers
    ) {
        self.criteria = criteria
        self.sources = sources
        isStopped = workers.isStopped
        itemCount = shared.itemCount
        let tasks = Tasks(of: 256, in: itemCount)
        let found = workers.map(tasks.count, scratch: { ItemCounter() }) { counter, task in
            var candidates: [CandidatePair<OfItem>] = []
            if workers.isStopped() { return candidates }
            for item in tasks[task] where item >= standing {
                candidates += shared.candidates(of: ItemNumber(item), &counter)
            }
            return candidates
        }
        let candidates = Array(found.joined())
        self.candidates = candidates
        var place = 0
        starts = (0...itemCount).map { item in
            while place < candidates.count, candidates[place].b.index < item { place += 1 }
            return place
        }
        isCompared = Array(repeating: false, count: candidates.count)
    }

    /// The copies that were found, `a < b`, in an order that depends on nothing but the texts.
    mutating func links(_ compare: Compare) -> [CopyLink<OfItem>] {
        connect(compare)
        let areForms = PageForm.areLinks(links, sources: sources)
        let areOfOneStory = CopyClustering.areOfOneStory(copies, count: itemCount)
        var isMistaken = [Bool](repeating: false, count: itemCount)
        func doubt(_ link: CopyLink<OfItem>) {
            isMistaken[link.a.index] = true
            isMistaken[link.b.index] = true
        }
        for (link, isForm) in zip(links, areForms) where isForm { doubt(link) }
        for (link, isKept) in zip(copies, areOfOneStory) where !isKept { doubt(link) }
        add(
            candidates.indices.filter {
                !isCompared[$0] && (isMistaken[candidates[$0].a.index] || isMistaken[candidates[$0].b.index])
            }, compare)
        return copies
    }

    /// The links that are not of a form.
    private var copies: [CopyLink<OfItem>] {
        zip(links, PageForm.areLinks(links, sources: sources)).filter { !$1 }.map(\.0)
    }

    private mutating func connect(_ compare: Compare) {
        var sets = DisjointSets(count: itemCount)
        var next = starts
        var active = (0..<itemCount).filter { starts[$0] < starts[$0 + 1] }
        while !active.isEmpty, !isStopped() {
            var round: [Int] = []
            active.removeAll { item in
                while next[item] < starts[item + 1] {
                    let candidate = next[item]
                    next[item] += 1
                    if sets.find(candidates[candidate].a) != sets.find(ItemNumber(item)) {
                        round.append(candidate)
                        return false
                    }
                }
                return true
            }
            let before = links.count
            add(round, compare)
            for link in links[before...] { sets.join(link.a, link.b) }
        }
    }

    private mutating func add(_ numbers: [Int], _ compare: Compare) {
        let overlaps = compare(numbers.map { candidates[$0] })
        for (number, overlap) in zip(numbers, overlaps) {
            isCompared[number] = true
            guard let overlap, overlap.isCopy(by: criteria) else { continue }
            let pair = candidates[number]
            links.append(
                CopyLink(
                    a: pair.a, b: pair.b, partsOfA: overlap.a.parts, partsOfB: overlap.b.parts,
                    haveRests: overlap.leavesRests(by: criteria)))
        }
    }
}

import MinHash
import Tables

/// Clusters that grow from their first items along links: who is linked with a member is asked whether it answers to
/// the representative, and where it does, so are those that are linked with it.
///
/// Components grow side by side, so that many pairs are asked for at once.
struct ClusterGrowth {
    private(set) var representatives: [ItemNumber]
    /// The items that each is linked with.
    private let neighbours: Groups<ItemNumber>
    private var components: [Component]
    /// Components that have not come to their end.
    private var active: [Int]
    /// Of each item that belongs to no cluster yet, the last representative that it was asked about.
    private var asked: [ItemNumber]

    private struct Component {
        /// Ascending; those that belong to a cluster already may be left out.
        var items: ArraySlice<ItemNumber>
        var representative = ItemNumber.none
        /// Joined last: whose neighbours have not been asked.
        var newest: [ItemNumber] = []
    }

    init(_ links: [CopyLink<OfItem>], count: Int) {
        representatives = Array(repeating: .none, count: count)
        asked = representatives
        let neighbours = Groups<ItemNumber>(count: count) { place in
            for link in links {
                place(link.a.index, link.b)
                place(link.b.index, link.a)
            }
        }
        self.neighbours = neighbours
        var sets = DisjointSets(count: count)
        for link in links { sets.join(link.a, link.b) }
        var components: [Component] = []
        let roots: [ItemNumber] = sets.representatives()
        let linked = (0..<count).lazy.map { ItemNumber($0) }.filter { !neighbours[$0.index].isEmpty }.sorted {
            (roots[$0.index], $0) < (roots[$1.index], $1)
        }
        var start = 0
        while start < linked.count {
            let root = roots[linked[start].index]
            let end = linked[start...].firstIndex { roots[$0.index] != root } ?? linked.count
            components.append(Component(items: linked[start..<end]))
            start = end
        }
        self.components = components
        active = Array(components.indices)
        for item in 0..<count where neighbours[item].isEmpty { representatives[item] = ItemNumber(item) }
    }

    /// Pairs of a representative and an item to be asked for; nil at the end.
    mutating func next() -> [CandidatePair<OfItem>]? {
        var pairs: [CandidatePair<OfItem>] = []
        var growing: [Int] = []
        for number in active where ask(component: number, &pairs) { growing.append(number) }
        active = growing
        return pairs.isEmpty ? nil : pairs.sorted()
    }

    /// Takes the answers to what `next` gave.
    mutating func accept(_ pairs: [CandidatePair<OfItem>], _ answers: [Bool]) {
        for (pair, isAnswered) in zip(pairs, answers) where isAnswered { representatives[pair.b.index] = pair.a }
        for number in active {
            components[number].newest.removeAll { representatives[$0.index] == .none }
        }
    }

    /// Adds the pairs of a component's next step; false where it has none left.
    private mutating func ask(component number: Int, _ pairs: inout [CandidatePair<OfItem>]) -> Bool {
        while true {
            let component = components[number]
            var found: [ItemNumber] = []
            for member in component.newest {
                for other in neighbours[member.index]
                where representatives[other.index] == .none && asked[other.index] != component.representative {
                    asked[other.index] = component.representative
                    found.append(other)
                }
            }
            components[number].newest = found
            if !found.isEmpty {
                pairs += found.map { CandidatePair(component.representative, $0) }
                return true
            }
            guard begin(number) else { return false }
        }
    }

    /// Begins the next cluster of a component: with its first item that has none, and what is linked with that.
    private mutating func begin(_ number: Int) -> Bool {
        let items = components[number].items
        guard let at = items.firstIndex(where: { representatives[$0.index] == .none }) else { return false }
        let first = items[at]
        components[number].items = items[(at + 1)...]
        components[number].representative = first
        representatives[first.index] = first
        let linked = neighbours[first.index].filter { representatives[$0.index] == .none }
        for item in linked { representatives[item.index] = first }
        components[number].newest = linked
        return true
    }
}

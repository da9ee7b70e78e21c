import MinHash
import Tables

/// Clusters that grow from their first items along links: who is linked with a member is asked whether it answers to
/// the representative, and where it does, so are those that are linked with it.
///
/// Components grow side by side, so that many pairs are asked for at once.
struct ClusterGrowth {
    private(set) var representatives: [UInt32]
    /// The items that each is linked with.
    private let neighbours: Groups<UInt32>
    private var components: [Component]
    /// Components that have not come to their end.
    private var active: [Int]
    /// Of each item that belongs to no cluster yet, the last representative that it was asked about.
    private var asked: [UInt32]

    private static let none = UInt32.max

    private struct Component {
        /// Ascending; those that belong to a cluster already may be left out.
        var items: ArraySlice<UInt32>
        var representative = ClusterGrowth.none
        /// Joined last: whose neighbours have not been asked.
        var newest: [UInt32] = []
    }

    init(_ links: [CopyLink], count: Int) {
        representatives = Array(repeating: Self.none, count: count)
        asked = representatives
        let neighbours = Groups<UInt32>(count: count) { place in
            for link in links {
                place(Int(link.a), link.b)
                place(Int(link.b), link.a)
            }
        }
        self.neighbours = neighbours
        var sets = DisjointSets(count: count)
        for link in links { sets.join(link.a, link.b) }
        var components: [Component] = []
        let roots = sets.representatives()
        let linked = (0..<UInt32(count)).filter { !neighbours[Int($0)].isEmpty }.sorted {
            (roots[Int($0)], $0) < (roots[Int($1)], $1)
        }
        var start = 0
        while start < linked.count {
            let root = roots[Int(linked[start])]
            let end = linked[start...].firstIndex { roots[Int($0)] != root } ?? linked.count
            components.append(Component(items: linked[start..<end]))
            start = end
        }
        self.components = components
        active = Array(components.indices)
        for item in 0..<count where neighbours[item].isEmpty { representatives[item] = UInt32(item) }
    }

    /// Pairs of a representative and an item to be asked for; nil at the end.
    mutating func next() -> [CandidatePair]? {
        var pairs: [CandidatePair] = []
        var growing: [Int] = []
        for number in active where ask(component: number, &pairs) { growing.append(number) }
        active = growing
        return pairs.isEmpty ? nil : pairs.sorted { ($0.a, $0.b) < ($1.a, $1.b) }
    }

    /// Takes the answers to what `next` gave.
    mutating func accept(_ pairs: [CandidatePair], _ answers: [Bool]) {
        for (pair, isAnswered) in zip(pairs, answers) where isAnswered { representatives[Int(pair.b)] = pair.a }
        for number in active {
            components[number].newest.removeAll { representatives[Int($0)] == Self.none }
        }
    }

    /// Adds the pairs of a component's next step; false where it has none left.
    private mutating func ask(component number: Int, _ pairs: inout [CandidatePair]) -> Bool {
        while true {
            let component = components[number]
            var found: [UInt32] = []
            for member in component.newest {
                for other in neighbours[Int(member)]
                where representatives[Int(other)] == Self.none && asked[Int(other)] != component.representative {
                    asked[Int(other)] = component.representative
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
        guard let at = items.firstIndex(where: { representatives[Int($0)] == Self.none }) else { return false }
        let first = items[at]
        components[number].items = items[(at + 1)...]
        components[number].representative = first
        representatives[Int(first)] = first
        let linked = neighbours[Int(first)].filter { representatives[Int($0)] == Self.none }
        for item in linked { representatives[Int(item)] = first }
        components[number].newest = linked
        return true
    }
}

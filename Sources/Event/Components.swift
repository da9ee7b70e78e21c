import Tables

/// The connected components, of two documents or more, of the graph whose edges are the pairs at least so similar.
/// O(documents + pairs).
struct Components: Sendable {
    private let members: Groups<Int32>
    private let pairs: Groups<SimilarPair>
    /// By document: where it stands among the members of its component.
    private let places: [Int32]

    init(_ all: [SimilarPair], documents: Int, least: Double) {
        var sets = DisjointSets(count: documents)
        for pair in all where Double(pair.similarity) >= least * SimilarPair.unit { sets.join(pair.first, pair.second) }

        // Numbered by their second documents: the first of a component is its root, and many roots are alone.
        let alone: Int32 = -1
        var count: Int32 = 0
        var components = Array(repeating: alone, count: documents)
        for document in 0..<documents {
            let root = sets.find(document)
            guard root != document else { continue }
            if components[root] == alone {
                components[root] = count
                count += 1
            }
            components[document] = components[root]
        }

        members = Groups(count: Int(count)) { place in
            for (document, component) in components.enumerated() where component != alone {
                place(Int(component), Int32(document))
            }
        }
        pairs = Groups(count: Int(count)) { place in
            for pair in all {
                let component = components[Int(pair.first)]
                if component != alone, component == components[Int(pair.second)] { place(Int(component), pair) }
            }
        }
        var places = components
        for component in 0..<Int(count) {
            for (place, document) in members[component].enumerated() { places[Int(document)] = Int32(place) }
        }
        self.places = places
    }

    var count: Int { members.count }

    /// Documents in ascending order, and all pairs between them, as places among the members.
    subscript(component: Int) -> (members: ArraySlice<Int32>, pairs: some Sequence<SimilarPair>) {
        let pairs = pairs[component].lazy.map {
            SimilarPair(first: places[Int($0.first)], second: places[Int($0.second)], similarity: $0.similarity)
        }
        return (members[component], pairs)
    }
}

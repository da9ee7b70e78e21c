/// The connected components, of two documents or more, of the graph whose edges are the pairs at least so similar.
/// O(documents + pairs).
struct Components: Sendable {
    private let members: Groups<Int32>
    private let pairs: Groups<SimilarPair>
    /// By document: where it stands among the members of its component.
    private let places: [Int32]

    init(_ all: [SimilarPair], documents: Int, least: Double) {
        // A root is the smallest of its component, so it comes before the others.
        var roots = (0..<Int32(documents)).map { $0 }
        func root(_ document: Int32) -> Int32 {
            var at = document
            while roots[Int(at)] != at {
                roots[Int(at)] = roots[Int(roots[Int(at)])]
                at = roots[Int(at)]
            }
            return at
        }
        for pair in all where Double(pair.similarity) >= least * SimilarPair.unit {
            let (a, b) = (root(pair.first), root(pair.second))
            roots[Int(max(a, b))] = min(a, b)
        }

        let alone: Int32 = -1
        var count: Int32 = 0
        var components = Array(repeating: alone, count: documents)
        for document in 0..<documents where root(Int32(document)) != document {
            let first = Int(roots[document])
            if components[first] == alone {
                components[first] = count
                count += 1
            }
            components[document] = components[first]
        }

        members = Groups(0..<Int32(documents), count: Int(count)) { components[Int($0)] }
        pairs = Groups(all, count: Int(count)) {
            let component = components[Int($0.first)]
            return component == components[Int($0.second)] ? component : alone
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

/// Elements by the group they are in, within a group in their order. Those in a negative group are left out.
struct Groups<Element: Sendable>: Sendable {
    private let starts: [Int]
    private let elements: [Element]

    init(_ all: some Collection<Element>, count: Int, by group: (Element) -> Int32) {
        var next = Array(repeating: 0, count: count + 1)
        for element in all where group(element) >= 0 { next[Int(group(element)) + 1] += 1 }
        for index in next.indices.dropFirst() { next[index] += next[index - 1] }
        let total = next[count]
        starts = next
        elements = Array(unsafeUninitializedCapacity: next[count]) { buffer, initialized in
            for element in all where group(element) >= 0 {
                buffer.initializeElement(at: next[Int(group(element))], to: element)
                next[Int(group(element))] += 1
            }
            initialized = total
        }
    }

    var count: Int { starts.count - 1 }

    subscript(group: Int) -> ArraySlice<Element> { elements[starts[group]..<starts[group + 1]] }
}

/// The connected components, of two documents or more, of the graph whose edges are the pairs at least so similar.
struct Components: Sendable {
    private let members: [[Int32]]
    private let pairs: [[SimilarPair]]

    init(_ all: [SimilarPair], documents: Int, least: Double) {
        var parents = (0..<Int32(documents)).map { $0 }
        func root(_ document: Int32) -> Int32 {
            var at = document
            while parents[Int(at)] != at {
                parents[Int(at)] = parents[Int(parents[Int(at)])]
                at = parents[Int(at)]
            }
            return at
        }
        for pair in all where Double(pair.similarity) >= least * SimilarPair.unit {
            let (a, b) = (root(pair.first), root(pair.second))
            parents[Int(max(a, b))] = min(a, b)
        }
        var numbers: [Int32: Int] = [:]
        var places = Array(repeating: Int32(0), count: documents)
        var members: [[Int32]] = []
        for document in 0..<Int32(documents) {
            let leader = root(document)
            // A root is the smallest of its component, so it comes first, and alone until another follows.
            guard leader != document else { continue }
            let number = numbers[leader] ?? members.count
            if number == members.count {
                numbers[leader] = number
                members.append([leader])
            }
            places[Int(document)] = Int32(members[number].count)
            members[number].append(document)
        }
        var pairs: [[SimilarPair]] = Array(repeating: [], count: members.count)
        for pair in all where root(pair.first) == root(pair.second) {
            pairs[numbers[root(pair.first)]!].append(
                SimilarPair(
                    first: places[Int(pair.first)], second: places[Int(pair.second)], similarity: pair.similarity))
        }
        self.members = members
        self.pairs = pairs
    }

    var count: Int { members.count }

    /// Documents in ascending order, and all pairs between them, as places in `members`.
    subscript(component: Int) -> (members: [Int32], pairs: [SimilarPair]) { (members[component], pairs[component]) }
}

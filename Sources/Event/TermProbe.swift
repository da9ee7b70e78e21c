import Tables

/// One document's vector laid out to be multiplied with many others: a table from the mark of a key to the first term that
/// has it, small enough for the fastest cache and all but empty, so that terms not shared cost one look.
struct TermProbe: ~Copyable {
    /// Terms beyond do not count as parts of a phrase.
    private static let mostInPhrases = 255

    /// By mark, the leader of the terms that have it: the node of the first; 0 for none.
    let leaders = Scratch<UInt32>(capacity: Term.Place.marks)
    var terms = Scratch<Term>()
    /// By the number of a term plus one; the first is nobody's.
    var nodes = Scratch<Node>()
    private(set) var count = 0

    /// Of terms that may be shared: the leader here above the number there.
    var found = Scratch<UInt64>()
    private var shared = Scratch<Shared>()
    /// See `contrast`.
    var alone = Scratch<Float>()

    /// What is known of a term besides. Not private, as the next: the compiler breaks on a private type of a field in a
    /// debug build.
    struct Node: BitwiseCopyable {
        /// Its weight, where the other document has not got it.
        var alone: Float = 0
        /// Of a leader: the last of the shared terms of its mark, its number plus one; 0 for none.
        var shared: UInt32 = 0
        /// Of a leader: the largest weight of a term that the other document alone has after one of its mark.
        var after: Float = 0
        /// Of a leader: the first of the terms after one of its mark; 0 for none, …
        var firstFollower: UInt32 = 0
        /// … and what comes next among these.
        var nextFollower: UInt32 = 0
    }

    /// A term that both have.
    struct Shared: BitwiseCopyable {
        var product: Float
        var leader: UInt32
        /// The number here and there.
        var here, there: Int32
        /// The mark of the term before it; −1 where that is not the same in both.
        var previous: Int32
    }

    init() { leaders.base.initialize(repeating: 0, count: Term.Place.marks) }

    /// - Parameter terms: ascending by key.
    mutating func load(_ terms: UnsafeBufferPointer<Term>) {
        let leaders = leaders.base
        for term in self.terms(count) { leaders[Term.Place.mark(term.key)] = 0 }
        _ = self.terms(terms.count).initialize(from: terms)
        count = terms.count
        let nodes = nodes(count + 1)
        nodes[0] = Node()
        for number in terms.indices.reversed() {
            leaders[Term.Place.mark(terms[number].key)] = UInt32(number + 1)
            nodes[number + 1] = Node(alone: Float(terms[number].weight))
        }
        for (number, term) in terms.enumerated() {
            let leader = Int(leaders[term.place.previous])
            guard leader > 0 else { continue }
            nodes[number + 1].nextFollower = nodes[leader].firstFollower
            nodes[leader].firstFollower = UInt32(number + 1)
        }
    }

    /// - Parameter least: of the cosine, below which the rest is left out.
    mutating func likeness(to other: UnsafeBufferPointer<Term>, least: Double = 0) -> Likeness {
        let (size, sum, lead) = share(other)
        let cosine = Double(sum) / TermVectors.unit
        guard cosine >= least else { return Likeness(cosine: cosine) }
        let shared = UnsafeBufferPointer(start: shared.base, count: size)
        var likeness = Likeness(
            cosine: cosine, lead: Double(lead) / TermVectors.unit,
            phrases: phrases(UnsafeBufferPointer(rebasing: shared.prefix(Self.mostInPhrases))))
        if cosine >= Self.leastContrasted {
            (likeness.contrast, likeness.sameWords, likeness.rivals) = contrast(with: other, shared)
        }
        return likeness
    }

    /// Finds the terms that both have, ascending by key.
    ///
    /// - Returns: how many there are, and the product of all and of those that stand in the lead of both.
    private mutating func share(_ other: UnsafeBufferPointer<Term>) -> (size: Int, sum: UInt64, lead: UInt64) {
        let leaders = leaders.base, terms = UnsafeBufferPointer(start: terms.base, count: count)
        let (found, shared) = (found(other.count + 1), shared(min(count, other.count) + 1))
        // Which terms are shared nobody can predict, so all are looked up without a branch.
        var candidates = 0
        for number in other.indices {
            let leader = leaders[Term.Place.mark(other[number].key)]
            found[candidates] = UInt64(leader) << 32 | UInt64(number)
            candidates += leader != 0 ? 1 : 0
        }
        var (size, sum, lead) = (0, UInt64(0), UInt64(0))
        for pair in found[..<candidates] {
            let there = Int(pair & 0xFFFF_FFFF), leader = Int(pair >> 32), term = other[there]
            var here = leader - 1
            while here + 1 < terms.count, terms[here].key < term.key { here += 1 }
            guard terms[here].key == term.key else { continue }
            let product = terms[here] * term
            let (place, otherPlace) = (terms[here].place, term.place)
            sum += product
            lead += place.isInLead && otherPlace.isInLead ? product : 0
            shared[size] = Shared(
                product: Float(product), leader: UInt32(leader), here: Int32(here), there: Int32(there),
                previous: place.previous == otherPlace.previous ? Int32(place.previous) : -1)
            size += 1
        }
        return (size, sum, lead)
    }

    /// What two terms in a row make up together, where they stand so in both: the geometric mean of their products.
    private func phrases(_ shared: UnsafeBufferPointer<Shared>) -> Double {
        let (leaders, nodes) = (leaders.base, nodes.base)
        for (number, term) in shared.enumerated() { nodes[Int(term.leader)].shared = UInt32(number + 1) }
        var sum: Float = 0
        for (number, term) in shared.enumerated() where term.previous >= 0 {
            let before = Int(nodes[Int(leaders[Int(term.previous)])].shared) - 1
            if before >= 0, before != number { sum += (term.product * shared[before].product).squareRoot() }
        }
        for term in shared { nodes[Int(term.leader)].shared = 0 }
        return Double(sum) / TermVectors.unit
    }
}

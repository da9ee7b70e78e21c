import Tables

extension TermProbe {
    /// Below it nobody takes one document for the other.
    static let leastContrasted = 0.18

    /// What two documents say in the same words of different things: where a term that both have is followed, or preceded,
    /// by one term in the first and by another in the second.
    ///
    /// A form is filled in with other names and numbers each time, and so are an event's look-alike and the next chapter of
    /// a saga; who rewrites a report changes the words and keeps what they tell.
    ///
    /// - Parameter shared: all terms that both have, ascending by key.
    /// - Returns: the root of what differs, in parts of the cosine; which share of what is the same stands after the same
    ///   word; and the rivals, see `Likeness`.
    mutating func contrast(
        with other: UnsafeBufferPointer<Term>, _ shared: UnsafeBufferPointer<Shared>
    ) -> (root: Double, sameWords: Double, rivals: Double) {
        let alone = alone(other.count + 1)
        for number in other.indices { alone[number] = Float(other[number].weight) }
        for term in shared { (alone[Int(term.there)], nodes.base[Int(term.here) + 1].alone) = (0, 0) }
        let followers = follow(other, alone), rivals = rivals(other, alone)

        var (contrast, same, elsewhere): (Float, Float, Float) = (0, 0, 0)
        for term in shared {
            let after = nodes.base[Int(term.leader)].after
            if after > 0 { contrast += weightAlone(after: Int(term.leader)) * after }
            if term.previous >= 0 {
                same += term.product
            } else {
                elsewhere += term.product
                let before = weightAlone(of: terms.base[Int(term.here)].place.previous)
                if before > 0 {
                    contrast += before * weight(alone, of: other[Int(term.there)].place.previous, in: other)
                }
            }
        }

        for term in shared { nodes.base[Int(term.here) + 1].alone = Float(terms.base[Int(term.here)].weight) }
        for pair in found(followers) { nodes.base[Int(pair >> 32)].after = 0 }
        return (
            (Double(contrast) / TermVectors.unit).squareRoot(), Double(same) / max(Double(same + elsewhere), 1), rivals
        )
    }

    /// Reports of one event have its names in common. One that a story says again and the other never tells little; where
    /// the other has another such name in its place, they are two stories.
    private func rivals(_ other: UnsafeBufferPointer<Term>, _ alone: UnsafeMutableBufferPointer<Float>) -> Double {
        let (terms, nodes) = (terms.base, nodes.base)
        var (here, there): (Float, Float) = (0, 0)
        for number in 0..<count { here = max(here, terms[number].recurs ? nodes[number + 1].alone : 0) }
        for number in other.indices { there = max(there, other[number].recurs ? alone[number] : 0) }
        return Double(here) * Double(there) / TermVectors.unit
    }

    /// Notes at each leader the largest weight of what the other document alone has after a term of its mark.
    ///
    /// - Returns: how many leaders were found.
    private mutating func follow(_ other: UnsafeBufferPointer<Term>, _ alone: UnsafeMutableBufferPointer<Float>) -> Int
    {
        let (leaders, nodes, found) = (leaders.base, nodes.base, found(other.count + 1))
        var count = 0
        for number in other.indices {
            let leader = leaders[other[number].place.previous]
            found[count] = UInt64(leader) << 32 | UInt64(number)
            count += leader != 0 ? 1 : 0
        }
        for pair in found[..<count] {
            let leader = Int(pair >> 32)
            nodes[leader].after = max(nodes[leader].after, alone[Int(pair & 0xFFFF_FFFF)])
        }
        return count
    }

    /// The largest weight of what this document alone has after a term of a leader's mark.
    private func weightAlone(after leader: Int) -> Float {
        let nodes = nodes.base
        var weight: Float = 0
        var follower = Int(nodes[leader].firstFollower)
        while follower > 0 {
            weight = max(weight, nodes[follower].alone)
            follower = Int(nodes[follower].nextFollower)
        }
        return weight
    }

    /// The largest weight of the terms of a mark that this document alone has.
    private func weightAlone(of mark: Int) -> Float {
        var weight: Float = 0
        var node = Int(leaders.base[mark])
        guard node > 0 else { return 0 }
        while node <= count, Term.Place.mark(terms.base[node - 1].key) == mark {
            weight = max(weight, nodes.base[node].alone)
            node += 1
        }
        return weight
    }

    /// The same of the other document.
    private func weight(
        _ alone: UnsafeMutableBufferPointer<Float>, of mark: Int, in other: UnsafeBufferPointer<Term>
    ) -> Float {
        var weight: Float = 0
        var number = other.partitioningIndex { Term.Place.mark($0.key) >= mark }
        while number < other.count, Term.Place.mark(other[number].key) == mark {
            weight = max(weight, alone[number])
            number += 1
        }
        return weight
    }
}

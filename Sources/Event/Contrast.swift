import Tables

/// What two documents say in the same words of different things: where a term that both have is followed, or preceded, by
/// one term in the first and by another in the second.
///
/// A form is filled in with other names and numbers each time, and so are an event's look-alike and the next chapter of a
/// saga; who rewrites a report changes the words and keeps what they tell.
struct Contrast: ~Copyable {
    /// The root of what differs, in parts of the cosine; and which share of what is the same stands after the same word.
    typealias Values = (root: Double, sameWords: Double)

    /// Below it nobody takes one for the other.
    private static let leastCosine = 0.18

    /// By mark, the weight of a term that only one of the two has. Not private, as the next: the compiler breaks on a
    /// private type of a field in a debug build.
    struct Only: BitwiseCopyable {
        /// That has the mark, …
        var here: Float = 0
        /// … or that follows a term that has it.
        var after: Float = 0
    }

    private let one = Scratch<Only>(capacity: Term.Place.marks)
    private let other = Scratch<Only>(capacity: Term.Place.marks)
    private var shared = Scratch<Shared>()

    /// A term as each has it.
    struct Shared: BitwiseCopyable { var left, right: Term }

    init() {
        one.base.initialize(repeating: Only(), count: Term.Place.marks)
        other.base.initialize(repeating: Only(), count: Term.Place.marks)
    }

    /// Nothing of two that are hardly alike.
    mutating func callAsFunction(_ first: Int, _ second: Int, _ vectors: TermVectors, cosine: Double) -> Values {
        guard cosine >= Self.leastCosine else { return (0, 0) }
        return vectors.withTerms(of: first) { a in vectors.withTerms(of: second) { b in self(a, b) } }
    }

    /// - Parameters: the terms of two documents, ascending by key.
    private mutating func callAsFunction(_ a: UnsafeBufferPointer<Term>, _ b: UnsafeBufferPointer<Term>) -> Values {
        let count = part(a, b)
        let (one, other) = (one.base, other.base)
        var (contrast, same, elsewhere): (Float, Float, Float) = (0, 0, 0)
        for pair in UnsafeBufferPointer(start: shared.base, count: count) {
            let (left, right) = (pair.left.place.previous, pair.right.place.previous)
            let mark = Term.Place.mark(pair.left.key), product = Float(pair.left * pair.right)
            contrast += one[mark].after * other[mark].after
            if left == right {
                same += product
            } else {
                elsewhere += product
                contrast += one[left].here * other[right].here
            }
        }
        for term in a { (one[Term.Place.mark(term.key)], one[term.place.previous]) = (Only(), Only()) }
        for term in b { (other[Term.Place.mark(term.key)], other[term.place.previous]) = (Only(), Only()) }
        return ((Double(contrast) / TermVectors.unit).squareRoot(), Double(same) / max(Double(same + elsewhere), 1))
    }

    /// Parts the terms into those of both, of which it returns how many they are, and those of one only.
    private mutating func part(_ a: UnsafeBufferPointer<Term>, _ b: UnsafeBufferPointer<Term>) -> Int {
        let shared = shared(min(a.count, b.count) + 1)
        var (i, j, count) = (0, 0, 0)
        while i < a.count || j < b.count {
            if j == b.count || (i < a.count && a[i].key < b[j].key) {
                Self.note(a[i], one.base)
                i += 1
            } else if i == a.count || b[j].key < a[i].key {
                Self.note(b[j], other.base)
                j += 1
            } else {
                shared[count] = Shared(left: a[i], right: b[j])
                (i, j, count) = (i + 1, j + 1, count + 1)
            }
        }
        return count
    }

    @inline(__always)
    private static func note(_ term: Term, _ only: UnsafeMutablePointer<Only>) {
        let (mark, previous, weight) = (Term.Place.mark(term.key), term.place.previous, Float(term.weight))
        only[mark].here = max(only[mark].here, weight)
        only[previous].after = max(only[previous].after, weight)
    }
}

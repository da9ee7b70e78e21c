/// Sets of the numbers from 0 that only ever join (union–find); the smallest number of a set stands for it.
///
/// Path halving, and linking by the smallest number: O(log n) an operation, amortised. Near-constant time, which takes
/// linking by size or rank, would leave the representative to be kept beside it (Tarjan, van Leeuwen: Worst-case
/// analysis of set union algorithms, J. ACM 1984). 4 bytes a number.
public struct DisjointSets: Sendable {
    /// Of a number, one before it in its set; of the smallest, itself.
    @usableFromInline var parents: [UInt32]

    /// Each number in a set of its own.
    public init(count: Int) {
        precondition(count <= 1 << 32, "more numbers than 32 bits can count")
        parents = (0..<count).map { UInt32($0) }
    }

    /// The smallest number of the set that holds a number.
    @inlinable
    public mutating func find<Integer: FixedWidthInteger>(_ number: Integer) -> Integer {
        var at = Int(number)
        while parents[at] != at {
            parents[at] = parents[Int(parents[at])]
            at = Int(parents[at])
        }
        return Integer(at)
    }

    /// Makes one set of the sets of two numbers.
    @inlinable
    public mutating func join<Integer: FixedWidthInteger>(_ a: Integer, _ b: Integer) {
        let (a, b) = (find(a), find(b))
        parents[Int(max(a, b))] = UInt32(min(a, b))
    }

    @inlinable
    public mutating func find<Kind>(_ number: Number<Kind>) -> Number<Kind> {
        Number(rawValue: find(number.rawValue))
    }

    @inlinable
    public mutating func join<Kind>(_ a: Number<Kind>, _ b: Number<Kind>) { join(a.rawValue, b.rawValue) }

    /// Whether a number is the smallest of its set. O(1).
    public func isRepresentative(_ number: Int) -> Bool { parents[number] == number }

    /// The smallest number of each number's set. O(n).
    @inlinable
    public mutating func representatives<Kind>() -> [Number<Kind>] { parents.indices.map { find(Number($0)) } }
}

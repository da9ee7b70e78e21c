/// Some of the things of a whole, numbered anew from 0 in an order of their own: items among documents, say.
///
///     enum OfItem {}
///     enum OfDocument {}
///     let items = Numbering<OfItem, OfDocument>([7, 2, 5])  // item 0 is document 7
///     items[1]                                              // 2
///     items.inverse(count: 8)[5]                            // 2
public struct Numbering<Own, Whole>: Sendable {
    /// By own number, each at most once.
    public let wholes: [Number<Whole>]

    @inlinable
    public init(_ wholes: [Number<Whole>]) { self.wholes = wholes }

    /// All of so many, each by its number.
    @inlinable
    public init(all count: Int) { wholes = (0..<count).map { Number($0) } }

    public var count: Int { wholes.count }
    public var indices: Range<Int> { wholes.indices }

    @inlinable
    public subscript(own: Number<Own>) -> Number<Whole> { wholes[own.index] }

    /// Of each of so many of the whole its own number, or none. O(count).
    @inlinable
    public func inverse(count: Int) -> [Number<Own>] {
        var owns = [Number<Own>](repeating: .none, count: count)
        for (own, whole) in wholes.enumerated() { owns[whole.index] = Number(own) }
        return owns
    }

    /// Those that fulfil a condition, in their order, numbered anew.
    @inlinable
    public func filter<Other>(_ isIn: (Number<Whole>) -> Bool) -> Numbering<Other, Whole> {
        Numbering<Other, Whole>(wholes.filter(isIn))
    }

    /// Coarser labels of the whole: of each the number of what represents it.
    ///
    /// - Parameters:
    ///   - representatives: of each of these, the own number of what represents it.
    ///   - labels: of the whole; those that are represented by one of these follow it, the others stay.
    /// - Complexity: O(whole).
    @inlinable
    public func coarsen(_ labels: [Number<Whole>], by representatives: [Number<Own>]) -> [Number<Whole>] {
        precondition(representatives.count == count, "a representative for each")
        var coarse = labels
        for (whole, representative) in zip(wholes, representatives) { coarse[whole.index] = self[representative] }
        for at in labels.indices { coarse[at] = coarse[labels[at].index] }
        return coarse
    }
}

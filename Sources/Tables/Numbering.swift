/// Some of the numbers of a larger whole, numbered anew from 0 in an order of their own: items among documents, say.
///
///     let items = Numbering([7, 2, 5])   // item 0 is document 7
///     items[1]                           // 2
///     items.inverse(count: 8)[5]         // 2
public struct Numbering: Sendable, RandomAccessCollection {
    /// By own number, each at most once.
    public let wholes: [UInt32]

    /// Stands for a number that is not among them.
    public static var none: UInt32 { .max }

    public init(_ wholes: [UInt32]) { self.wholes = wholes }

    /// All of so many, each by its number.
    public init(all count: Int) { wholes = (0..<UInt32(count)).map { $0 } }

    public var startIndex: Int { 0 }
    public var endIndex: Int { wholes.count }

    @inlinable
    public subscript(own: Int) -> UInt32 { wholes[own] }

    /// Of each of so many, its own number, or `none`. O(count).
    public func inverse(count: Int) -> [UInt32] {
        var owns = [UInt32](repeating: Self.none, count: count)
        for (own, whole) in wholes.enumerated() { owns[Int(whole)] = UInt32(own) }
        return owns
    }

    /// Those that fulfil a condition, in their order, numbered anew.
    public func filter(_ isIn: (UInt32) -> Bool) -> Numbering { Numbering(wholes.filter(isIn)) }

    /// Coarser labels of the whole: of each the number of what represents it.
    ///
    /// - Parameters:
    ///   - representatives: of each of these, the own number of what represents it.
    ///   - labels: of the whole; those that are represented by one of these follow it, the others stay.
    /// - Complexity: O(whole).
    public func coarsen(_ labels: [UInt32], by representatives: [UInt32]) -> [UInt32] {
        precondition(representatives.count == count, "a representative for each")
        var coarse = labels
        for (own, representative) in representatives.enumerated() {
            coarse[Int(wholes[own])] = wholes[Int(representative)]
        }
        for at in labels.indices { coarse[at] = coarse[Int(labels[at])] }
        return coarse
    }
}

/// A number of one kind of thing, counted from 0: a type of its own, so that a document's is not taken for an item's.
/// Takes the 32 bits of what it wraps, and no time.
///
///     enum OfPage {}
///     let pages = [Number<OfPage>](arrayLiteral: 3, 1)
///     pages.max()!.index  // 3
@frozen
public struct Number<Kind>: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// - Parameter index: of the thing among its like; less than 2³² − 1.
    @inlinable
    public init(_ index: Int) { rawValue = UInt32(index) }

    /// What arrays are asked by.
    @inlinable
    public var index: Int { Int(rawValue) }

    /// Stands for no thing.
    @inlinable
    public static var none: Self { Self(rawValue: .max) }

    @inlinable
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

extension Number: ExpressibleByIntegerLiteral {
    @inlinable
    public init(integerLiteral value: UInt32) { rawValue = value }
}

extension Number: CustomStringConvertible {
    public var description: String { rawValue.description }
}

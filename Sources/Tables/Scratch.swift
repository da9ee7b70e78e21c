/// Uninitialised memory for plain values that grows and never shrinks; its contents do not survive growth.
///
/// For what is filled anew for each text: an array would clear it, copy it and ask for its owners.
@safe
public struct Scratch<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var memory: UnsafeMutableBufferPointer<Element>

    /// - Parameter capacity: elements that there is room for at first.
    @inlinable
    public init(capacity: Int = 0) { unsafe memory = .allocate(capacity: capacity) }

    @inlinable
    deinit { unsafe memory.deallocate() }

    /// The first element; valid until the next growth.
    @inlinable public var base: UnsafeMutablePointer<Element> { unsafe memory.baseAddress! }

    /// Elements that there is room for.
    @inlinable public var capacity: Int { unsafe memory.count }

    /// Makes room for so many elements. Amortised O(1).
    @inlinable
    public mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        let grown = max(count, capacity * 3 / 2)
        unsafe memory.deallocate()
        unsafe memory = .allocate(capacity: grown)
    }

    /// The first so many elements, for which it makes room.
    @inlinable
    public mutating func callAsFunction(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
        reserve(count)
        return unsafe UnsafeMutableBufferPointer(rebasing: memory[..<count])
    }
}

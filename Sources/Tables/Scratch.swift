/// Uninitialised memory for plain values that grows and never shrinks; its contents do not survive growth.
///
/// For what is filled anew for each text: an array would clear it, copy it and ask for its owners.
@safe
public struct Scratch<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<Element>
    @usableFromInline var room: Int

    /// - Parameter capacity: elements that there is room for at first.
    @inlinable
    public init(capacity: Int = 0) {
        unsafe start = .allocate(capacity: capacity)
        room = capacity
    }

    @inlinable
    deinit { unsafe start.deallocate() }

    /// The first element; valid until the next growth.
    @inlinable public var base: UnsafeMutablePointer<Element> { unsafe start }

    /// Elements that there is room for.
    @inlinable public var capacity: Int { room }

    /// Makes room for so many elements. Amortised O(1).
    @inlinable
    public mutating func reserve(_ count: Int) {
        guard count > room else { return }
        room = max(count, room * 3 / 2)
        unsafe start.deallocate()
        unsafe start = .allocate(capacity: room)
    }

    /// The first so many elements, for which it makes room.
    @inlinable
    public mutating func callAsFunction(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
        reserve(count)
        return unsafe UnsafeMutableBufferPointer(start: start, count: count)
    }
}

/// Elements by the group they are in, in a group in the order in which they came.
///
///     let neighbours = Groups<UInt32>(count: itemCount) { place in
///         for link in links {
///             place(Int(link.a), link.b)
///             place(Int(link.b), link.a)
///         }
///     }
///     neighbours[7]  // the items that are linked with item 7
///
/// A counting sort (Knuth: The Art of Computer Programming, volume 3, section 5.2): the groups stand one behind the
/// other in one array, and none is an array of its own. 4 bytes a group besides the elements.
public struct Groups<Element: BitwiseCopyable & Sendable>: Sendable {
    /// Of all groups.
    public let elements: [Element]
    /// Where each group stands in `elements`.
    public let places: GroupPlaces

    /// - Parameters:
    ///   - count: of groups.
    ///   - forEach: calls its argument with each element and its group. It is called twice and must tell the same.
    /// - Complexity: O(groups + elements).
    @inlinable
    public init(
        count: Int, _ forEach: (_ place: (_ group: Int, _ element: Element) -> Void) -> Void
    ) {
        var sizes = GroupSizes(count: count)
        forEach { group, _ in sizes.add(1, to: group) }
        var places = sizes.places()
        let total = places.total
        elements = unsafe Array(unsafeUninitializedCapacity: total) { elements, filled in
            forEach { group, element in
                let place = places.next(of: group)
                precondition(place < total, "a group has more elements than before")
                unsafe elements.initializeElement(at: place, to: element)
                filled += 1
            }
            precondition(filled == total, "a group has fewer elements than before")
        }
        self.places = places
    }

    /// Of groups.
    @inlinable public var count: Int { places.count }

    /// The elements of a group. O(1).
    @inlinable public subscript(group: Int) -> ArraySlice<Element> { elements[places[group]] }
}

/// How many elements groups have, counted one after the other.
public struct GroupSizes: ~Copyable {
    /// Counted two places on: see `GroupPlaces`.
    @usableFromInline var sizes: [UInt32]
    @usableFromInline var total = 0

    /// - Parameter count: of groups.
    @inlinable
    public init(count: Int) { sizes = Array(repeating: 0, count: count + 2) }

    @inlinable
    public mutating func add(_ size: Int, to group: Int) {
        sizes[group &+ 2] &+= UInt32(truncatingIfNeeded: size)
        total &+= size
    }

    /// Prefix sums. O(groups).
    @inlinable
    public consuming func places() -> GroupPlaces {
        precondition(total <= UInt32.max, "more elements than 32 bits can count")
        var start: UInt32 = 0
        for group in sizes.indices {
            start &+= sizes[group]
            sizes[group] = start
        }
        return GroupPlaces(starts: sizes, total: total)
    }
}

/// Where groups stand that follow each other in an array. 4 bytes a group.
public struct GroupPlaces: Sendable {
    /// By group and one: the place of its next element, which moves from its start to its end: where the next starts.
    @usableFromInline var starts: [UInt32]
    /// Elements of all groups.
    public let total: Int

    @inlinable
    init(starts: [UInt32], total: Int) { (self.starts, self.total) = (starts, total) }

    /// Of groups.
    @inlinable public var count: Int { starts.count - 2 }

    /// Where the next elements of a group go; called for all of them before a group is asked for.
    @inlinable
    public mutating func next(of group: Int, size: Int = 1) -> Int {
        let place = starts[group &+ 1]
        starts[group &+ 1] = place &+ UInt32(truncatingIfNeeded: size)
        return Int(place)
    }

    /// Lends the address where the places of a group begin: to be asked for before it is needed.
    @inlinable
    public func withAddress(of group: Int, _ body: (UnsafeRawPointer) -> Void) {
        unsafe starts.withUnsafeBufferPointer { unsafe body($0.baseAddress! + group) }
    }

    /// The places of a group. O(1).
    @inlinable public subscript(group: Int) -> Range<Int> { Int(starts[group])..<Int(starts[group + 1]) }
}

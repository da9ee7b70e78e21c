/// A priority queue, the smallest element first: a binary heap (Williams 1964).
public struct Heap<Element: Comparable> {
    @usableFromInline var elements: [Element]

    /// O(n) (Floyd 1964).
    @inlinable
    public init(_ elements: [Element] = []) {
        self.elements = elements
        for place in (0..<self.elements.count / 2).reversed() { sink(from: place) }
    }

    /// The smallest element; nil where there is none. O(1).
    @inlinable public var first: Element? { elements.first }

    /// O(log n).
    @inlinable
    public mutating func insert(_ element: Element) {
        elements.append(element)
        var place = elements.count - 1
        while place > 0, element < elements[(place - 1) / 2] {
            elements.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Takes the smallest element out; nil where there is none. O(log n).
    @inlinable
    @discardableResult
    public mutating func popFirst() -> Element? {
        guard let first, let last = elements.popLast() else { return nil }
        if !elements.isEmpty { replaceFirst(with: last) }
        return first
    }

    /// Puts an element in the place of the smallest, of which there must be one. O(log n).
    @inlinable
    public mutating func replaceFirst(with element: Element) {
        elements[0] = element
        sink(from: 0)
    }

    @inlinable
    mutating func sink(from start: Int) {
        var place = start
        while 2 * place + 1 < elements.count {
            var child = 2 * place + 1
            if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
            guard elements[child] < elements[place] else { return }
            elements.swapAt(place, child)
            place = child
        }
    }
}

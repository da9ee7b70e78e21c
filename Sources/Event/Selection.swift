/// The element that `rank` others exceed. O(*n*) on average (Hoare 1961), without a branch that depends on an element.
///
/// - Parameters:
///   - elements: no two equal; lost.
///   - scratch: as many.
func nthLargest(
    _ elements: UnsafeMutableBufferPointer<UInt64>, _ rank: Int, scratch: UnsafeMutableBufferPointer<UInt64>
) -> UInt64 {
    var (from, to) = (elements.baseAddress!, scratch.baseAddress!)
    var (count, rank) = (elements.count, rank)
    while count > 1 {
        // Never the largest, so that both parts get smaller.
        let (a, b, c) = (from[0], from[count / 2], from[count - 1])
        let pivot = count == 2 ? min(a, b) : max(min(a, b), min(max(a, b), c))
        var (front, back) = (0, count - 1)
        for number in 0..<count {
            let element = from[number]
            to[front] = element
            to[back] = element
            let isLarger = element > pivot ? 1 : 0
            front &+= isLarger
            back &-= 1 &- isLarger
        }
        precondition(front > 0, "two elements are equal")
        swap(&from, &to)
        if rank < front {
            count = front
        } else {
            from += front
            to += front
            rank -= front
            count -= front
        }
    }
    return from[0]
}

func nthLargest(_ elements: [UInt64], _ rank: Int) -> UInt64 {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * elements.count) { scratch in
        let copy = UnsafeMutableBufferPointer(rebasing: scratch[..<elements.count])
        _ = copy.initialize(from: elements)
        return nthLargest(copy, rank, scratch: UnsafeMutableBufferPointer(rebasing: scratch[elements.count...]))
    }
}

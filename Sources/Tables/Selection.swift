/// The element that `rank` others exceed, without a branch that depends on an element (Hoare 1961).
///
/// - Parameters:
///   - elements: more than `rank`, no two equal; lost.
///   - scratch: room for as many.
/// - Complexity: O(n) on average, O(n²) at worst.
public func nthLargest(
    _ elements: UnsafeMutableBufferPointer<UInt64>, _ rank: Int, scratch: UnsafeMutableBufferPointer<UInt64>
) -> UInt64 {
    precondition(rank >= 0 && rank < elements.count && scratch.count >= elements.count, "no such rank")
    var (from, to) = (elements.baseAddress!, scratch.baseAddress!)
    var (count, rank) = (elements.count, rank)
    while count > 1 {
        // Never the largest, so that both parts get smaller.
        let (a, b, c) = unsafe (from[0], from[count / 2], from[count - 1])
        let pivot = count == 2 ? min(a, b) : max(min(a, b), min(max(a, b), c))
        var (front, back) = (0, count - 1)
        for number in 0..<count {
            let element = unsafe from[number]
            unsafe to[front] = element
            unsafe to[back] = element
            let isLarger = element > pivot ? 1 : 0
            front &+= isLarger
            back &-= 1 &- isLarger
        }
        precondition(front > 0, "two elements are equal")
        unsafe swap(&from, &to)
        if rank < front {
            count = front
        } else {
            unsafe from += front
            unsafe to += front
            rank -= front
            count -= front
        }
    }
    return unsafe from[0]
}

/// Sorts by a 32-bit key, stably: elements with equal keys keep their order. O(*n*), three passes.
func radixSorted<Element>(_ elements: [Element], by key: (Element) -> UInt32) -> [Element] {
    let digit = 11
    let mask = 1 << digit - 1
    var from = elements
    var to = elements
    for shift in stride(from: 0, to: UInt32.bitWidth, by: digit) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << digit + 1) { next in
            next.initialize(repeating: 0)
            for element in from { next[Int(key(element) >> shift) & mask + 1] += 1 }
            for index in 1...mask { next[index] += next[index - 1] }
            to.withUnsafeMutableBufferPointer { to in
                for element in from {
                    let bucket = Int(key(element) >> shift) & mask
                    to[next[bucket]] = element
                    next[bucket] += 1
                }
            }
        }
        swap(&from, &to)
    }
    return from
}

/// The element that `rank` others exceed. O(*n*) on average (Hoare 1961).
func nthLargest(_ elements: [UInt64], _ rank: Int) -> UInt64 {
    var elements = elements
    var (low, high) = (0, elements.count - 1)
    while low < high {
        let pivot = elements[(low + high) / 2]
        var (i, j) = (low, high)
        while i <= j {
            while elements[i] > pivot { i += 1 }
            while elements[j] < pivot { j -= 1 }
            if i <= j {
                elements.swapAt(i, j)
                i += 1
                j -= 1
            }
        }
        if rank <= j {
            high = j
        } else if rank >= i {
            low = i
        } else {
            break
        }
    }
    return elements[rank]
}

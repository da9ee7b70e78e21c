/// The element that `rank` others exceed, if no two are equal. O(*n*) on average (Hoare 1961).
///
/// - Parameter elements: put into another order.
func nthLargest(_ elements: UnsafeMutableBufferPointer<UInt64>, _ rank: Int) -> UInt64 {
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

func nthLargest(_ elements: inout [UInt64], _ rank: Int) -> UInt64 {
    elements.withUnsafeMutableBufferPointer { nthLargest($0, rank) }
}

/// Sorts `(key, value)` packed as `key << 32 | value`, by the key only and stable. O(n), three passes; `scratch` holds
/// at least as many elements.
public func radixSortByKey(_ items: UnsafeMutableBufferPointer<UInt64>, scratch: UnsafeMutableBufferPointer<UInt64>) {
    let scratch = UnsafeMutableBufferPointer(rebasing: scratch[..<items.count])
    sort(items, to: scratch, byDigitAt: 32)
    sort(scratch, to: items, byDigitAt: 32 + digitBits)
    sort(items, to: scratch, byDigitAt: 32 + 2 * digitBits)
    items.baseAddress!.update(from: scratch.baseAddress!, count: items.count)
}

/// The same by two digits only, so that equal keys stand together, but sometimes different ones do too: those of one
/// `groupOfKey`. Half the time.
public func groupByKey(_ items: UnsafeMutableBufferPointer<UInt64>, scratch: UnsafeMutableBufferPointer<UInt64>) {
    sort(items, to: scratch, byDigitAt: 32)
    sort(scratch, to: items, byDigitAt: 32 + digitBits)
}

@inlinable @inline(__always)
public func groupOfKey(_ item: UInt64) -> UInt64 { item &>> 32 & (1 &<< (2 * digitBits) &- 1) }

@usableFromInline let digitBits: UInt64 = 11

/// One pass of a least-significant-digit radix sort.
private func sort(
    _ items: UnsafeMutableBufferPointer<UInt64>, to sorted: UnsafeMutableBufferPointer<UInt64>, byDigitAt shift: UInt64
) {
    let digits = 1 << Int(digitBits)
    @inline(__always)
    func digit(_ item: UInt64) -> Int { Int(truncatingIfNeeded: item &>> shift) & (digits &- 1) }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: digits) { next in
        next.initialize(repeating: 0)
        for item in items { next[digit(item)] &+= 1 }
        var start = 0
        for digit in 0..<digits {
            let size = next[digit]
            next[digit] = start
            start += size
        }
        for item in items {
            sorted[next[digit(item)]] = item
            next[digit(item)] &+= 1
        }
    }
}

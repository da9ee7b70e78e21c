/// Sorts `(key, value)` packed as `key << 32 | value` by the key only, and stable: least significant digit first, in
/// three passes (Knuth: The Art of Computer Programming, volume 3, section 5.2.5).
///
/// - Parameter scratch: room for as many.
/// - Complexity: O(n).
public func radixSortByKey(
    _ items: UnsafeMutableBufferPointer<UInt64>, scratch: UnsafeMutableBufferPointer<UInt64>
) {
    let sorted = unsafe UnsafeMutableBufferPointer(rebasing: scratch[..<items.count])
    unsafe sort(items, to: sorted, byDigitAt: 32)
    unsafe sort(sorted, to: items, byDigitAt: 32 + digitBits)
    unsafe sort(items, to: sorted, byDigitAt: 32 + 2 * digitBits)
    _ = unsafe items.update(fromContentsOf: sorted)
}

/// The same by two digits only, so that equal keys stand together, but sometimes different ones do too: those of one
/// `groupOfKey`. Half the time.
public func groupByKey(
    _ items: UnsafeMutableBufferPointer<UInt64>, scratch: UnsafeMutableBufferPointer<UInt64>
) {
    let sorted = unsafe UnsafeMutableBufferPointer(rebasing: scratch[..<items.count])
    unsafe sort(items, to: sorted, byDigitAt: 32)
    unsafe sort(sorted, to: items, byDigitAt: 32 + digitBits)
}

/// What of the key of an item `groupByKey` goes by.
@inlinable
@inline(__always)
public func groupOfKey(_ item: UInt64) -> UInt64 { item &>> 32 & (1 &<< (2 * digitBits) &- 1) }

@usableFromInline let digitBits: UInt64 = 11

/// One pass, by the digit whose lowest bit is at `shift`.
private func sort(
    _ items: UnsafeMutableBufferPointer<UInt64>, to sorted: UnsafeMutableBufferPointer<UInt64>, byDigitAt shift: UInt64
) {
    let digits = 1 << Int(digitBits)
    @inline(__always)
    func digit(_ item: UInt64) -> Int { Int(truncatingIfNeeded: item &>> shift) & (digits &- 1) }
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: digits) { next in
        unsafe next.initialize(repeating: 0)
        for at in 0..<items.count { unsafe next[digit(items[at])] &+= 1 }
        var start = 0
        for digit in 0..<digits {
            let size = unsafe next[digit]
            unsafe next[digit] = start
            start += size
        }
        for at in 0..<items.count {
            let item = unsafe items[at]
            unsafe sorted[next[digit(item)]] = item
            unsafe next[digit(item)] &+= 1
        }
    }
}

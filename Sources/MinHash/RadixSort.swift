/// Least-significant-digit radix sort of `(key, value)` packed as `key << 32 | value`, by the key only and stable.
/// O(n), three passes; `scratch` holds as many elements.
@usableFromInline
func radixSortByKey(_ items: UnsafeMutableBufferPointer<UInt64>, scratch: UnsafeMutableBufferPointer<UInt64>) {
    var from = items.baseAddress!, to = scratch.baseAddress!
    let digits = 2048
    withUnsafeTemporaryAllocation(of: Int.self, capacity: digits) { next in
        for shift in [UInt64(32), 43, 54] {
            next.initialize(repeating: 0)
            for i in 0..<items.count { next[Int(from[i] >> shift & 2047)] += 1 }
            var start = 0
            for digit in 0..<digits {
                let size = next[digit]
                next[digit] = start
                start += size
            }
            for i in 0..<items.count {
                let item = from[i]
                let digit = Int(item >> shift & 2047)
                to[next[digit]] = item
                next[digit] &+= 1
            }
            swap(&from, &to)
        }
    }
    // Three passes end in the scratch.
    items.baseAddress!.update(from: from, count: items.count)
}

extension RandomAccessCollection {
    /// The first index whose element fulfils a condition, which all later ones must fulfil too. O(log n).
    @inlinable
    public func partitioningIndex(where isInSecondPart: (Element) -> Bool) -> Index {
        var (low, size) = (startIndex, count)
        while size > 0 {
            let middle = index(low, offsetBy: size / 2)
            if isInSecondPart(self[middle]) {
                size /= 2
            } else {
                low = index(after: middle)
                size -= size / 2 + 1
            }
        }
        return low
    }
}

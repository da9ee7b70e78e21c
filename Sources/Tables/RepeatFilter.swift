/// Which keys came more than once, about: two that share a place are taken for one, so that one key in `placesPerKey`
/// or fewer is taken for a repeat that is none. To know that of most keys is quicker than to sort them.
///
/// Two bits a place, chosen by the lower bits of a key.
public struct RepeatFilter: ~Copyable {
    /// Four places a byte: the lower bit of each for keys that came, the upper for those that came again.
    @usableFromInline var places: Scratch<UInt8>
    @usableFromInline let mask: UInt32

    /// - Parameter count: keys that may come.
    public init(count: Int, placesPerKey: Int) {
        let places = min(1 << 32, 1 << (Int.bitWidth - (count * placesPerKey | 63).leadingZeroBitCount))
        mask = UInt32(truncatingIfNeeded: places - 1)
        self.places = Scratch(capacity: places / 4)
        unsafe self.places.base.initialize(repeating: 0, count: places / 4)
    }

    /// 1 where the key may have come before, else 0. O(1).
    @inlinable
    @inline(__always)
    public mutating func insert(_ key: UInt32) -> Int {
        let place = key & mask, shift = (place & 3) &* 2
        let bits = unsafe UInt32(places.base[Int(place &>> 2)])
        let isTaken = bits &>> shift & 1
        unsafe places.base[Int(place &>> 2)] = UInt8(truncatingIfNeeded: bits | (1 | isTaken &<< 1) &<< shift)
        return Int(isTaken)
    }

    /// 1 where the key may have come twice, else 0: as a number, since of a condition the compiler makes a branch. O(1).
    @inlinable
    @inline(__always)
    public func mayRepeat(_ key: UInt32) -> Int {
        let place = key & mask
        return unsafe Int(places.base[Int(place &>> 2)]) &>> Int((place & 3) &* 2 &+ 1) & 1
    }
}

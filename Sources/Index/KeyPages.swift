import Store

/// Where a table of keys stands in a segment: pages from one on, each of entries in ascending order.
///
/// A page begins with its first key (32 bits), the number of its entries (16) and how many bits of each are key, less the
/// first one, and place (8 each); then the entries follow, bit after bit. So that a page can be searched as it is.
struct KeyPages: Sendable {
    var firstPage: Int
    var pageCount: Int
    /// Places are below it.
    var documents: Int

    static let headerBits = 64
    /// Eight bytes can be loaded wherever an entry begins.
    static let capacityBits = (4088 - 8) * 8
    /// Of a place, so that an entry begins and ends within eight bytes.
    static let mostPlaceBits = 25
}

/// A page of keys, as it lies in memory that others lend. What it says of itself is checked before it is used.
@safe struct KeyPage {
    private let payload: UnsafeRawPointer
    let first, last: UInt32
    let count: Int
    private let keyBits, placeBits: UInt64
    /// Entries a key, where they are spread evenly.
    private let density: Double

    /// Nil where it is none.
    init?(_ page: UnsafeRawBufferPointer) {
        guard page.count == PageReader.pageSize else { return nil }
        unsafe payload = page.baseAddress!
        first = unsafe UInt32(littleEndian: page.loadUnaligned(as: UInt32.self))
        count = unsafe Int(UInt16(littleEndian: page.loadUnaligned(fromByteOffset: 4, as: UInt16.self)))
        (keyBits, placeBits) = unsafe (UInt64(page[6]), UInt64(page[7]))
        guard count > 0, keyBits <= 32, placeBits <= KeyPages.mostPlaceBits,
            KeyPages.headerBits + count * Int(keyBits + placeBits) <= KeyPages.capacityBits
        else { return nil }
        let bit = KeyPages.headerBits + (count - 1) * Int(keyBits + placeBits)
        let word = unsafe UInt64(littleEndian: page.loadUnaligned(fromByteOffset: bit >> 3, as: UInt64.self))
        let key = (word >> UInt64(bit & 7)) >> placeBits & (1 << keyBits - 1)
        last = first &+ UInt32(truncatingIfNeeded: key)
        density = Double(count) / Double(key + 1)
    }

    @inline(__always)
    private func value(_ at: Int) -> UInt64 {
        let bit = KeyPages.headerBits &+ at &* Int(truncatingIfNeeded: keyBits &+ placeBits)
        let word = unsafe UInt64(littleEndian: payload.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self))
        return word &>> UInt64(bit & 7)
    }

    /// Of an entry, less that of the first.
    @inline(__always)
    private func key(_ at: Int) -> UInt64 { value(at) &>> placeBits & (1 &<< keyBits &- 1) }

    /// `key << 32 | place`
    subscript(at: Int) -> UInt64 {
        precondition(at >= 0 && at < count)
        return (UInt64(first) + key(at)) << 32 | value(at) & (1 &<< placeBits &- 1)
    }

    private static let steps = 16

    /// From an entry on the first of a key or a later one. Keys are hashes: where one must be is guessed.
    func lowerBound(_ wanted: UInt32, from start: Int = 0) -> Int {
        guard wanted > first, start < count else { return start }
        guard wanted <= last else { return count }
        let wanted = UInt64(wanted - first), from = key(start)
        guard from < wanted else { return start }
        var low = start + 1, high = count, step = 1
        let guess = min(count - 1, start + Int(Double(wanted - from) * density))
        if guess >= low, key(guess) >= wanted {
            high = guess
            // Few steps, one by one: what comes of each is foreseen.
            while high > low, key(high - 1) >= wanted, step < Self.steps {
                high -= 1
                step += 1
            }
            guard step == Self.steps else { return high }
        } else {
            low = max(low, guess + 1)
            while low < high, key(low) < wanted, step < Self.steps {
                low += 1
                step += 1
            }
            guard step == Self.steps else { return low }
        }
        while low < high {
            let middle = (low + high) / 2
            if key(middle) < wanted { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// All entries, `key << 32 | place`.
    func unpack(to entries: inout [UInt64]) {
        entries.removeAll(keepingCapacity: true)
        let mask: UInt64 = 1 &<< placeBits &- 1, keyMask: UInt64 = 1 &<< keyBits &- 1
        for at in 0..<count {
            let value = value(at)
            entries.append((UInt64(first) &+ (value &>> placeBits & keyMask)) &<< 32 | value & mask)
        }
    }
}

extension FixedWidthInteger {
    /// Bits up to the highest that is set.
    var bitLength: Int { Self.bitWidth - leadingZeroBitCount }
}

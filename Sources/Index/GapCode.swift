/// Ascending hashes by the gaps between them: of each how often 2ᵏ goes into it, as so many ones and a zero, then the rest
/// in k bits, where 2ᵏ⁺¹ is about the mean gap (Golomb: Run-length encodings, 1966, with the divisors of Rice). Of 300
/// hashes of 64 bits each takes 57.4, and 57.2 are the least that random ones can take.
enum GapCode {
    private static func shift(_ count: Int) -> Int { UInt64.bitWidth - count.bitLength }

    /// Adds their number, as other numbers are written, and their gaps, lowest bits first.
    static func append(_ hashes: [UInt64], to bytes: inout [UInt8]) {
        bytes.append(number: hashes.count)
        let shift = shift(hashes.count)
        var writer = BitWriter(), last: UInt64 = 0
        for hash in hashes {
            let gap = hash - last
            for _ in 0..<gap >> shift { writer.append(1, 1) }
            writer.append(0, 1)
            writer.append(gap & (1 << shift - 1), shift)
            last = hash
        }
        bytes += writer.bytes
    }

    /// Nil where the bytes are no such hashes.
    ///
    /// - Parameter bytes: eight more can be read behind them.
    static func hashes(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt64]? {
        guard var reader = unsafe BitReader(bytes), let count = reader.number(), count <= bytes.count else {
            return nil
        }
        let shift = shift(count)
        var hashes: [UInt64] = [], last: UInt64 = 0
        hashes.reserveCapacity(count)
        for _ in 0..<count {
            guard let times = reader.ones(), times >> (UInt64.bitWidth - shift) == 0, let rest = reader.take(shift)
            else { return nil }
            let gap = times << shift | rest, (hash, overflow) = last.addingReportingOverflow(gap)
            guard !overflow, gap > 0 || hashes.isEmpty else { return nil }
            hashes.append(hash)
            last = hash
        }
        return reader.isDone ? hashes : nil
    }
}

private struct BitWriter {
    private(set) var bytes: [UInt8] = []
    /// Bits of the last byte that are taken.
    private var used = 8

    mutating func append(_ value: UInt64, _ count: Int) {
        var value = value, left = count
        while left > 0 {
            if used == 8 {
                bytes.append(0)
                used = 0
            }
            let taken = min(8 - used, left)
            bytes[bytes.count - 1] |= UInt8(truncatingIfNeeded: value & (1 << taken - 1)) << used
            value >>= taken
            used += taken
            left -= taken
        }
    }
}

@safe private struct BitReader {
    private let base: UnsafeRawPointer
    private var at = 0
    private let end: Int

    /// Nil where there is nothing.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return nil }
        unsafe base = UnsafeRawPointer(start)
        end = bytes.count * 8
    }

    /// Whether nothing follows but what fills up the last byte.
    var isDone: Bool { end - at < 8 && word & (1 << (end - at) - 1) == 0 }

    /// From the next bit on, at least 57.
    private var word: UInt64 {
        unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at >> 3, as: UInt64.self)) >> UInt64(at & 7)
    }

    mutating func take(_ count: Int) -> UInt64? {
        guard count <= end - at else { return nil }
        let low = min(count, 32), high = count - low
        var value = word & (1 << low - 1)
        at += low
        value |= (word & (1 << high - 1)) << 32
        at += high
        return value
    }

    /// So many ones, and the zero behind them.
    mutating func ones() -> UInt64? {
        var ones = 0
        while at < end {
            let run = (~word).trailingZeroBitCount
            guard run >= 56 else {
                at += run + 1
                return at <= end ? UInt64(ones + run) : nil
            }
            ones += 56
            at += 56
        }
        return nil
    }

    /// Seven bits a byte, the lowest first.
    mutating func number() -> Int? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 56, by: 7) {
            // None is written longer than it need be.
            guard let byte = take(8), byte > 0 || shift == 0 else { return nil }
            value |= (byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return Int(value) }
        }
        return nil
    }
}

/// Ascending hashes by the gaps between them: of each how often 2ᵏ goes into it, as so many ones and a zero, then the rest
/// in k bits, where 2ᵏ is the power below the mean gap (Golomb: Run-length encodings, 1966, with the divisors of Rice). Of
/// 300 hashes of 64 bits each takes 57.3, and 57.2 is the least that random ones can take.
enum GapCode {
    private static func shift(_ count: Int) -> Int { UInt64.bitWidth - count.bitLength }

    private static let countBits = 32

    /// Adds their number, 32 bits, and their gaps, lowest bits first.
    static func append(_ hashes: [UInt64], to bytes: inout [UInt8]) {
        let shift = shift(hashes.count)
        var writer = BitWriter(), last: UInt64 = 0
        writer.append(UInt64(hashes.count), countBits)
        for hash in hashes {
            let gap = hash - last
            var times = Int(gap >> UInt64(shift))
            while times >= 32 {
                writer.append(0xffff_ffff, 32)
                times -= 32
            }
            writer.append(1 << times - 1, times + 1)
            writer.append(gap & (1 << shift - 1), shift)
            last = hash
        }
        writer.finish()
        bytes += writer.bytes
    }

    /// Nil where the bytes are no such hashes.
    ///
    /// - Parameter bytes: eight more can be read behind them.
    static func hashes(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt64]? {
        guard var reader = unsafe BitReader(bytes), let count = reader.take(countBits), count <= bytes.count else {
            return nil
        }
        let shift = shift(Int(count))
        var hashes: [UInt64] = [], last: UInt64 = 0
        hashes.reserveCapacity(Int(count))
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
    /// Bits that are not written yet, fewer than 64.
    private var pending: UInt64 = 0
    private var used = 0

    /// - Parameter value: of no more than `count` bits, at most 64.
    mutating func append(_ value: UInt64, _ count: Int) {
        pending |= value << UInt64(used)
        used += count
        guard used >= 64 else { return }
        flush(8)
        used -= 64
        pending = used == 0 ? 0 : value >> UInt64(count - used)
    }

    /// Fills up the last byte with zeros.
    mutating func finish() { flush((used + 7) / 8) }

    private mutating func flush(_ count: Int) {
        unsafe withUnsafeBytes(of: pending.littleEndian) { unsafe bytes.append(contentsOf: $0.prefix(count)) }
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
}

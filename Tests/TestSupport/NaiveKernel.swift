import CDedupKernels

/// The kernels, as plainly as they can be written.
public enum Naive {
    /// Of a normalised token.
    public static func tokenHash(_ token: String) -> UInt64 {
        let bytes = token.unicodeScalars.flatMap { c -> [UInt8] in
            guard c >= stray(0x80), c <= stray(0xff) else { return Array(String(c).utf8) }
            let byte = UInt8(c.value - stray(0).value)
            return [0xed, 0xb0 | byte >> 6, 0x80 | byte & 0x3f]  // a lone surrogate, U+DC00 + byte
        }
        if bytes.count > 16 { return ddk_hash_bytes(bytes, bytes.count, 0) }
        func word(_ from: Int) -> UInt64 {
            bytes.dropFirst(from).prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * $1.offset) }
        }
        let a = word(0) ^ 0x9e37_79b9_7f4a_7c15, b = (word(8) &+ UInt64(bytes.count)) ^ 0xd6e8_feb8_6659_fd93
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    public static func shingles(_ tokens: [UInt64], width: Int) -> [UInt64] {
        (0...tokens.count - width).map { first in
            mix(tokens[first..<first + width].dropFirst().reduce(tokens[first]) { ($0 << 23 | $0 >> 41) &+ $1 })
        }
    }

    /// One-permutation minima; a slot without any takes the minimum of all under a function of its own.
    public static func sketch(_ shingles: [UInt64]) -> [UInt32] {
        let upper = shingles.map { UInt32($0 >> 32) }
        return (0..<128).map { slot in
            if let least = upper.filter({ $0 >> 25 == slot && $0 != .max }).min() { return least }
            let factor = UInt32(truncatingIfNeeded: mix(mix(2 * UInt64(slot) + 1))) | 1
            let offset = UInt32(truncatingIfNeeded: mix(mix(2 * UInt64(slot) + 2)))
            return upper.map { $0 &* factor &+ offset }.min()!
        }
    }

    static func mix(_ x: UInt64) -> UInt64 {
        let product = (x ^ x >> 32) &* 0xd6e8_feb8_6659_fd93
        return product ^ product >> 29
    }
}

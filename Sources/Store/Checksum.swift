import CXXHash

/// XXH3 of bytes, 64 bits.
package func checksum(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    unsafe cxx_checksum(bytes.baseAddress, bytes.count, seed)
}

package func checksum(_ bytes: [UInt8], seed: UInt64 = 0) -> UInt64 {
    unsafe bytes.withUnsafeBytes { unsafe checksum($0, seed: seed) }
}

extension UInt64 {
    /// Sixteen digits.
    package var hex: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

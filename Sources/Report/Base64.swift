import CNettle

/// Base 64 (RFC 4648) of bytes, in four digits for each three of them.
package func base64(_ bytes: Span<UInt8>) -> String {
    let count = (bytes.count + 2) / 3 * 4
    return unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe String(unsafeUninitializedCapacity: count) { digits in
            unsafe digits.withMemoryRebound(to: CChar.self) {
                unsafe nettle_base64_encode_raw($0.baseAddress, bytes.count, bytes.baseAddress)
            }
            return count
        }
    }
}

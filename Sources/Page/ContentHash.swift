/// SHA-256 (FIPS 180-4) in base 64: the form in which a Content-Security-Policy names the only script and style that
/// a browser may run. No library of this house has it, and one hash of a few kilobytes a page asks for no speed.
func contentHash(_ bytes: some Collection<UInt8>) -> String {
    var message = Array(bytes)
    let bits = UInt64(message.count) * 8
    message.append(0x80)
    while message.count % 64 != 56 { message.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) { message.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    var state = initialState
    for block in stride(from: 0, to: message.count, by: 64) { mix(message[block..<block + 64], into: &state) }
    return base64(state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } })
}

private func mix(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
    var w = [UInt32](repeating: 0, count: 64)
    for (at, byte) in block.enumerated() { w[at / 4] = w[at / 4] << 8 | UInt32(byte) }
    for t in 16..<64 {
        let s0 = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ w[t - 15] >> 3
        let s1 = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ w[t - 2] >> 10
        w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
    }
    var v = state
    for t in 0..<64 {
        let s1 = rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25)
        let t1 = v[7] &+ s1 &+ (v[4] & v[5] ^ ~v[4] & v[6]) &+ constants[t] &+ w[t]
        let s0 = rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22)
        let t2 = s0 &+ (v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2])
        v = [t1 &+ t2, v[0], v[1], v[2], v[3] &+ t1, v[4], v[5], v[6]]
    }
    for at in state.indices { state[at] &+= v[at] }
}

private func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }

private func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for at in stride(from: 0, to: bytes.count, by: 3) {
        let group = (0..<3).reduce(0) { $0 << 8 | (at + $1 < bytes.count ? Int(bytes[at + $1]) : 0) }
        for place in 0..<4 {
            text.append(at + place <= bytes.count ? letters[group >> (18 - 6 * place) & 63] : "=")
        }
    }
    return text
}

// The first 32 bits of the fractional parts of the square roots of the first 8 primes, and of the cube roots of 64.
private let initialState = primes.prefix(8).map { fraction(ofRoot: 2, of: $0) }
private let constants = primes.map { fraction(ofRoot: 3, of: $0) }
private let primes = (2...311).filter { number in !(2..<number).contains { number % $0 == 0 } }

private func fraction(ofRoot degree: Int, of number: Int) -> UInt32 {
    let radicand = UInt128(number) << (32 * degree)
    var root: UInt128 = 0
    for bit in (0..<37).reversed() {
        let larger = root | 1 << bit
        if (1..<degree).reduce(larger, { power, _ in power * larger }) <= radicand { root = larger }
    }
    return UInt32(truncatingIfNeeded: root)
}

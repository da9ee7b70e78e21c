/// A text on one line: white space folded to single spaces, none at its ends.
package func oneLine(_ utf8: UnsafeBufferPointer<UInt8>) -> String {
    guard unsafe utf8.allSatisfy({ $0 < 0x80 }) else {
        return unsafe String(decoding: utf8, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    // Most text is ASCII, and to ask Unicode what is a space takes ten times as long.
    var line: [UInt8] = []
    var isApart = false
    for at in utf8.indices {
        let byte = unsafe utf8[at]
        if byte == 0x20 || (0x09...0x0d).contains(byte) {
            isApart = !line.isEmpty
        } else {
            if isApart { line.append(0x20) }
            isApart = false
            line.append(byte)
        }
    }
    return String(decoding: line, as: UTF8.self)
}

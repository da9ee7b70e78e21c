/// Appends JSON to bytes. Strings come as UTF-8 and stay so; only what JSON forbids is escaped, and U+2028 and
/// U+2029, which break JavaScript.
package struct JSONWriter {
    package var bytes: [UInt8] = []
    private var needsComma = false
    private let isInHTML: Bool

    /// - Parameter isInHTML: whether `<` is escaped too, so that nothing ends the `script` element around the JSON.
    package init(isInHTML: Bool = false) { self.isInHTML = isInHTML }

    package mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }
    package mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }

    /// - Parameter name: of plain letters.
    package mutating func key(_ name: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var name = name
        name.withUTF8 { unsafe bytes.append(contentsOf: $0) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func field(_ name: String, _ value: String) { key(name); string(value) }
    package mutating func field(_ name: String, _ value: UnsafeBufferPointer<UInt8>) { key(name); unsafe string(value) }
    package mutating func field(_ name: String, _ value: Int) { key(name); number(value) }
    package mutating func field(_ name: String, _ value: Bool) { key(name); raw(value ? "true" : "false") }
    /// Four decimals.
    package mutating func field(_ name: String, _ value: Double) {
        key(name)
        raw(fixed(value, decimals: fieldDecimals))
    }

    package mutating func string(_ value: String) {
        var value = value
        value.withUTF8 { unsafe string($0) }
    }

    package mutating func string(_ utf8: UnsafeBufferPointer<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var plain = 0
        for at in utf8.indices where unsafe mustEscape(utf8, at) {
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[plain..<at]))
            unsafe escape(utf8, at)
            plain = unsafe at + (utf8[at] == 0xe2 ? 3 : 1)
        }
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[plain...]))
        bytes.append(UInt8(ascii: "\""))
    }

    package mutating func number(_ value: Int) { raw(String(value)) }

    /// Starts a line of JSON Lines: an object whose first field is its type.
    package mutating func beginRecord(_ type: String) {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        field("type", type)
    }

    package mutating func endRecord() {
        bytes.append(UInt8(ascii: "}"))
        endLine()
    }

    /// Ends a line of JSON Lines behind its value.
    package mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    private mutating func raw(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func nest(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private func mustEscape(_ utf8: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        switch unsafe utf8[at] {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7f: true
        case UInt8(ascii: "<"): isInHTML
        case 0xe2: unsafe at + 2 < utf8.count && utf8[at + 1] == 0x80 && utf8[at + 2] & 0xfe == 0xa8
        default: false
        }
    }

    private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>, _ at: Int) {
        switch unsafe utf8[at] {
        case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
        case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
        case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
        case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
        case 0xe2: unsafe bytes.append(contentsOf: (utf8[at + 2] == 0xa8 ? #"\u2028"# : #"\u2029"#).utf8)
        case let byte:
            let digits = String(byte, radix: 16)
            bytes.append(contentsOf: (#"\u00"# + (digits.utf8.count < 2 ? "0" : "") + digits).utf8)
        }
    }
}

/// A number in plain decimals, rounded half to even, as C and Python do.
public func fixed(_ value: Double, decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((abs(value) * scale).rounded(.toNearestOrEven))
    let digits = String(scaled % Int(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(scaled) }
    return "\(sign)\(scaled / Int(scale))." + String(repeating: "0", count: decimals - digits.count) + digits
}

private let fieldDecimals = 4

/// With the decimals of a field, so that a result that has just been made and the same one saved tell the same.
package func asSaved(_ value: Double) -> Double { Double(fixed(value, decimals: fieldDecimals)) ?? value }

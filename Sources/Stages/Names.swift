import Shingle

/// Distinct strings, numbered in the order of their first appearance after the empty one.
public struct Names: Sendable {
    private var strings = [""]
    private var numbers: [String: UInt32] = ["": 0]
    private var recent: [UInt64: UInt32] = [:]

    public subscript(number: UInt32) -> String { strings[Int(number)] }
    public var all: [String] { strings }

    mutating func number(of name: String) -> UInt32 {
        if let number = numbers[name] { return number }
        let number = UInt32(strings.count)
        numbers[name] = number
        strings.append(name)
        return number
    }

    mutating func number(of name: UnsafeBufferPointer<UInt8>?) -> UInt32 {
        guard let name = unsafe name, !name.isEmpty else { return 0 }
        // A dump has few names: to compare bytes costs less than to make a string for each record.
        let hash = unsafe byteHash(name.span)
        if let number = recent[hash], unsafe strings[Int(number)].utf8.elementsEqual(name) { return number }
        let number = unsafe number(of: String(decoding: name, as: UTF8.self))
        recent[hash] = number
        return number
    }
}

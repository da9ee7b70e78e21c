public import Corpus
public import Shingle

/// What is kept of every document, in input order: about 60 bytes and its id.
public struct Documents: Sendable {
    public internal(set) var identifiers: Identifiers
    public internal(set) var locations: [RecordLocation] = []
    public internal(set) var fingerprints: [Fingerprint] = []
    /// Seconds since 1970, `undated` where unknown.
    public internal(set) var dates: [Int64] = []
    /// Tokens of the text.
    public internal(set) var lengths: [UInt32] = []
    /// Numbers of names in `sourceNames` and `languageNames`; 0 is the empty name.
    public internal(set) var sources: [UInt32] = []
    public internal(set) var languages: [UInt32] = []
    public internal(set) var sourceNames = Names()
    public internal(set) var languageNames = Names()

    public static let undated = Int64.max

    public var count: Int { locations.count }
    public var indices: Range<Int> { 0..<count }

    public func source(of document: Int) -> String { sourceNames[sources[document]] }
    public func date(of document: Int) -> Int64? { dates[document] == Self.undated ? nil : dates[document] }
}

/// Distinct strings, numbered in the order of their first appearance after the empty one.
public struct Names: Sendable {
    private var strings = [""]
    private var numbers: [String: UInt32] = ["": 0]

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
        guard let name, !name.isEmpty else { return 0 }
        return number(of: String(decoding: name, as: UTF8.self))
    }
}

public import Dates
import Records

/// What the dates of a file say of how they are to be read.
public struct DateNotes: Sendable {
    /// Dates that can be read with the day first only, and with the month first only.
    package private(set) var dayFirst = 0
    package private(set) var monthFirst = 0
    /// Those that can be read both ways, and the first of them.
    public private(set) var ambiguous = 0
    public private(set) var example = ""
    /// Those that were not understood, and the first of them.
    public private(set) var unread = 0
    public private(set) var unreadExample = ""

    init() {}

    var isEmpty: Bool { dayFirst + monthFirst + ambiguous + unread == 0 }

    /// The date of a record; nil if it has none.
    mutating func note(_ bytes: UnsafeBufferPointer<UInt8>?) -> RecordDate? {
        guard let bytes = unsafe bytes else { return nil }
        guard let date = unsafe Timestamp.parse(bytes) else {
            if unsafe !Timestamp.isDate(bytes) {
                unread += 1
                if unreadExample.isEmpty { unreadExample = unsafe Self.start(bytes) }
            }
            return nil
        }
        if date.isAmbiguous {
            ambiguous += 1
            if example.isEmpty { example = unsafe Self.start(bytes) }
        }
        if date.order == .dmy { dayFirst += 1 }
        if date.order == .mdy { monthFirst += 1 }
        return date
    }

    private static func start(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        unsafe String(String(decoding: bytes, as: UTF8.self).prefix(40))
    }

    mutating func add(_ other: DateNotes) {
        (dayFirst, monthFirst) = (dayFirst + other.dayFirst, monthFirst + other.monthFirst)
        (ambiguous, unread) = (ambiguous + other.ambiguous, unread + other.unread)
        if example.isEmpty { example = other.example }
        if unreadExample.isEmpty { unreadExample = other.unreadExample }
    }

    /// The order that all other dates of the file allow; nil where they do not tell.
    public var order: DateOrder? {
        if dayFirst > 0, monthFirst == 0 { return .dmy }
        return monthFirst > 0 && dayFirst == 0 ? .mdy : nil
    }
}

extension Documents {
    /// Turns the dates that can be read both ways to what the others of their file allow, else to `order`, else leaves the
    /// day first. O(documents) where there are such dates.
    mutating func settleDates(_ order: DateOrder?) {
        let turned = dateNotes.filter { $0.value.ambiguous > 0 && ($0.value.order ?? order) == .mdy }
        guard !turned.isEmpty else { return }
        var found: [Int] = []
        unsafe dates.forEachBlock { first, keys in
            for i in keys.indices where unsafe keys[i] != Self.undated && RecordDate(key: keys[i]).isAmbiguous {
                found.append(first + i)
            }
        }
        for document in found where turned[locations[document].file] != nil {
            dates[document] = RecordDate(key: dates[document]).turned.key
        }
    }
}

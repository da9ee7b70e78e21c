public import MinHash
import Tables

/// Keys of shingles that recur across otherwise unrelated texts: asked for every sampled shingle that is read again.
public struct RecurringKeys: Sendable {
    /// A key, the number of texts that have it, and one of them.
    public struct Entry: Sendable, Equatable {
        public var key, texts: UInt32
        public var example: ItemNumber

        package init(key: UInt32, texts: UInt32, example: ItemNumber) {
            (self.key, self.texts, self.example) = (key, texts, example)
        }
    }

    /// Ascending by key.
    public let entries: [Entry]
    /// Hashes of shingles that weigh nothing, whether they recur or not.
    public let ignored: Set<UInt64>
    /// A bit for each value of a key's lower bits: most keys are in no set, and this says so of all but a few.
    @usableFromInline var sieve: [UInt64]
    @usableFromInline let sieveMask: UInt32
    /// Of a key its place in `entries` and one.
    private var places: KeyTable

    public init(_ entries: [Entry] = [], ignored: Set<UInt64> = []) {
        self.ignored = ignored
        self.entries = entries.sorted { $0.key < $1.key }
        places = KeyTable(capacity: entries.count)
        sieve = Array(repeating: 0, count: 1 << max(2, Int.bitWidth - 2 - (entries.count * 2).leadingZeroBitCount))
        sieveMask = UInt32(truncatingIfNeeded: sieve.count * 64 - 1)
        for (place, entry) in self.entries.enumerated() {
            sieve[Int(entry.key & sieveMask) >> 6] |= 1 << UInt64(entry.key & 63)
            places.update(entry.key) { $0 = UInt32(place + 1) }
        }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// 0 for most keys that are not in the set, 1 for all that are.
    @inlinable
    public func mayCount(_ key: UInt32) -> Int {
        Int(truncatingIfNeeded: sieve[Int(key & sieveMask) >> 6] &>> UInt64(key & 63)) & 1
    }

    public func contains(_ key: UInt32) -> Bool { mayCount(key) != 0 && places[key] != 0 }

    /// Texts that have a key of the set; nil where it is not in it. Expected O(1).
    public func texts(having key: UInt32) -> UInt32? {
        let place = Int(places[key])
        return place == 0 ? nil : entries[place - 1].texts
    }
}

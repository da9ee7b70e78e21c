/// Of one record, under which of the names of each role (`Fields.byRole`) its field stands.
package struct FieldNames: BitwiseCopyable, Sendable {
    /// `none` where there is no such field.
    package var numbers = InlineArray<7, UInt8>(repeating: Self.none)

    package static let none = UInt8.max

    package init() {}
}

/// Under which names records had their fields, and how many had none.
public struct FieldUse: Sendable, Equatable {
    /// Records that were counted: those of formats that have names.
    public private(set) var records = 0
    /// By role and, within it, for none and each of its names.
    private var counts: [UInt64] = []
    private var stride = 0

    public init() {}

    package init(_ fields: Fields) {
        stride = 1 + fields.byRole.map(\.count).max()!
        counts = Array(repeating: 0, count: Fields.roleCount * stride)
    }

    package mutating func add(_ names: FieldNames) {
        records += 1
        for role in 0..<Fields.roleCount { counts[role &* stride &+ Int(names.numbers[role] &+ 1)] &+= 1 }
    }

    package static func += (all: inout FieldUse, one: FieldUse) {
        if all.counts.isEmpty { (all.counts, all.stride) = (Array(repeating: 0, count: one.counts.count), one.stride) }
        all.records += one.records
        for at in one.counts.indices { all.counts[at] += one.counts[at] }
    }

    /// The names of a role that were there, those of most records first, with their numbers among all of the role.
    ///
    /// - Parameter role: its number in `Fields.byRole`.
    package func names(ofRole role: Int) -> [Int] {
        guard stride > 0 else { return [] }
        let counts = Array(counts[role * stride + 1..<(role + 1) * stride])
        return counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
    }

    /// Records that have no field of a role.
    package func missing(_ role: Int) -> Int { stride > 0 ? Int(counts[role * stride]) : 0 }
}

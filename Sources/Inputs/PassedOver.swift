/// What is not read, for a remark.
public struct PassedOver: Sendable, Equatable {
    /// Files in folders, because of their extension.
    public internal(set) var inFolders = 0
    /// Members of archives, because of their extension.
    public internal(set) var inArchives = 0
    /// Files of what is known that are new as well.
    public internal(set) var excepted = 0
    /// Links, devices and encrypted members, each told; the first few.
    public internal(set) var refused: [String] = []
    public internal(set) var refusedCount = 0

    static let mostTold = 3

    mutating func refuse(_ what: String) {
        refusedCount += 1
        if refused.count < Self.mostTold { refused.append(what) }
    }

    mutating func add(_ other: PassedOver) {
        inFolders += other.inFolders
        inArchives += other.inArchives
        excepted += other.excepted
        refusedCount += other.refusedCount
        refused = Array((refused + other.refused).prefix(Self.mostTold))
    }
}

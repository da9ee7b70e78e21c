import Stages
import Store

/// Of each document of a segment whether it is there, and the number of the document that it is labelled with at each
/// level.
struct SegmentState: Sendable, Equatable {
    var isLive: [UInt8]
    /// By level.
    var labels: [[UInt32]]

    init(documents: Int) {
        isLive = Array(repeating: 1, count: documents)
        labels = Array(repeating: Array(repeating: 0, count: documents), count: Level.allCases.count)
    }

    init(_ reader: SegmentReader) throws(StoreError) {
        let count = reader.documents
        isLive = try reader.state.values(UInt8.self, at: 0, 0..<count).map { $0 & 1 }
        labels = []
        for level in Level.allCases {
            labels.append(try reader.state.values(UInt32.self, at: count * (1 + 4 * level.number), 0..<count))
        }
    }

    var liveCount: Int { isLive.count { $0 != 0 } }

    /// Of the byte that says whether a document is there: 2 more where it represents its near cluster, and 4 its copy
    /// cluster, so that one look tells who is a candidate.
    static func representsNear(_ byte: UInt8) -> Bool { byte & 2 != 0 }
    static func representsCopy(_ byte: UInt8) -> Bool { byte & 4 != 0 }

    /// - Parameter numbers: of the documents.
    func flags(_ numbers: [UInt32]) -> [UInt8] {
        let near = labels[Level.near.number], copy = labels[Level.copy.number]
        return isLive.indices.map {
            isLive[$0] == 0 ? 0 : 1 | (near[$0] == numbers[$0] ? 2 : 0) | (copy[$0] == numbers[$0] ? 4 : 0)
        }
    }

    func write(
        to folder: StoreFolder, _ name: String, tag: UInt64, numbers: [UInt32]
    ) throws(StoreError) -> PagedFileName {
        let writer = try PagedWriter(folder, name, tag: tag)
        try writer.append(flags(numbers))
        for labels in labels { try writer.append(values: labels) }
        return try writer.finish()
    }
}

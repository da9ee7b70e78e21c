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
        isLive = try reader.state.values(UInt8.self, at: 0, 0..<count)
        labels = []
        for level in Level.allCases {
            labels.append(try reader.state.values(UInt32.self, at: count * (1 + 4 * level.number), 0..<count))
        }
    }

    var liveCount: Int { isLive.count { $0 != 0 } }

    func write(to folder: StoreFolder, _ name: String, tag: UInt64) throws(StoreError) -> PagedFileName {
        let writer = try PagedWriter(folder, name, tag: tag)
        try writer.append(isLive)
        for labels in labels { try writer.append(values: labels) }
        return try writer.finish()
    }
}

import Records
import Store
import Tables

extension Snapshot {
    /// Calls `body` with each document whose id is one of the index, and where that is.
    func forEachPlace(
        of identifiers: Identifiers,
        _ body: (DocumentNumber, Place, SnapshotReader) throws(StoreError) -> Void
    ) throws(StoreError) {
        // By the order in which keys lie, so that neighbours are in memory.
        var ids = (0..<identifiers.count).map { document in
            let key = unsafe identifiers.withBytes(of: DocumentNumber(document)) {
                unsafe idKey(UnsafeRawBufferPointer($0))
            }
            return UInt64(key) << 32 | UInt64(document)
        }
        sortByKey(&ids)
        let reader = SnapshotReader(self, asked: ids.count)
        for packed in ids {
            let document = DocumentNumber(rawValue: UInt32(truncatingIfNeeded: packed))
            let found = try reader.place(ofIDKey: UInt32(packed >> 32)) {
                unsafe identifiers.withBytes(of: document) { unsafe Array($0) }
            }
            if let found { try body(document, found, reader) }
        }
    }
}

/// The ids of an index, which no document that is held against it may have.
final class HeldIdentifiers: ForeignIdentifiers {
    private let snapshot: Snapshot
    private lazy var reader = SnapshotReader(snapshot)
    private var lost: StoreError?

    init(_ snapshot: Snapshot) { self.snapshot = snapshot }

    func areTaken(_ identifiers: Identifiers) -> [Bool] {
        var areTaken = [Bool](repeating: false, count: identifiers.count)
        attempt { () throws(StoreError) in
            try snapshot.forEachPlace(of: identifiers) { document, _, _ in areTaken[document.index] = true }
        }
        return areTaken
    }

    func isTaken(_ id: [UInt8]) -> Bool {
        var isTaken = false
        attempt { () throws(StoreError) in isTaken = try reader.place(ofID: id) != nil }
        return isTaken
    }

    /// Throws where one could not be read.
    func requireAll() throws(IndexError) { if let lost { throw .store(lost) } }

    private func attempt(_ body: () throws(StoreError) -> Void) {
        do throws(StoreError) { try body() } catch { lost = lost ?? error }
    }
}

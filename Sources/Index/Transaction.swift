import Records
import Stages
import Store
import Workers

/// One change of an index by one writer. New files are written as it goes; that they count is a matter of one rename at
/// its end, and before that nothing has happened.
final class Transaction {
    let folder: StoreFolder
    var manifest: Manifest
    var journal: Journal
    private(set) var snapshot: Snapshot
    /// For what is compressed on the way.
    var workers = Workers(count: 1)
    private let lock: StoreLock

    /// - Parameters:
    ///   - waits: whether to wait for another writer.
    ///   - judges: whether it gives labels, which it can only by the definition of the index.
    init(_ folder: StoreFolder, verb: String, waits: Bool, judges: Bool = true) throws(IndexError) {
        self.folder = folder
        do throws(StoreError) { lock = try folder.lock(waits: waits) } catch { throw .store(error) }
        manifest = try Snapshot.manifest(of: folder)
        if judges { try manifest.definition.checkVersion(path: folder.path) }
        snapshot = try Snapshot(folder, manifest)
        manifest.transaction += 1
        journal = Journal(transaction: manifest.transaction, verb: verb)
        do throws(StoreError) { try sweep() } catch { throw .store(error) }
    }

    /// Sees what was written so far.
    func refresh() throws(IndexError) { snapshot = try Snapshot(folder, manifest, reusing: snapshot) }

    /// Takes away what earlier writers left, that were killed, and what is not needed any more.
    private func sweep() throws(StoreError) {
        let kept = manifest.files
        for name in try folder.names() where !kept.contains(name) && Self.isOurs(name) { try folder.remove(name) }
    }

    /// Nothing that somebody else put there is taken away.
    private static func isOurs(_ name: String) -> Bool {
        if name == "\(Manifest.name).part" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && Int(parts[0]) != nil
            && ["segment", "state", "events", "journal", "dictionary"].contains(parts[1])
    }

    /// Makes the change that of the index.
    func commit() throws(IndexError) {
        do throws(StoreError) {
            let bytes = journal.finish(), name = manifest.newFile("journal").name
            try folder.write(name, bytes)
            manifest.journal.append(
                Manifest.JournalFile(name: name, bytes: bytes.count, checksum: checksum(bytes)))
            try joinJournal()
            try folder.replace(Manifest.name, with: manifest.bytes)
        } catch {
            throw .store(error)
        }
        // From here on it has happened; what cannot be taken away now is by the next writer.
        try? sweep()
        try refresh()
    }

    /// Few files of many transactions, as with segments.
    private func joinJournal() throws(StoreError) {
        while let range = Tiers.ripe(manifest.journal.map(\.bytes), unit: 1 << 16) {
            var bytes: [UInt8] = []
            for part in manifest.journal[range] { bytes += try folder.read(part.name, limit: .max) }
            let name = manifest.newFile("journal").name
            try folder.write(name, bytes)
            // What is joined must be what was written, not what the disk made of it.
            var at = 0
            for part in manifest.journal[range] {
                guard at + part.bytes <= bytes.count,
                    checksum(Array(bytes[at..<at + part.bytes])) == part.checksum
                else { throw StoreError(path: folder.path(of: part.name), .damaged("it is not what was written")) }
                at += part.bytes
            }
            let joined = Manifest.JournalFile(name: name, bytes: bytes.count, checksum: checksum(bytes))
            manifest.journal.replaceSubrange(range, with: [joined])
        }
    }

    /// Writes the state of a segment anew; one that has no document any more goes.
    func write(_ states: [Int: SegmentState]) throws(StoreError) {
        for (at, state) in states.sorted(by: { $0.key < $1.key }) {
            let (name, tag) = manifest.newFile("state"), segment = snapshot.segments[at]
            let numbers = try SegmentReader(segment).values(UInt32.self, .numbers, 0..<segment.documents)
            manifest.segments[at].state = try state.write(to: folder, name, tag: tag, numbers: numbers)
            manifest.segments[at].live = state.liveCount
        }
        manifest.segments.removeAll { $0.live == 0 }
    }
}

/// Which of the newest parts are merged: four of a size become one of the next, so that each document is written again
/// as often as the number of all has digits to base four.
enum Tiers {
    static let fan = 4

    /// The last parts that are ripe; nil where none are.
    static func ripe(_ sizes: [Int], unit: Int) -> Range<Int>? {
        guard let last = sizes.last else { return nil }
        func tier(_ size: Int) -> Int { (max(1, size / unit).bitLength - 1) / 2 }
        var start = sizes.count
        while start > 0, tier(sizes[start - 1]) <= tier(last) { start -= 1 }
        return sizes.count - start >= fan ? start..<sizes.count : nil
    }
}

extension IndexDefinition {
    /// Refuses an index that was made by another definition than this program's.
    func checkVersion(path: String) throws(IndexError) {
        guard !isKnown else { return }
        throw .definition(path: path, index: self, asked: ofNow)
    }

    /// Refuses a level that is told from texts where these are not kept.
    package func checkTexts(for level: Level, path: String) throws(IndexError) {
        guard keepsTexts || level <= .near else { throw .textsNotKept(path: path, wanted: .level(level)) }
    }
}

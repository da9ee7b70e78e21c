import Records
import Shingle
import Stages
import Store

/// Where a document is kept: in the order of places the documents of an index were added.
struct Place: Hashable, Comparable, Sendable {
    var segment: Int
    var place: Int

    static func < (a: Place, b: Place) -> Bool { (a.segment, a.place) < (b.segment, b.place) }
}

/// An index at one moment, whatever a writer does meanwhile.
struct Snapshot: Sendable {
    let folder: StoreFolder
    let manifest: Manifest
    let segments: [Segment]
    let dictionary: TextDictionary?

    var definition: IndexDefinition { manifest.definition }
    /// Documents that are there.
    var live: Int { segments.reduce(0) { $0 + $1.entry.live } }

    init(_ folder: StoreFolder, _ manifest: Manifest, reusing old: Snapshot? = nil) throws(IndexError) {
        (self.folder, self.manifest) = (folder, manifest)
        do throws(StoreError) {
            var segments: [Segment] = []
            for entry in manifest.segments {
                let held = old?.segments.first { $0.entry == entry }
                let segment = if let held { held } else { try Segment(folder, entry) }
                guard manifest.definition.fits(segment.layout) else {
                    throw StoreError(path: segment.file.path, .damaged("it is of another index"))
                }
                segments.append(segment)
            }
            self.segments = segments
            guard let name = manifest.dictionary else {
                dictionary = nil
                return
            }
            if let held = old?.dictionary {
                dictionary = held
                return
            }
            let file = try PagedFile(folder, name)
            guard let dictionary = TextDictionary(try PageReader(file).bytes(0..<name.bytes)) else {
                throw StoreError(path: file.path, .damaged("no dictionary"))
            }
            self.dictionary = dictionary
        } catch {
            throw .store(error)
        }
    }

    /// Of the newest manifest. Where a writer replaces it in this moment, and takes away what it named, once more.
    init(open folder: StoreFolder) throws(IndexError) {
        var last: Manifest?
        while true {
            let manifest = try Self.manifest(of: folder)
            do throws(IndexError) {
                self = try Snapshot(folder, manifest)
                return
            } catch .store(let error) where error.isMissing && manifest != last {
                last = manifest
            }
        }
    }

    static func manifest(of folder: StoreFolder) throws(IndexError) -> Manifest {
        let bytes: [UInt8]
        do throws(StoreError) { bytes = try folder.read(Manifest.name) } catch {
            throw error.isMissing ? .noIndex(path: folder.path) : .store(error)
        }
        return try Manifest(bytes, path: folder.path(of: Manifest.name))
    }
}

extension Snapshot {
    /// How many documents are before each segment, gone ones too; and of all.
    var firsts: [Int] { segments.reduce(into: [0]) { $0.append($0.last! + $1.documents) } }

    /// Of all documents, the bytes of their states.
    func flags() throws(StoreError) -> [UInt8] {
        var all: [UInt8] = []
        for segment in segments { try PageReader(segment.state).append(0..<segment.documents, to: &all) }
        return all
    }
}

/// One worker's way through a snapshot.
final class SnapshotReader {
    let snapshot: Snapshot
    let segments: [SegmentReader]
    private let zstandard: Zstandard
    /// By segment.
    private let ids: [KeyPagesReader]

    /// - Parameter asked: how many ids will be looked up, by ascending keys.
    init(_ snapshot: Snapshot, pages: Int = 64, asked: Int = 1) {
        self.snapshot = snapshot
        segments = snapshot.segments.map { SegmentReader($0, pages: pages) }
        ids = snapshot.segments.map { $0.keys(.ids, expected: asked) }
        zstandard = Zstandard(snapshot.dictionary)
    }

    func number(_ place: Place) throws(StoreError) -> UInt32 { try segments[place.segment].number(place.place) }
    func id(_ place: Place) throws(StoreError) -> [UInt8] { try segments[place.segment].id(place.place) }

    func record(_ place: Place) throws(StoreError) -> StoredRecord {
        let segment = segments[place.segment], path = segment.segment.file.path
        let stored = try segment.storedRecord(place.place)
        switch segment.segment.layout.form {
        case .plain: return try StoredRecord(stored, path: path)
        case .packed:
            guard let bytes = zstandard.restored(stored) else {
                throw segment.damage("a record that cannot be restored")
            }
            return try StoredRecord(bytes, path: path)
        case .withoutText:
            let (low, high) = try segment.fingerprint(place.place)
            return try StoredRecord(
                stored, fingerprint: Fingerprint(low: low, high: high), length: segment.length(place.place),
                width: snapshot.definition.keptWidth, path: path)
        }
    }

    /// Where a document is; nil where there is none of that number.
    func place(ofNumber number: UInt32) throws(StoreError) -> Place? {
        for (at, segment) in segments.enumerated() {
            guard segment.documents > 0, try segment.number(segment.documents - 1) >= number else { continue }
            guard let place = try segment.place(ofNumber: number) else { return nil }
            return Place(segment: at, place: place)
        }
        return nil
    }

    /// The document that is there by an id.
    func place(ofID id: [UInt8]) throws(StoreError) -> Place? {
        try place(ofIDKey: unsafe id.withUnsafeBytes { unsafe idKey($0) }) { id }
    }

    /// - Parameter id: is asked for only where something has its key.
    func place(ofIDKey key: UInt32, _ id: () -> [UInt8]) throws(StoreError) -> Place? {
        for (at, segment) in segments.enumerated() {
            var found: Int?
            try ids[at].forEachPlace(of: key) { place throws(StoreError) in
                if try segment.isLive(place), try segment.id(place) == id() { found = place }
                return found == nil
            }
            if let found { return Place(segment: at, place: found) }
        }
        return nil
    }
}

/// By which ids are looked up.
func idKey(_ id: UnsafeRawBufferPointer) -> UInt32 { UInt32(truncatingIfNeeded: unsafe checksum(id) >> 32) }

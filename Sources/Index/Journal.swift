import JSON
import Records
import Stages
import Store

/// What was done to an index, one line of JSON each, so that what it holds can be followed from its beginning: files of
/// Zstandard frames, one behind the other, as `zstdcat` reads them.
struct Journal {
    private var json = JSONWriter()
    private var frames: [UInt8] = []
    private let zstandard = Zstandard(nil)

    private static let frameSize = 1 << 20

    init(transaction: Int, verb: String) {
        json.beginRecord("transaction")
        json.field("number", transaction)
        json.field("verb", verb)
        json.endRecord()
    }

    private mutating func add(_ type: String, number: UInt32, _ body: (inout JSONWriter) -> Void) {
        json.beginRecord(type)
        json.field("number", Int(number))
        body(&json)
        json.endRecord()
        if json.bytes.count > Self.frameSize { close() }
    }

    mutating func added(_ number: UInt32, id: [UInt8], labels: [UInt32]) {
        add("added", number: number) { json in
            unsafe id.withUnsafeBufferPointer { unsafe json.field("id", $0) }
            json.key("labels")
            json.array { json in for label in labels { json.number(Int(label)) } }
        }
    }

    /// - Parameters:
    ///   - kind: removed, expired or superseded.
    ///   - record: what another took the place of, with its text where the index keeps that.
    mutating func gone(_ kind: String, _ number: UInt32, id: [UInt8], record: StoredRecord? = nil) {
        add(kind, number: number) { json in
            unsafe id.withUnsafeBufferPointer { unsafe json.field("id", $0) }
            guard let record else { return }
            record.withRecord(id: id, location: RecordLocation(offset: 0, length: 0, file: 0), line: 0) { record in
                let fields = unsafe [
                    ("text", record.text), ("title", record.title), ("published_at", record.date),
                    ("source", record.source), ("language", record.language), ("url", record.url),
                ]
                for unsafe(name, value) in unsafe fields where record.trace == nil || name != "text" {
                    if let value = unsafe value { unsafe json.field(name, value) }
                }
            }
        }
    }

    mutating func moved(_ number: UInt32, _ level: Level, from: UInt32, to: UInt32) {
        add("moved", number: number) { json in
            json.field("level", level.rawValue)
            json.field("from", Int(from))
            json.field("to", Int(to))
        }
    }

    private mutating func close() {
        frames += zstandard.compressed(json.bytes)
        json.bytes.removeAll(keepingCapacity: true)
    }

    consuming func finish() -> [UInt8] {
        if !json.bytes.isEmpty { close() }
        return frames
    }
}

extension Journal {
    /// Calls `body` with each line of a file.
    static func forEachLine(
        of file: Manifest.JournalFile, in folder: StoreFolder, _ body: (JSONValue) throws(StoreError) -> Void
    ) throws(StoreError) {
        let path = folder.path(of: file.name)
        let damage = StoreError(path: path, .damaged("it is not what was written"))
        let bytes = try folder.read(file.name, limit: .max)
        guard bytes.count == file.bytes, checksum(bytes) == file.checksum else { throw damage }
        let zstandard = Zstandard(nil), reader = JSONValueReader()
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let size = Zstandard.frameSize(rest),
                let text = zstandard.restored(Array(rest.prefix(size)))
            else { throw damage }
            for line in text.split(separator: UInt8(ascii: "\n")) {
                guard let row = reader.read(Array(line)) else { throw damage }
                try body(row)
            }
            rest = rest.dropFirst(size)
        }
    }

    /// The documents that are there by what was done, and what each is labelled with.
    static func replay(_ manifest: Manifest, in folder: StoreFolder) throws(StoreError) -> [UInt32: Replayed] {
        var documents: [UInt32: Replayed] = [:]
        for file in manifest.journal {
            try forEachLine(of: file, in: folder) { row throws(StoreError) in
                guard let number = row["number"]?.integer.flatMap(UInt32.init(exactly:)) else { return }
                switch row["type"]?.string {
                case "added":
                    documents[number] = Replayed(
                        id: row["id"]?.bytes ?? [],
                        labels: (row["labels"]?.array ?? []).map { UInt32(truncatingIfNeeded: $0.integer ?? -1) })
                case "removed", "expired", "superseded": documents[number] = nil
                case "moved":
                    guard let level = row["level"]?.string.flatMap(Level.init), documents[number] != nil,
                        let to = row["to"]?.integer.flatMap(UInt32.init(exactly:)),
                        documents[number]!.labels.count == Level.allCases.count
                    else { break }
                    documents[number]!.labels[level.number] = to
                default: break
                }
            }
        }
        return documents
    }

    struct Replayed: Equatable {
        var id: [UInt8]
        /// By level.
        var labels: [UInt32]
    }
}

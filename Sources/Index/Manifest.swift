import JSON
import Stages
import Store

/// What an index is at one moment: the only file that changes, replaced as a whole. JSON Lines, of which the last holds a
/// checksum of all before.
struct Manifest: Sendable, Equatable {
    struct Segment: Sendable, Equatable {
        var file: PagedFileName
        var state: PagedFileName
        /// What is kept of its reports in the window of days; nil where nothing is.
        var events: PagedFileName?
        var documents: Int
        /// Those that are there still.
        var live: Int
        /// How often those were merged that were it most.
        var merges = 0
        /// Of its documents, those without one being of the day of their addition. Seconds since 1970.
        var lastDay: Int64?
    }

    /// Documents from a number on, and what day it was.
    struct Addition: Sendable, Equatable {
        var first: UInt32
        /// Seconds since 1970; nil as long as no document had a date.
        var day: Int64?
    }

    struct JournalFile: Sendable, Equatable {
        var name: String
        var bytes: Int
        var checksum: UInt64
    }

    /// Raised where a file of now cannot be read as one of before.
    var format: Int { definition.keepsTexts ? 1 : 2 }
    static let formats = 1...2
    static let name = "manifest"

    /// Told apart from all others, so that no file of one is taken for another's.
    var identity: UInt64
    var definition: IndexDefinition
    var nextNumber: UInt32 = 0
    var nextFile = 0
    /// How often it was changed.
    var transaction = 0
    var dictionary: PagedFileName?
    var segments: [Segment] = []
    var additions: [Addition] = []
    var journal: [JournalFile] = []

    init(identity: UInt64, _ definition: IndexDefinition) { (self.identity, self.definition) = (identity, definition) }

    /// The day of the last addition.
    var day: Int64? { additions.last?.day }

    /// What day it was when a document was added.
    func day(ofNumber number: UInt32) -> Int64? {
        let at = additions.partitioningIndex { $0.first > number }
        return at == 0 ? nil : additions[at - 1].day
    }

    /// A name and a tag for the next file.
    mutating func newFile(_ kind: String) -> (name: String, tag: UInt64) {
        defer { nextFile += 1 }
        return ("\(nextFile).\(kind)", identity &+ UInt64(nextFile) &* 0xd6e8_feb8_6659_fd93)
    }

    /// All files of the index but the manifest itself and the lock.
    var files: Set<String> {
        Set(
            segments.flatMap { [$0.file.name, $0.state.name] + [$0.events?.name].compactMap { $0 } }
                + journal.map(\.name)
                + [dictionary?.name].compactMap { $0 })
    }
}

extension Manifest {
    var bytes: [UInt8] {
        var json = JSONWriter()
        func file(_ file: PagedFileName, _ prefix: String = "") {
            json.field(prefix + "file", file.name)
            json.field(prefix + "bytes", file.bytes)
            json.field(prefix + "checksum", file.checksum.hex)
            json.field(prefix + "tag", file.tag.hex)
        }
        json.beginRecord("index")
        json.field("format", format)
        json.field("identity", identity.hex)
        json.field("next_number", Int(nextNumber))
        json.field("next_file", nextFile)
        json.field("transaction", transaction)
        json.endRecord()
        definition.write(to: &json)
        if let dictionary {
            json.beginRecord("dictionary")
            file(dictionary)
            json.endRecord()
        }
        for segment in segments {
            json.beginRecord("segment")
            file(segment.file)
            file(segment.state, "state_")
            if let events = segment.events { file(events, "events_") }
            json.field("documents", segment.documents)
            json.field("live", segment.live)
            json.field("merges", segment.merges)
            if let day = segment.lastDay { json.field("last_day", Int(day)) }
            json.endRecord()
        }
        for addition in additions {
            json.beginRecord("addition")
            json.field("first", Int(addition.first))
            if let day = addition.day { json.field("day", Int(day)) }
            json.endRecord()
        }
        for part in journal {
            json.beginRecord("journal")
            json.field("file", part.name)
            json.field("bytes", part.bytes)
            json.field("checksum", part.checksum.hex)
            json.endRecord()
        }
        let sum = checksum(json.bytes)
        json.beginRecord("end")
        json.field("checksum", sum.hex)
        json.endRecord()
        return json.bytes
    }

    /// - Throws: `IndexError` where it is of another format, or not what was written.
    init(_ bytes: [UInt8], path: String) throws(IndexError) {
        let damage = IndexError.store(StoreError(path: path, .damaged("it is not what was written")))
        guard bytes.last == UInt8(ascii: "\n") else { throw damage }
        let lines = bytes.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let reader = JSONValueReader()
        guard let first = lines.first, let head = reader.read(Array(first)) else { throw damage }
        // Another format may have another way to check itself.
        if let format = head["format"]?.integer, !Self.formats.contains(format) {
            throw .format(path: path, found: format, known: Self.formats.upperBound)
        }
        guard let last = lines.last, let end = reader.read(Array(last)), end["type"]?.string == "end",
            end["checksum"]?.hex == checksum(Array(bytes.dropLast(last.count + 1)))
        else { throw damage }
        var rows: [JSONValue] = []
        for line in lines.dropLast() {
            guard let row = reader.read(Array(line)) else { throw damage }
            rows.append(row)
        }
        guard let manifest = Manifest(rows: rows) else { throw damage }
        self = manifest
    }

    /// Nil where something lacks.
    private init?(rows: [JSONValue]) {
        guard let head = rows.first, let identity = head["identity"]?.hex,
            let number = head["next_number"]?.integer.flatMap(UInt32.init(exactly:)),
            let file = head["next_file"]?.integer, let transaction = head["transaction"]?.integer,
            let definition = rows.first(where: { $0["type"]?.string == "definition" }).flatMap(IndexDefinition.init)
        else { return nil }
        self.init(identity: identity, definition)
        guard head["format"]?.integer == format else { return nil }
        (nextNumber, nextFile, self.transaction) = (number, file, transaction)
        for row in rows {
            switch row["type"]?.string {
            case "dictionary":
                guard let file = PagedFileName(row, "") else { return nil }
                dictionary = file
            case "segment":
                guard let file = PagedFileName(row, ""), let state = PagedFileName(row, "state_"),
                    let documents = row["documents"]?.integer, let live = row["live"]?.integer,
                    let merges = row["merges"]?.integer, merges >= 0, merges < 64,
                    documents <= 1 << KeyPages.mostPlaceBits, live > 0, live <= documents
                else { return nil }
                let events = PagedFileName(row, "events_")
                guard events != nil || row["events_file"] == nil else { return nil }
                segments.append(
                    Segment(
                        file: file, state: state, events: events, documents: documents, live: live, merges: merges,
                        lastDay: row["last_day"]?.integer.map(Int64.init)))
            case "addition":
                guard let first = row["first"]?.integer.flatMap(UInt32.init(exactly:)) else { return nil }
                additions.append(Addition(first: first, day: row["day"]?.integer.map(Int64.init)))
            case "journal":
                guard let name = row["file"]?.string, let bytes = row["bytes"]?.integer,
                    let sum = row["checksum"]?.hex
                else { return nil }
                journal.append(JournalFile(name: name, bytes: bytes, checksum: sum))
            default: break
            }
        }
        // No name leads out of the folder.
        if files.contains(where: { $0.contains("/") || $0.isEmpty }) { return nil }
    }
}

extension PagedFileName {
    fileprivate init?(_ row: JSONValue, _ prefix: String) {
        guard let name = row[prefix + "file"]?.string, let bytes = row[prefix + "bytes"]?.integer, bytes >= 0,
            let checksum = row[prefix + "checksum"]?.hex, let tag = row[prefix + "tag"]?.hex
        else { return nil }
        self.init(name: name, bytes: bytes, checksum: checksum, tag: tag)
    }
}

extension JSONValue {
    /// Of no more than 62 bits.
    var integer: Int? {
        guard case .number(_, let text) = self, let value = Int(text), value.magnitude < 1 << 62 else { return nil }
        return value
    }

    /// Of sixteen digits.
    var hex: UInt64? { string.flatMap { $0.utf8.count == 16 ? UInt64($0, radix: 16) : nil } }
}

import Dates
import Records
import Shingle

/// The columns of one chunk's documents.
struct ChunkColumns: Sendable {
    var locations: [RecordLocation] = []
    var fingerprints: [Fingerprint] = []
    var dates: [Int64] = []
    var lengths: [UInt32] = []
    var sources: [UInt32] = []
    var languages: [UInt32] = []
    /// As the source gives them; empty if it does not.
    var ordinals: [UInt32] = []
    var dateNotes = DateNotes()
    var sourceNames = Names()
    var languageNames = Names()

    mutating func reserve(_ count: Int) {
        locations.reserveCapacity(count)
        fingerprints.reserveCapacity(count)
        dates.reserveCapacity(count)
        lengths.reserveCapacity(count)
        sources.reserveCapacity(count)
        languages.reserveCapacity(count)
    }

    mutating func append(_ record: Record, _ fingerprint: Fingerprint, length: Int) {
        locations.append(record.location)
        if let ordinal = record.ordinal { ordinals.append(ordinal) }
        fingerprints.append(fingerprint)
        unsafe dates.append(dateNotes.note(record.date)?.key ?? Documents.undated)
        lengths.append(UInt32(length))
        unsafe sources.append(sourceNames.number(of: record.source))
        unsafe languages.append(languageNames.number(of: record.language))
    }
}

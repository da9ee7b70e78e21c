import Records
import Shingle
import Store

/// What an index without texts keeps in the place of one: the checksum of the whole record, which tells another text by
/// the same id, and the distinct shingles, by which near copies are verified.
struct StoredTrace {
    private let fingerprint: Fingerprint
    private let length: UInt32
    private let shingles: [UInt64]

    private static let checksumSize = 8

    /// Nil where the bytes are none.
    ///
    /// - Parameter text: what stands in the place of the text.
    init?(_ text: UnsafeBufferPointer<UInt8>, fingerprint: Fingerprint, length: UInt32) {
        guard text.count > Self.checksumSize,
            let shingles = unsafe GapCode.hashes(UnsafeBufferPointer(rebasing: text.dropFirst(Self.checksumSize)))
        else { return nil }
        (self.fingerprint, self.length, self.shingles) = (fingerprint, length, shingles)
    }

    /// Whether it has as many shingles as a text of its length can have.
    func isSound(width: Int?) -> Bool {
        guard let width, length >= width else { return shingles.isEmpty }
        return !shingles.isEmpty && shingles.count <= Int(length) - width + 1
    }

    /// Lends a record with this in the place of its text.
    func lend(in record: Record, _ body: (Record) -> Void) {
        unsafe shingles.withUnsafeBufferPointer { shingles in
            var record = record
            unsafe record.text = UnsafeBufferPointer(rebasing: record.text.prefix(0))
            unsafe record.trace = TextTrace(fingerprint: fingerprint, length: length, shingles: shingles)
            body(record)
        }
    }

    /// Adds a record as it is kept: without a word of its text and its title.
    ///
    /// - Parameter shingles: ascending.
    static func append(_ record: Record, date: [UInt8]?, shingles: [UInt64], to bytes: inout [UInt8]) {
        var whole: [UInt8] = [], text: [UInt8] = []
        StoredRecord.append(record, date: date, to: &whole)
        unsafe withUnsafeBytes(of: checksum(whole).littleEndian) { unsafe text.append(contentsOf: $0) }
        GapCode.append(shingles, to: &text)
        unsafe text.withUnsafeBufferPointer { text in
            var kept = record
            unsafe kept.text = text
            unsafe kept.title = nil
            StoredRecord.append(kept, date: date, to: &bytes)
        }
    }
}

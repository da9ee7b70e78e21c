import Glibc
import Inputs

private let names = ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.txt", "a.gz", "a.tar", "a.zip", "a"]
private let folder: String = {
    let path = "/dev/shm/dedup-fuzz-\(getpid())"
    guard mkdir(path, 0o700) == 0 else { fatalError("no folder \(path)") }
    return path
}()

private struct Read: Equatable {
    var text: [UInt8], id: [UInt8]?, date: [UInt8]?, location: RecordLocation
}

/// A file whose first byte says what its name ends in: the records are the same in small chunks and in one.
func dumps(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let path = folder + "/" + names[Int(first) % names.count]
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let content = bytes.dropFirst()
    let written = unsafe content.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    guard file >= 0, written == content.count, close(file) == 0 else { fatalError("cannot write \(path)") }
    defer { unlink(path) }
    let whole = read(path, chunkSize: 1 << 20), parts = read(path, chunkSize: 16 + Int(first))
    check(whole?.records == parts?.records, "chunks decide which records there are")
    check(whole?.unreadable == parts?.unreadable, "chunks decide what cannot be read")
}

private func read(_ path: String, chunkSize: Int) -> (records: [Read], unreadable: Int)? {
    guard let input = try? InputSet(paths: [path], temporaryDirectory: "/dev/shm", chunkSize: chunkSize) else {
        return nil
    }
    let reader = input.reader()
    var records: [Read] = [], unreadable = 0, chunk = 0
    while input.hasChunk(chunk) {
        let report = reader.forEachRecord(inChunk: chunk) { record in
            records.append(
                unsafe Read(
                    text: Array(record.text), id: record.id.map { unsafe Array($0) },
                    date: record.date.map { unsafe Array($0) }, location: record.location))
        }
        unreadable += report.unreadable
        chunk += 1
    }
    for record in records {
        let again = try? reader.withRecord(at: record.location) { unsafe Array($0.text) }
        check(again == record.text, "a record that is read again is another")
    }
    return (records, unreadable)
}

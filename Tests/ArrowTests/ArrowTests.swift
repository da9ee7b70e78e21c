import Arrow
import CDedup
import DedupKit
import TestSupport
import Testing

/// What goes out as Arrow comes in again as the same documents.
@Suite struct ArrowTests {
    private static let usual = ArrowFields(
        text: .usual(["text", "body"]), id: .usual(["id", "url"]), title: .usual(["title"]), date: .usual(["date"]),
        source: .usual(["source"]), language: .usual(["language"]), url: .usual(["url"]))

    private static func source(
        _ columns: [OutColumn], _ fields: ArrowFields = usual, chunkSize: Int = 1 << 20
    ) throws -> ArrowSource {
        var stream = ArrowArrayStream()
        OutTable(columns).export(to: &stream)
        return try ArrowSource(ArrowTable(taking: &stream), fields, chunkSize: chunkSize)
    }

    /// Of each record its text, id, title, date and source, read chunk by chunk and again by its location.
    private static func records(_ source: ArrowSource) throws -> [[String?]] {
        func told(_ record: Record) -> [String?] {
            [record.text, record.id, record.title, record.date, record.source].map { bytes in
                bytes.map { String(decoding: $0, as: UTF8.self) }
            }
        }
        let reader = source.reader()
        var all: [[String?]] = [], locations: [RecordLocation] = []
        var chunk = 0
        while source.hasChunk(chunk) {
            _ = reader.forEachRecord(inChunk: chunk) { record in
                all.append(told(record))
                locations.append(record.location)
            }
            chunk += 1
        }
        #expect(chunk == source.expectedChunks)
        for (record, location) in zip(all, locations) {
            #expect(try reader.withRecord(at: location, told) == record)
        }
        return all
    }

    @Test(arguments: [1, 7, 1 << 20]) func columnsAsRecords(chunkSize: Int) throws {
        let long = String(repeating: "word ", count: 40)
        let source = try Self.source(
            [
                .strings("text", ["", long, nil, "é"]), .strings("title", ["a", nil, "", "d"]),
                .integers("id", [5, nil, -1, 7]), .moments("date", [0, nil, 1_700_000_000, -1]),
                .strings("source", ["x", "", nil, "z"]),
            ], chunkSize: chunkSize)
        #expect(
            try Self.records(source) == [
                ["", "5", "a", "1970-01-01T00:00:00Z", "x"], [long, nil, nil, nil, nil],
                ["", "-1", nil, "2023-11-14T22:13:20Z", nil], ["é", "7", "d", "1969-12-31T23:59:59Z", "z"],
            ])
        #expect(!source.hasIntegerIds)
    }

    /// Of several names in each row the first that has a value of use.
    @Test func usualNames() throws {
        let source = try Self.source([
            .strings("url", ["u", "v", "w"]), .strings("id", ["a", nil, ""]), .strings("body", ["b", "c", "d"]),
            .strings("text", ["a", nil, ""]),
        ])
        #expect(try Self.records(source).map { Array($0[..<2]) } == [["a", "a"], ["c", "v"], ["", "w"]])
        #expect(source.columns.map(\.column) == ["text", "body", "id", "url", "url"])
    }

    @Test func rowsWithoutIds() throws {
        let source = try Self.source([.strings("text", ["a", "b"])])
        #expect(try Self.records(source).map { $0[1] } == ["0", "1"])
        #expect(source.hasIntegerIds && source.integerId(ofRow: 1) == 1)
    }

    @Test func clustersAsTextsInMemory() throws {
        var random = SplitMix64(seed: 4)
        let texts = (0..<300).map { _ in
            (0..<Int.random(in: 0..<30, using: &random)).map { _ in "word\(Int.random(in: 0..<9, using: &random))" }
                .joined(separator: " ")
        }
        let source = try Self.source([.strings("text", texts)], chunkSize: 100)
        let found = try Pipeline().run(source), expected = try Pipeline().run(texts: texts)
        #expect(found.labels == expected.labels)
    }

    @Test func failures() throws {
        func failure(_ columns: [OutColumn]) -> ArrowFailure? {
            do { _ = try Self.source(columns) } catch let failure as ArrowFailure { return failure } catch {}
            return nil
        }
        #expect(failure([.strings("words", ["a"])])?.kind == .noColumn)
        #expect(failure([.integers("text", [1])])?.kind == .type)
        #expect(failure([.strings("text", ["a"]), .booleans("date", [true])])?.kind == .type)
        #expect(failure([.strings("text", ["a"]), .strings("text", ["a"])])?.kind == .noColumn)
    }

    @Test func aStreamIsTakenOnce() throws {
        var stream = ArrowArrayStream()
        OutTable([.strings("text", ["a"])]).export(to: &stream)
        _ = try ArrowTable(taking: &stream)
        #expect(stream.release == nil)
        #expect(throws: ArrowFailure.self) { _ = try ArrowTable(taking: &stream) }
    }

    /// Whoever reads a run no more is not read for.
    @Test func stopped() throws {
        var stream = ArrowArrayStream()
        OutTable([.strings("text", ["a", "b"])]).export(to: &stream)
        let source = try ArrowSource(ArrowTable(taking: &stream), Self.usual) { true }
        #expect(!source.hasChunk(0))
        #expect(throws: Problem.self) {
            try source.reader().readRecord(at: RecordLocation(offset: 0, length: 1, file: 0)) { _ in }
        }
    }
}

import Records
import TestSupport
import Testing

@testable import Inputs

/// Tables give what a plain reader gives, however they are cut.
@Suite struct TableTests {
    private struct Found: Equatable {
        var lines: [Int] = []
        var texts: [String] = []
        var ids: [String?] = []
        var bad: [Int] = []
    }

    /// The second column is the text, the first the id.
    private func expected(_ bytes: [UInt8], _ separator: Character, columns: Int) -> Found {
        var found = Found()
        for row in PlainTable(bytes, separator: separator).rows.dropFirst() {
            if row.isBroken || row.fields.count != columns {
                found.bad.append(row.line)
            } else {
                found.lines.append(row.line)
                found.texts.append(row.fields[1])
                found.ids.append(row.fields[0].isEmpty ? nil : row.fields[0])
            }
        }
        return found
    }

    private func check(
        _ bytes: [UInt8], _ separator: Character, columns: Int, _ random: inout SplitMix64, _ name: String
    )
        throws
    {
        let want = expected(bytes, separator, columns: columns)
        for chunkSize in [1, 2, 3, 7, 16, 61, 64, 1 << 20] {
            let blockSize = Int.random(in: 1...80, using: &random)
            let all = try read(bytes, name: "news.csv", chunkSize: chunkSize, blockSize: blockSize)
            let got = Found(
                lines: all.documents.map(\.line), texts: all.texts, ids: all.documents.map(\.id),
                bad: all.problems.map(\.line))
            let text = String(decoding: bytes, as: UTF8.self).debugDescription
            #expect(got == want, "\(name), chunks of \(chunkSize), blocks of \(blockSize), \(text)")
        }
    }

    @Test func rowsOfAnyKindInChunksOfAnySize() throws {
        var random = SplitMix64(seed: 3)
        for round in 0..<200 {
            let separator: Character = [",", "\t", ";"][round % 3], end = round % 2 == 0 ? "\n" : "\r\n"
            var text = round % 5 == 0 ? "\u{feff}" : ""
            text += ["id", "text", "x"].joined(separator: String(separator)) + end
            for _ in 0..<random.below(8) {
                let fields = (0..<3).map { _ in Self.field(&random, separator) }
                text += fields.joined(separator: String(separator))
                text += random.flip(0.1) ? "\n" : end
                if random.flip(0.1) { text += end }
            }
            if random.flip(0.3), text.hasSuffix(end) { text.removeLast() }
            try check(Array(text.utf8), separator, columns: 3, &random, "round \(round)")
        }
    }

    /// As a writer would quote it, whether it must or not.
    private static func field(_ random: inout SplitMix64, _ separator: Character) -> String {
        let pieces = ["a", "é", " ", "\"", "\n", "\r\n", String(separator), "word", "'", "\\", "{}"]
        let value = (0..<random.below(6)).map { _ in pieces.randomElement(using: &random)! }.joined()
        let mustQuote = value.unicodeScalars.contains {
            "\"\n\r".unicodeScalars.contains($0) || $0 == separator.unicodeScalars.first
        }
        guard mustQuote || random.flip(0.3) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }

    @Test func rowsThatNoWriterWouldWrite() throws {
        var random = SplitMix64(seed: 4)
        let tokens = ["\"", "\"\"", ",", "\n", "\r", "\r\n", "a", "word", "\",\"", "\"\n", ",\"", " "]
        for round in 0..<500 {
            let dirt = (0..<random.below(20)).map { _ in tokens.randomElement(using: &random)! }.joined()
            try check(Array("id,text\n\(dirt)".utf8), ",", columns: 2, &random, "round \(round)")
        }
    }

    @Test func columnsByTheirNames() throws {
        let all = try read(
            "url,headline,body,date,domain,lang,extra\nu1,\"A \"\"b\"\"\",\"the text,\nhere\",2024-01-02,x.org,en,\n"
                .utf8,
            name: "a.csv")
        let document = try #require(all.documents.first)
        #expect(document.text == "the text,\nhere")
        #expect([document.id, document.title, document.date] == ["u1", "A \"b\"", "2024-01-02"])
        #expect([document.source, document.language] == ["x.org", "en"])
        #expect(all.ids == ["u1"])
    }

    @Test func preferredColumnsThatAreEmptyAreNotUsed() throws {
        let all = try read("content,text,id\nc,,\nc,t,7\n,,\n".utf8, name: "a.csv")
        #expect(all.texts == ["c", "t", ""])
        #expect(all.documents.map(\.id) == [nil, "7", nil])
        #expect(all.ids.map { $0.suffix(7) } == ["a.csv:2", "7", "a.csv:4"])
    }

    @Test func missingAndExtraColumnsAreToldWithTheirLine() throws {
        let all = try read("id,text\n1,\"a\nb\"\n2\n3,c,d\n4,d\n".utf8, name: "a.csv")
        #expect(all.texts == ["a\nb", "d"])
        #expect(all.problems.map(\.line) == [4, 5])
        #expect(
            all.problems.map(\.message) == [
                "1 column where the first row has 2", "3 columns where the first row has 2",
            ])
    }

    @Test func tablesAreToldByTheirFirstLine() throws {
        #expect(try read("id\ttext\n1\ta,b\n".utf8, name: "dump").texts == ["a,b"])
        #expect(try read("id;text\n1;a,b\n".utf8, name: "a.csv").texts == ["a,b"])
        #expect(try read("text\na b\n".utf8, name: "a.csv").texts == ["a b"])
        #expect(try read("text,x\n".utf8, name: "dump").problems.isEmpty)
        #expect(try read("".utf8, name: "a.csv").problems.isEmpty)
        #expect(try read("{\"text\":\"a, text\"}\n".utf8, name: "dump").texts == ["a, text"])
        #expect(try read("some text, and more\n".utf8, name: "dump").problems.count == 1)
    }

    @Test func withoutATextColumn() {
        let error = #expect(throws: Problem.self) { try read("id,words\n1,a\n".utf8, name: "a.csv") }
        #expect(error?.fault == .noTextColumn(names: Fields.standard.text, columns: ["id", "words"]))
        #expect(error?.message.contains("no text column") == true && error?.message.contains("id, words") == true)
    }

    @Test func brokenUnicodeIsRepaired() throws {
        let all = try read(Array("id,text\n1,\"a".utf8) + [0xff] + Array("\"\n".utf8), name: "a.csv")
        #expect(all.texts == ["a\u{FFFD}"])
        #expect(all.report.repaired == 1)
    }

    @Test func rowsCanBeReadAgain() throws {
        let scratch = TemporaryFolder()
        let path = scratch.write("a.tsv", "text\tid\r\n\"a\r\nb\"\t1\r\nc\t2\r\n\"d\"\t3")
        let inputs = try InputSet(paths: [path], chunkSize: 4)
        let reader = inputs.reader()
        for document in Everything(inputs).documents.reversed() {
            let again = try reader.withRecord(at: document.location) { Document($0, linesBefore: 0) }
            #expect(again.text == document.text && again.id == document.id, "\(document)")
        }
    }
}

/// What spreadsheets and scripts write beside the standard.
@Suite struct TableShapeTests {
    @Test(arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) throws {
        let rows = ["id,text", "1,\"a \"\"b\"\" c\"", "2,\"two\(end)lines\"", "", "3,d"]
        for last in ["", end] {
            let all = try read((rows.joined(separator: end) + last).utf8, name: "a.csv", chunkSize: 8)
            #expect(all.texts == ["a \"b\" c", "two\(end)lines", "d"], "\(end.debugDescription)")
            #expect(all.problems.isEmpty)
        }
    }

    @Test(arguments: [",", ";", "|", "\t"])
    func separators(_ separator: String) throws {
        let rows = [["id", "text"], ["1", "\"a\(separator)b\""], ["2", "c"]].map { $0.joined(separator: separator) }
        let table = rows.joined(separator: "\n")
        for file in [table, "sep=\(separator)\n\(table)", "\u{feff}\"SEP=\(separator)\"\r\n\(table)"] {
            let all = try read(file.utf8, name: "a.csv")
            #expect(all.texts == ["a\(separator)b", "c"] && all.problems.isEmpty, "\(file)")
            #expect(all.documents.map(\.line) == (file.lowercased().contains("sep=") ? [3, 4] : [2, 3]), "\(file)")
        }
        #expect(try read("sep=:\nid:text\n1:a\n".utf8, name: "a.csv").texts == ["a"])
    }

    @Test func headersInAnyCaseAndWithSpaces() throws {
        for head in ["ID,Title,Text", " id , TITLE ,\u{a0}text ", "\u{feff}\"Id\",\"\u{feff}Title\",\"TEXT\""] {
            let document = try #require(try read("\(head)\n1,t,a\n".utf8, name: "a.csv").documents.first)
            #expect([document.id, document.title, document.text] == ["1", "t", "a"], "\(head)")
        }
        #expect(try read("Text,text\nA,a\n".utf8, name: "a.csv").texts == ["a"])
        #expect(try read("text,body\n ,b\n".utf8, name: "a.csv").texts == ["b"])
    }

    @Test func withoutAHeader() throws {
        var fields = Fields.standard
        (fields.textColumn, fields.id) = (2, ["1"])
        for (file, name) in [
            ("x\ta, b\ny\tc\n", "a.tsv"), ("x,\"a, b\"\ny,c\n", "dump"), ("\u{feff}x;a, b\ny;c", "a.csv"),
        ] {
            let all = try read(file.utf8, name: name, fields: fields)
            #expect(all.texts == ["a, b", "c"] && all.ids == ["x", "y"], "\(file): \(all.problems)")
        }
        let error = #expect(throws: Problem.self) { try read("x\ny\n".utf8, name: "a.csv", fields: fields) }
        #expect(error?.fault == .noTextColumn(names: ["column 2"], columns: ["1"]))
    }

    /// Of quotes that nobody closed: no row but their own is lost.
    @Test func strayQuotes() throws {
        let cases: [(file: String, texts: [String], bad: [Int])] = [
            ("id\ttext\n1\t\"Never\" said he\n2\tb\n", ["Never said he", "b"], []),
            ("id\ttext\n1\t\"open\n2\tb\n3\tc\n", ["b", "c"], [2]),
            ("id\ttext\n1\t\"open\n2\tb\n3\tthe 5\" nail\n4\td\n", ["b", "the 5\" nail", "d"], [2]),
            (
                "id\ttext\tx\n1\t\"open\n2\tb\tx\n3\tfive inch\"\tx\n4\td\tx\n", ["open\n2\tb\tx\n3\tfive inch", "d"],
                []
            ),
            ("id\ttext\tx\n1\t\"open\tx\n2\tb\tx\n3\tfive inch\"\n4\td\tx\n", ["b", "d"], [2, 4]),
            ("id\ttext\n1\t\"open\n2\t\"b\"\n3\t\"open\n4\td\n", ["b", "d"], [2, 4]),
            ("id,text,x\n1,\"open,x\n2,b,\"x\"\n3,c,x\n", ["b", "c"], [2]),
            ("id,text\n1,a \"b\" c\n2,\"d\"e,\n", ["a \"b\" c"], [3]),
            ("id,text\n1,\"two\n\nlines, \"\"really\"\"\"\n2,b\n", ["two\n\nlines, \"really\"", "b"], []),
        ]
        for (file, texts, bad) in cases {
            for chunkSize in [1, 5, 16, 1 << 20] {
                let all = try read(file.utf8, name: file.contains("\t") ? "a.tsv" : "a.csv", chunkSize: chunkSize)
                #expect(
                    all.texts == texts && all.problems.map(\.line) == bad, "\(file.debugDescription): \(all.problems)")
            }
        }
    }

    @Test func aQuoteThatIsNeverClosedIsNotWaitedFor() throws {
        let rows = (2...400_000).map { "\($0),row number \($0) of many that follow" }.joined(separator: "\n")
        let all = try read("id,text\n1,\"open\n\(rows)\n".utf8, name: "a.csv")
        #expect(all.documents.count == 399_999 && all.problems.map(\.line) == [2])
    }
}

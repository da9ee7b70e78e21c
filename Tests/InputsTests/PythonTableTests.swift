import Foundation
import TestSupport
import Testing

@testable import Inputs

/// Tables that Python's csv writes, in each of its ways, are read as it reads them.
@Suite struct PythonTableTests {
    struct Example: Decodable {
        var table: String
        var texts: [String]
        var ids: [String]
    }

    private static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static let script = #"""
        import csv, io, json, random, sys
        random.seed(11)
        pieces = ["a", "b c", "é", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", "'", "\\", " ", "日本", "x=1"]
        for number in range(10_000):
            separator, end = ",;\t|"[number % 4], ["\n", "\r\n", "\r"][number % 3]
            names = ["id", "text", "note"][: 2 + number % 2]
            random.shuffle(names)
            out = io.StringIO(newline="")
            quoting = [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC][number // 12 % 3]
            writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting)
            writer.writerow(names)
            for row in range(random.randrange(6)):
                values = {"id": str(row), "text": "t" + "".join(random.choices(pieces, k=random.randrange(7)))}
                values["note"] = "".join(random.choices(pieces, k=random.randrange(4)))
                # Where it must not quote, older ones leave line ends that are not the table's as they are.
                plain = {n: v if quoting else v.replace("\r", "").replace("\n", "") for n, v in values.items()}
                writer.writerow([(values if end == "\r\n" else plain)[n] for n in names])
            table = out.getvalue()
            rows = list(csv.DictReader(io.StringIO(table, newline=""), delimiter=separator))
            print(json.dumps({"table": table, "texts": [r["text"] for r in rows], "ids": [r["id"] for r in rows]}))
        """#

    @Test(.enabled("needs Python") { python != nil })
    func tenThousandRandomTables() throws {
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(filePath: Self.python!)
        process.arguments = ["-c", Self.script]
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let lines = output.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 10_000)
        for (number, line) in lines.enumerated() {
            let example = try JSONDecoder().decode(Example.self, from: Data(line))
            let name = ["a.csv", "a.tsv"][number % 4 == 2 ? 1 : 0]
            let all = try read(example.table.utf8, name: name, chunkSize: [1, 9, 64, 1 << 20][number / 4 % 4])
            #expect(
                all.texts == example.texts && all.documents.map(\.id) == example.ids,
                "\(example.table.debugDescription)")
            #expect(all.problems.isEmpty, "\(example.table.debugDescription): \(all.problems)")
        }
    }
}

import DedupKit
import Foundation
import Output
import Report
import TestSupport
import Testing

/// Random corpora with ids, headlines and outlets that no format likes.
private struct Dump {
    let clustering: Clustering

    private static let hostile = [
        "tab\there", "line\nfeed", "quote\"d", "back\\slash", "\u{1b}[31mred", "\u{202e}turned", "日本語", "", "a,b;c",
        "\r",
    ]

    init(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let documents = syntheticStories(seed: 9000 + seed, count: 40).enumerated().map { number, story in
            Document(
                text: story.text, id: "\(number) " + Self.hostile.randomElement(using: &random)!,
                title: Self.hostile.randomElement(using: &random)! + " title", date: story.date,
                source: Self.hostile.randomElement(using: &random)!)
        }
        let level = Level.allCases[seed % 4]
        var options = RunOptions(level: level, threads: 2)
        (options.pairs, options.explains) = (seed % 2 == 0, level == .event)
        clustering = try Pipeline(options: options).run(MemorySource(documents: documents))
    }

    func id(_ document: DocumentNumber) -> String { clustering.documents.identifiers[document] }
}

@Suite struct RendererTests {
    private func written(_ body: (OutputFile) throws -> Void) throws -> String {
        let folder = TemporaryFolder(), path = folder.path + "/out"
        return try withExtendedLifetime(folder) {
            let output = try OutputFile(path)
            try body(output)
            try output.commit()
            return try String(contentsOfFile: path, encoding: .utf8)
        }
    }

    private func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private func plain(_ id: String) -> String {
        String(String.UnicodeScalarView(id.unicodeScalars.map { (9...13).contains($0.value) ? " " : $0 }))
    }

    @Test(arguments: 0..<12) func tables(seed: Int) throws {
        let dump = try Dump(seed: seed), clustering = dump.clustering
        let expected = clustering.documents.numbers.map { document in
            [dump.id(document)] + clustering.levels.map { dump.id(clustering.label($0, of: document)) }
        }
        let width = 1 + clustering.levels.count
        let header =
            ["id"] + clustering.levels.map(\.rawValue) + ["headline", "date", "outlet", "link"]
            + (clustering.levels.last == .event ? ["doubt"] : [])
        let tabs = rows(try written { try ClusterTable.write(clustering, .tsv, to: $0) })
        #expect(tabs[0] == header)
        #expect(tabs.dropFirst().map { Array($0.prefix(width)) } == expected.map { $0.map(plain) })
        #expect(Set(tabs.map(\.count)) == [header.count])
        let commas = fields(try written { try ClusterTable.write(clustering, .csv, to: $0) })
        #expect(commas[0] == header)
        #expect(commas.dropFirst().map { Array($0.prefix(width)) } == expected)
        #expect(Set(commas.map(\.count)) == [header.count])
    }

    /// Of CSV as RFC 4180 has it, character by character.
    private func fields(_ text: String) -> [[String]] {
        var rows: [[String]] = [], row: [String] = [], field = "", isQuoted = false, afterQuote = false
        for scalar in text.unicodeScalars {
            if scalar == "\"" {
                if !isQuoted, afterQuote { field.unicodeScalars.append(scalar) }
                isQuoted.toggle()
                afterQuote = !isQuoted
                continue
            }
            afterQuote = false
            if isQuoted || scalar != "," && scalar != "\n" {
                field.unicodeScalars.append(scalar)
                continue
            }
            row.append(field)
            field = ""
            if scalar == "\n" {
                rows.append(row)
                row = []
            }
        }
        return rows
    }

    @Test(arguments: 0..<12) func jsonLinesSayWhatTheClusteringSays(seed: Int) throws {
        let dump = try Dump(seed: seed), clustering = dump.clustering
        let text = try written { try JSONLinesReport.write(clustering, of: ["memory"], to: $0) }
        let records = try text.split(separator: "\n").map {
            try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        func all(_ kind: String) -> [[String: Any]] { records.filter { $0["type"] as? String == kind } }
        #expect(records.first?["type"] as? String == "run" && records.last?["type"] as? String == "summary")
        let documents = all("document")
        #expect(documents.map { $0["id"] as? String } == clustering.documents.numbers.map { dump.id($0) })
        for level in clustering.levels {
            #expect(
                documents.map { $0[level.rawValue] as? String }
                    == clustering.documents.numbers.map { dump.id(clustering.label(level, of: $0)) })
            let clusters = all("cluster").filter { $0["level"] as? String == level.rawValue }
            let members = clusters.flatMap { $0["members"] as? [String] ?? [] }
            #expect(Set(members).count == members.count, "a document in two clusters at \(level)")
            let alone = clustering.clusterCount(level) - clusters.count
            #expect(alone == clustering.documents.count - members.count, "\(level)")
        }
    }

    @Test(arguments: [60, 80, 200]) func textForPeopleIsTameAndFits(width: Int) throws {
        for seed in 0..<8 {
            let dump = try Dump(seed: seed)
            let text = try written { try TextReport.write(dump.clustering, style: TextStyle(width: width), to: $0) }
            for scalar in text.unicodeScalars where scalar != "\n" {
                #expect(
                    ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory), "\(scalar.value)")
            }
            let (lines, level) = (text.split(separator: "\n"), dump.clustering.levels.last!)
            #expect(lines.contains { $0.hasPrefix("\(dump.clustering.documents.count) stories") })
            let shown = ClusterSizes(dump.clustering, level)
            #expect(lines.count { $0.hasPrefix("\(level.rawValue) of ") } == shown.ofSeveral)
        }
    }

    @Test(arguments: 0..<8) func flagsInEveryFormat(seed: Int) throws {
        let dump = try Dump(seed: 4 * seed + 2), flags = CopyFlags(dump.clustering)
        let rows = rows(try written { try FlagTable.write(flags, dump.clustering, .tsv, to: $0) })
        #expect(Set(rows.map(\.count)) == [12])
        for (row, (document, flag)) in zip(rows.dropFirst(), flags.flags.enumerated()) {
            #expect(row[0] == plain(dump.id(DocumentNumber(document))))
            #expect(row[1] == (flag.of == nil ? "original" : "copy"))
            #expect(row[2] == (flag.of.map { plain(dump.id($0)) } ?? ""))
        }
        let json = try written { try FlagJSONLinesReport.write(flags, dump.clustering, to: $0) }
        let statuses = try json.split(separator: "\n").compactMap {
            try (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["status"] as? String
        }
        #expect(statuses == flags.flags.map { $0.of == nil ? "original" : "copy" })
    }
}

/// By counting labels.
private struct ClusterSizes {
    let ofSeveral: Int

    init(_ clustering: Clustering, _ level: Level) {
        ofSeveral = Dictionary(grouping: clustering.labels[level]!) { $0 }.values.count { $0.count > 1 }
    }
}

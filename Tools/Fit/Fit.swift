import DedupKit
import Event
import Glibc
import Inputs
import Workers

/// What the event model is told, for `Tools/fit-event-model` to learn from: `fit DUMP.jsonl...` writes next to each dump
/// `DUMP.jsonl.pairs`, of each candidate pair the two documents' numbers and the features, and `DUMP.jsonl.voices`, of each
/// document its id, the day (empty if unknown) and whether it is a form, as tab-separated values, and of each copy the id of
/// its voice in `DUMP.jsonl.copies`. Numbers of pairs are 32-bit floats.
///
/// `fit --all DUMP.jsonl...` tells every pair that can be of one event, whatever the index finds.
@main struct Fit {
    static func main() throws {
        let workers = Workers(count: Workers.available)
        var parameters = EventParameters()
        parameters.model.most = .infinity  // No pair is hopeless.
        var paths = CommandLine.arguments.dropFirst()
        if paths.first == "--all" {
            paths.removeFirst()
            (parameters.indexedTerms, parameters.postingWindow) = (1_000, .max)
            (parameters.mostCandidates, parameters.leastMeeting) = (.max, 0)
            parameters.leastCosine = 0.12
        }
        for path in paths { try write(path, parameters, workers) }
    }

    static func write(_ path: String, _ parameters: EventParameters, _ workers: Workers) throws {
        let clustering = try Pipeline(options: RunOptions(level: .copy, threads: workers.count)).run(
            InputSet(paths: [path]))
        let documents = clustering.documents
        let voices = documents.preferenceOrder().filter { clustering.label(.copy, of: $0) == $0 }
        let reader = TermReader(documents)
        let reports = try voices.map { try reader.read($0) }
        let pairs = EventPairs(TermStore(reports), parameters: parameters, workers: workers)

        func id(_ document: DocumentNumber) -> [UInt8] { documents.identifiers.withBytes(of: document) { Array($0) } }
        let tab = UInt8(ascii: "\t"), newline = UInt8(ascii: "\n")
        var lines: [UInt8] = []
        for (number, voice) in voices.enumerated() {
            lines += id(voice) + [tab] + (reports[number].day.map { "\($0)" } ?? "").utf8
            lines += [tab] + (pairs.isForm(number) ? "1" : "0").utf8 + [newline]
        }
        write(lines, to: path + ".voices")
        lines = []
        for document in documents.numbers {
            lines += id(document) + [tab] + id(clustering.label(.copy, of: document)) + [newline]
        }
        write(lines, to: path + ".copies")
        var values: [Float] = []
        for number in 0..<pairs.count {
            let (first, second, features) = pairs[number]
            values += [Float(first), Float(second)]
            for feature in features.indices { values.append(Float(features[feature])) }
        }
        write(values, to: path + ".pairs")
    }

    static func write<Value: BitwiseCopyable>(_ values: [Value], to path: String) {
        let file = fopen(path, "w")
        values.withUnsafeBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
        fclose(file)
    }
}

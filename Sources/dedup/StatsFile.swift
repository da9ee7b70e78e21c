import DedupKit
import JSON
import Output
import Report

/// The seconds of each stage as a JSON file, for benchmarks.
enum StatsFile {
    static func write(_ stages: StageTimes, _ clustering: Clustering, to path: String) throws {
        let rows = Stage.allCases.map { "{\"name\":\"\($0.rawValue)\",\"seconds\":\(fixed(stages[$0], decimals: 4))}" }
        let counts = "{\"documents\":\(clustering.documents.count),\"pairs\":\(clustering.pairs.count)}"
        let text = "{\"stages\":[\(rows.joined(separator: ","))],\"counts\":\(counts)}\n"
        do {
            let file = try OutputFile(path)
            try file.write(text.utf8)
            try file.commit()
        } catch {
            throw Failure(.cannotWrite, error)
        }
    }
}

import DedupKit
import Evaluation
import Inputs
import Workers

/// A labelled dump, clustered and scored as it is and as real dumps are.
struct LabelledRuns {
    let asItIs: ClusteringScores
    /// With seven of ten events as one report, by seed.
    let thinned: [ClusteringScores]
    /// Dumps of five to fifty of its stories.
    let handfuls: [ClusteringScores]
    let clustering: Clustering
    let inputs: InputSet

    static let seeds = 1...3
    static let handfulCount = 75

    /// - Parameter path: of files with a label in each record.
    init(_ path: String, _ options: RunOptions) throws {
        inputs = try Self.open(path, .standard)
        clustering = try Self.run(inputs, options)
        try Textless(clustering, inputs.fields).refuse()
        let dump = LabelledDump(documents: try Self.documents(of: clustering), labels: try Self.labels(path, options))
        guard !dump.documents.isEmpty else { throw Failure(.noInput, "\(path): holds no stories") }
        guard dump.labels.count == dump.documents.count, dump.labels.contains(where: { !$0.isEmpty }) else {
            throw Failure(.noInput, "\(path): no field label, which --thin needs in each record")
        }
        asItIs = dump.scores(predicted: clustering.labels[options.level]!.map(\.index))
        func scores(_ dump: LabelledDump) throws -> ClusteringScores {
            let clustering = try Self.run(MemorySource(documents: dump.documents), options)
            return dump.scores(predicted: clustering.labels[options.level]!.map(\.index))
        }
        thinned = try Self.seeds.map { try scores(dump.thinned(seed: $0)) }
        handfuls = try (1...Self.handfulCount).map { try scores(dump.handful(seed: $0)) }
    }

    private static func open(_ path: String, _ fields: Fields) throws -> InputSet {
        do { return try InputSet(paths: [path], fields: fields) } catch { throw Failure(.noInput, error) }
    }

    private static func run(_ source: some DocumentSource, _ options: RunOptions) throws -> Clustering {
        do { return try Pipeline(options: options).run(source) } catch { throw Failure(.cannotWrite, error) }
    }

    /// The label is read as any field is, in the place of the outlet.
    private static func labels(_ path: String, _ options: RunOptions) throws -> [[UInt8]] {
        var fields = Fields.standard, options = options
        (fields.source, options.level) = (["label"], .exact)
        let documents = try run(open(path, fields), options).documents
        return documents.numbers.map { Array(documents.source(of: $0).utf8) }
    }

    private static func documents(of clustering: Clustering) throws -> [Document] {
        let documents = clustering.documents, reader = documents.reader()
        func string(_ bytes: UnsafeBufferPointer<UInt8>?) -> String? {
            unsafe bytes.map { unsafe String(decoding: $0, as: UTF8.self) }
        }
        return try documents.numbers.map { number in
            do {
                return try reader.withRecord(of: number) { record in
                    unsafe Document(
                        text: string(record.text)!, id: documents.identifiers[number], title: string(record.title),
                        date: string(record.date), source: string(record.source), language: string(record.language))
                }
            } catch {
                throw Failure(.noInput, error)
            }
        }
    }
}

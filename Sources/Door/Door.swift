import Arrow
public import CDedup
import DedupKit
import Evaluation

@c @implementation
public func dedup_options_init(_ options: UnsafeMutablePointer<dedup_options>!) {
    unsafe options.initialize(to: Options.standard)
}

@c @implementation
public func dedup_result_free(_ result: OpaquePointer!) {
    if let result = unsafe result { unsafe Answer.take(result) }
}

@c @implementation
public func dedup_result_table(
    _ result: OpaquePointer!, _ name: UnsafePointer<CChar>!, _ out: UnsafeMutablePointer<ArrowArrayStream>!,
    _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        try unsafe Answer.of(result).table(String(cString: name)).export(to: out)
    }
}

@c @implementation
public func dedup_cluster(
    _ documents: UnsafeMutablePointer<ArrowArrayStream>!, _ options: UnsafePointer<dedup_options>!,
    _ result: UnsafeMutablePointer<OpaquePointer?>!, _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        let options = unsafe options.pointee, watch = unsafe Watch(options)
        let table = Result { try unsafe ArrowTable(taking: documents) { watch.isCancelled } }
        let asked = try unsafe Options(options, watch)
        let source = try ArrowSource(table.get(), asked.fields) { watch.isCancelled }
        let clustering = try Pipeline(asked.definition, options: asked.run).run(source)
        try watch.end()
        unsafe result.pointee = ClusteringTables(clustering, source).answer.handle()
    }
}

@c @implementation
public func dedup_filter(
    _ documents: UnsafeMutablePointer<ArrowArrayStream>!, _ against: UnsafeMutablePointer<ArrowArrayStream>!,
    _ options: UnsafePointer<dedup_options>!, _ result: UnsafeMutablePointer<OpaquePointer?>!,
    _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        let options = unsafe options.pointee, watch = unsafe Watch(options)
        func table(_ stream: UnsafeMutablePointer<ArrowArrayStream>) -> Result<ArrowTable, ArrowFailure> {
            Result { () throws(ArrowFailure) in try unsafe ArrowTable(taking: stream) { watch.isCancelled } }
        }
        // Both are taken, whatever is wrong with one.
        let (new, known) = unsafe (table(documents), against.map { unsafe table($0) })
        let asked = try unsafe Options(options, watch)
        func source(_ table: ArrowTable) throws(ArrowFailure) -> ArrowSource {
            try ArrowSource(table, asked.fields) { watch.isCancelled }
        }
        let source = JoinedSource(known: try known.map { try source($0.get()) }, try source(new.get()))
        var definition = asked.definition
        definition.keepsKnown = true
        guard definition.linkage == .star else { throw Failure.option("linkage", "is \"star\" for a filter") }
        let clustering = try Pipeline(definition, options: asked.run).run(source)
        try watch.check()
        let removals = try Removals(clustering)
        try watch.end()
        unsafe result.pointee = Answer.removals(removals, knownCount: source.knownCount).handle()
    }
}

@c @implementation
public func dedup_compare(
    _ a: UnsafePointer<CChar>!, _ aSize: Int, _ b: UnsafePointer<CChar>!, _ bSize: Int,
    _ language: UnsafePointer<CChar>!, _ result: UnsafeMutablePointer<OpaquePointer?>!,
    _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        let language = unsafe language.map { unsafe String(cString: $0) }
        func text(_ name: String, _ bytes: UnsafeBufferPointer<UInt8>) throws -> ComparedText {
            var text = unsafe ComparedText(name: name, text: Array(bytes))
            text.language = language.flatMap { Language($0) }
            return text
        }
        let one = try unsafe text("a", lent(a, aSize, "a")), other = try unsafe text("b", lent(b, bSize, "b"))
        unsafe result.pointee = ComparisonTables(comparison: Comparison(one, other)).answer.handle()
    }
}

@c @implementation
public func dedup_evaluate(
    _ predicted: UnsafePointer<Int64>!, _ gold: UnsafePointer<Int64>!, _ count: Int,
    _ scores: UnsafeMutablePointer<dedup_scores>!
) {
    func numbers(_ start: UnsafePointer<Int64>?) -> [Int] {
        unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : count).map { Int($0) }
    }
    let found = unsafe ClusteringScores(predicted: numbers(predicted), gold: numbers(gold))
    unsafe scores.initialize(
        to: dedup_scores(
            documents: Int64(found.documents), predicted_clusters: Int64(found.predictedClusters),
            gold_clusters: Int64(found.goldClusters), bcubed_precision: found.bCubed.precision,
            bcubed_recall: found.bCubed.recall, pairwise_precision: found.pairwise.precision,
            pairwise_recall: found.pairwise.recall, adjusted_rand: found.adjustedRand))
}

@c @implementation
public func dedup_stream_of_array(
    _ schema: UnsafeMutablePointer<ArrowSchema>!, _ array: UnsafeMutablePointer<ArrowArray>!,
    _ out: UnsafeMutablePointer<ArrowArrayStream>!
) {
    unsafe SingleArray(schema, array).export(to: out)
}

@c @implementation
public func dedup_version() -> UnsafePointer<CChar>! {
    unsafe UnsafeRawPointer(dedupVersionLiteral.utf8Start).assumingMemoryBound(to: CChar.self)
}

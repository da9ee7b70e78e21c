import Arrow
public import CDedup
import Tables

// For who runs the stages on many machines, and puts together what they make of the parts.

@c @implementation
public func dedup_sketches(
    _ documents: UnsafeMutablePointer<ArrowArrayStream>!, _ options: UnsafePointer<dedup_options>!, _ known: Bool,
    _ result: UnsafeMutablePointer<OpaquePointer?>!, _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        let options = unsafe options.pointee, watch = unsafe Watch(options)
        let table = Result { try unsafe ArrowTable(taking: documents) { watch.isCancelled } }
        let asked = try unsafe Options(options, watch)
        let source = try ArrowSource(table.get(), asked.fields) { watch.isCancelled }
        let tables = SketchTables(source, asked, areKnown: known)
        try watch.end()
        unsafe result.pointee = tables.answer.handle()
    }
}

@c @implementation
public func dedup_components(
    _ a: UnsafePointer<UInt32>!, _ b: UnsafePointer<UInt32>!, _ count: Int, _ nodes: UInt32,
    _ least: UnsafeMutablePointer<UInt32>!, _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        var sets = DisjointSets(count: Int(nodes))
        for pair in 0..<count {
            let (one, other) = unsafe (a[pair], b[pair])
            guard one < nodes, other < nodes else {
                throw Failure(
                    code: DEDUP_BAD_OPTION, subject: "nodes", row: pair,
                    message: "a pair of \(one) and \(other), of \(nodes) nodes counted from 0")
            }
            sets.join(one, other)
        }
        for node in 0..<nodes { unsafe least[Int(node)] = sets.find(node) }
    }
}

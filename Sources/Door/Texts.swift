import Arrow
public import CDedup
import DedupKit

// What is made of texts alone.

/// A text that was given as a pointer and a size.
func lent(_ start: UnsafePointer<CChar>?, _ size: Int, _ name: String) throws(Failure) -> UnsafeBufferPointer<UInt8> {
    guard size < 1 << 30 else {
        throw Failure(
            code: DEDUP_TOO_LARGE, subject: name, message: "\(name) is a text of \(size) bytes; less than 1 GB is read")
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : size)
    return unsafe bytes.assumingMemoryBound(to: UInt8.self)
}

private func textTables(
    _ stream: UnsafeMutablePointer<ArrowArrayStream>, _ width: Int32, _ threads: Int32
) throws -> TextTables {
    let fields = ArrowFields(
        text: .named("text"), id: .none, title: .none, date: .none, source: .none, language: .none, url: .none)
    return try unsafe TextTables(ArrowSource(ArrowTable(taking: stream), fields), width: width, threads: threads)
}

@c @implementation
public func dedup_shingles(
    _ texts: UnsafeMutablePointer<ArrowArrayStream>!, _ width: Int32, _ threads: Int32,
    _ result: UnsafeMutablePointer<OpaquePointer?>!, _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        unsafe result.pointee = try textTables(texts, width, threads).shingles().handle()
    }
}

@c @implementation
public func dedup_signatures(
    _ texts: UnsafeMutablePointer<ArrowArrayStream>!, _ width: Int32, _ threads: Int32,
    _ result: UnsafeMutablePointer<OpaquePointer?>!, _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        unsafe result.pointee = try textTables(texts, width, threads).signatures().handle()
    }
}

@c @implementation
public func dedup_banding(
    _ threshold: Double, _ bands: UnsafeMutablePointer<Int32>!, _ rows: UnsafeMutablePointer<Int32>!,
    _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        guard (0...1).contains(threshold) else { throw Failure.option("threshold", "is \(threshold), not from 0 to 1") }
        let banding = Banding(threshold: threshold)
        unsafe (bands.pointee, rows.pointee) = (Int32(banding.bands), Int32(banding.rows))
    }
}

@c @implementation
public func dedup_bands(
    _ signatures: UnsafePointer<UInt32>!, _ count: Int, _ bands: Int32, _ rows: Int32,
    _ keys: UnsafeMutablePointer<UInt32>!, _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        guard bands >= 1, rows >= 1, Int(bands) * Int(rows) <= Signature.slotCount else {
            throw Failure.option(
                "bands", "× rows is \(bands) × \(rows), more than the \(Signature.slotCount) slots or none")
        }
        let banding = Banding(bands: Int(bands), rows: Int(rows))
        for item in 0..<count {
            unsafe banding.writeKeys(of: signatures + item * Signature.slotCount, to: keys + item * banding.bands)
        }
    }
}

@c @implementation
public func dedup_jaccard(
    _ a: UnsafePointer<CChar>!, _ aSize: Int, _ b: UnsafePointer<CChar>!, _ bSize: Int, _ width: Int32,
    _ jaccard: UnsafeMutablePointer<Double>!, _ error: UnsafeMutablePointer<dedup_error>!
) -> CInt {
    unsafe Failure.reporting(to: error) {
        guard width >= 1 else { throw Failure.option("width", "is \(width), not 1 or more") }
        var shingler = Shingler(width: Int(width))
        func shingles(_ text: UnsafeBufferPointer<UInt8>) -> ShingleSet {
            unsafe shingler.read(text.span)
            return shingler.shingleSet()
        }
        let one = try unsafe shingles(lent(a, aSize, "a")), other = try unsafe shingles(lent(b, bSize, "b"))
        unsafe jaccard.pointee = one.overlap(with: other).jaccard
    }
}

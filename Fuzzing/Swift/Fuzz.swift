import DedupKit
import Glibc

/// The target that `DEDUP_FUZZ` names.
private let target: @Sendable ([UInt8]) -> Void = {
    let targets: [String: @Sendable ([UInt8]) -> Void] = [
        "passages": passages, "pipeline": pipeline, "dumps": dumps,
    ]
    guard let name = unsafe getenv("DEDUP_FUZZ"), let found = unsafe targets[String(cString: name)] else {
        fatalError("DEDUP_FUZZ is none of \(targets.keys.sorted())")
    }
    return found
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    unsafe target(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}

/// A promise that is broken ends the run with the input that did it.
func check(_ promise: Bool, _ what: @autoclosure () -> String) {
    guard promise else { fatalError("broken: \(what())") }
}

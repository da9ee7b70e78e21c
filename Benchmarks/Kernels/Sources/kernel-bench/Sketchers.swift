import CDedupKernels
import CRivals

/// One way to write a signature of 128 slots.
struct Sketcher: Sendable {
    var name: String
    var write: rival_sketch

    static let classic = Sketcher(name: "classic", write: classic_scalar)
    static let onePermutation = Sketcher(name: "one permutation, densified", write: one_permutation)
    static let fastSimilarity = Sketcher(name: "fast similarity, all rounds", write: fast_similarity)
    /// All kernels write the same signatures: any will do where time does not matter.
    static let ours = Sketcher(name: "ours", write: ddk_active().pointee.sketch)

    static let classics: [Sketcher] = {
        var all = [Sketcher(name: "classic, baseline", write: classic_scalar)]
        #if arch(x86_64)
            let vectors: [String: rival_sketch] = ["avx2": classic_avx2, "avx512": classic_avx512]
            for kernel in kernels where kernel.name != "scalar" {
                all.append(Sketcher(name: "classic, \(kernel.name)", write: vectors[kernel.name]!))
            }
        #endif
        return all
    }()
}

/// A table of kernels with its name.
struct NamedKernels: @unchecked Sendable {
    var name: String
    var table: ddk_kernels

    init(_ table: ddk_kernels) {
        self.table = table
        name = String(cString: table.name)
    }
}

/// The kernels that this CPU can run, slowest first.
let kernels: [NamedKernels] = {
    var tables: [UnsafePointer<ddk_kernels>?] = Array(repeating: nil, count: 8)
    let count = ddk_available(&tables)
    return tables.prefix(count).map { NamedKernels($0!.pointee) }
}()

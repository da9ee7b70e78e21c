internal import CDedupKernels

/// The instruction set in use: the best of this CPU, or the one that `DEDUP_KERNEL` names.
public enum Kernel {
    /// `scalar`, `avx2`, `avx512` or `neon`.
    public static var name: String { String(cString: ddk_active().pointee.name) }

    /// Names that `DEDUP_KERNEL` may take on this CPU, slowest first.
    public static var available: [String] {
        var tables: [UnsafePointer<ddk_kernels>?] = Array(repeating: nil, count: 8)
        let count = ddk_available(&tables)
        return tables.prefix(count).map { String(cString: $0!.pointee.name) }
    }

    /// The value of `DEDUP_KERNEL` where it is none of `available`; the best kernel is used then.
    public static var unknownRequest: String? { ddk_unknown_request().map { String(cString: $0) } }
}

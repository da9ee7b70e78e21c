import CDedupKernels
import Glibc

/// A text whose padding ends where readable memory ends: a kernel that reads further crashes.
public final class GuardedText {
    public let start: UnsafePointer<UInt8>
    public let count: Int
    private let memory: UnsafeMutableRawPointer
    private let size: Int

    /// - Parameters:
    ///   - padding: what stands behind the text, which must not matter.
    ///   - paddingCount: how much of it can be read.
    public init(
        _ bytes: some Sequence<UInt8>, padding: UInt8 = UInt8(ascii: "x"), paddingCount: Int = Int(DDK_PADDING)
    ) {
        let bytes = Array(bytes), page = sysconf(Int32(_SC_PAGESIZE))
        let readable = (bytes.count + paddingCount + page - 1) / page * page
        size = readable + page
        memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        precondition(memory != MAP_FAILED && mprotect(memory + readable, page, PROT_NONE) == 0)
        let text = memory + (readable - paddingCount - bytes.count)
        text.copyMemory(from: bytes, byteCount: bytes.count)
        memset(text + bytes.count, Int32(padding), paddingCount)
        start = UnsafePointer(text.assumingMemoryBound(to: UInt8.self))
        count = bytes.count
    }

    deinit { munmap(memory, size) }
}

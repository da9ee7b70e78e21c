/// Uninitialised memory that grows and never shrinks; its contents do not survive growth.
struct Scratch<Element: BitwiseCopyable>: ~Copyable {
    private var buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: 0)

    deinit { buffer.deallocate() }

    /// The first so many elements.
    mutating func callAsFunction(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
        if buffer.count < count {
            buffer.deallocate()
            buffer = .allocate(capacity: count + count / 2)
        }
        return UnsafeMutableBufferPointer(rebasing: buffer[..<count])
    }
}

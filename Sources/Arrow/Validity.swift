/// Which rows have a value: all, or those whose bit is set.
@safe struct Validity {
    private let bits: UnsafePointer<UInt8>?
    private let first: Int

    init(_ bits: UnsafeRawPointer?, from first: Int) {
        unsafe self.bits = bits?.assumingMemoryBound(to: UInt8.self)
        self.first = first
    }

    subscript(row: Int) -> Bool {
        guard let bits = unsafe bits else { return true }
        return unsafe bits[(first + row) >> 3] >> UInt8((first + row) & 7) & 1 == 1
    }
}

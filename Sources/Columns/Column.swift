/// An array of plain values that can move to a temporary file, where each is a read away.
///
///     var lengths = Column<UInt32>()
///     lengths.append(contentsOf: [3, 1, 4])
///     lengths.spill(to: SpillFolder())   // from now on it takes no memory
///     lengths.append(contentsOf: [1, 5])
///     lengths.forEachBlock { first, block in print(first, block.count) }   // hardly slower than from memory
///     lengths[4]                         // 5
public struct Column<Element: BitwiseCopyable & Sendable>: Sendable, RandomAccessCollection {
    public private(set) var count = 0
    @usableFromInline var held: [Element] = []
    @usableFromInline var file: SpillFile?

    @usableFromInline static var blockSize: Int { 1 << 13 }
    @usableFromInline static var stride: Int { MemoryLayout<Element>.stride }

    public init() {}

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    /// The values, unless they lie in a file.
    public var inMemory: [Element]? { file == nil ? held : nil }

    /// Moves what there is and all that will come to a file.
    public mutating func spill(to folder: SpillFolder) {
        guard file == nil else { return }
        file = SpillFile(in: folder)
        unsafe held.withUnsafeBytes { unsafe file!.write($0, at: 0) }
        held = []
    }

    /// Bytes that it would take in memory and does not.
    public var spilledBytes: Int { file == nil ? 0 : count * Self.stride }

    /// Brings all values back to memory.
    public mutating func load() {
        guard file != nil else { return }
        held = unsafe Array(unsafeUninitializedCapacity: count) { target, filled in
            if let base = target.baseAddress { unsafe read(0..<count, into: base) }
            filled = count
        }
        file = nil
    }

    public mutating func append(contentsOf values: [Element]) {
        unsafe values.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    public mutating func append(contentsOf values: UnsafeBufferPointer<Element>) {
        if let file {
            unsafe file.write(UnsafeRawBufferPointer(values), at: count * Self.stride)
        } else {
            unsafe held.append(contentsOf: values)
        }
        count += values.count
    }

    public subscript(index: Int) -> Element {
        @inlinable get { file == nil ? held[index] : read(index) }
        set {
            guard let file else { return held[index] = newValue }
            precondition(index < count)
            unsafe withUnsafeBytes(of: newValue) { unsafe file.write($0, at: index * Self.stride) }
        }
    }

    /// Copies a range to `target`.
    public func read(_ range: Range<Int>, into target: UnsafeMutablePointer<Element>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        guard !range.isEmpty else { return }
        if let file {
            let target = unsafe UnsafeMutableRawBufferPointer(start: target, count: range.count * Self.stride)
            unsafe file.read(into: target, at: range.lowerBound * Self.stride)
        } else {
            unsafe held.withUnsafeBufferPointer {
                unsafe target.update(from: $0.baseAddress! + range.lowerBound, count: range.count)
            }
        }
    }

    /// Lends the values in order, some at a time; `first` is the index of a block's first.
    @inlinable
    public func forEachBlock(_ body: (_ first: Int, _ block: UnsafeBufferPointer<Element>) -> Void) {
        guard file != nil else { return unsafe held.withUnsafeBufferPointer { unsafe body(0, $0) } }
        unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: Self.blockSize) { block in
            for first in Swift.stride(from: 0, to: count, by: Self.blockSize) {
                let size = Swift.min(Self.blockSize, count - first)
                unsafe read(first..<first + size, into: block.baseAddress!)
                unsafe body(first, UnsafeBufferPointer(rebasing: block[..<size]))
            }
        }
    }

    /// As for any sequence, but in blocks.
    @inlinable
    public func map<T>(_ transform: (Element) -> T) -> [T] {
        var result: [T] = []
        result.reserveCapacity(count)
        unsafe forEachBlock { _, block in for at in block.indices { unsafe result.append(transform(block[at])) } }
        return result
    }

    @usableFromInline
    func read(_ index: Int) -> Element {
        unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: 1) { one in
            unsafe read(index..<index + 1, into: one.baseAddress!)
            return unsafe one[0]
        }
    }
}

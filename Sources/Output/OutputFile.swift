import Glibc

/// Why a result could not be written.
public struct OutputError: Error, CustomStringConvertible {
    public enum Reason: Sendable, Hashable, CustomStringConvertible {
        /// By `errno`.
        case system(Int32)
        /// Of a file below a folder: standard input has none.
        case noName
        /// Two inputs would be written here.
        case samePlace(String, String)

        public var description: String {
            switch self {
            case .system(let number): unsafe String(cString: strerror(number))
            case .noName: "standard input has no name to be written under"
            case .samePlace(let one, let other): "both \(one) and \(other) would be written here"
            }
        }
    }

    public let path: String
    public let reason: Reason
    /// Whether what stood there before stands there still.
    public let isUntouched: Bool
    public var description: String { "\(path): \(reason)\(isUntouched ? "; nothing was changed there" : "")" }

    package init(path: String, _ reason: Reason, isUntouched: Bool = false) {
        (self.path, self.reason, self.isUntouched) = (path, reason, isUntouched)
    }

    package init(path: String, _ failure: SystemFailure, isUntouched: Bool = false) {
        self.init(path: path, .system(failure.number), isUntouched: isUntouched)
    }
}

/// A result on its way out: to a stream, or to a file that appears under its name only when it is complete; compressed
/// if the name ends in `.gz`, `.zst`, `.xz`, `.bz2` or `.lz4`.
@safe
public final class OutputFile {
    /// As the user calls it.
    private let name: String
    private let target: OutputTarget
    private let compressor: Compressor?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    private var used = 0
    private var isFinished = false
    /// Whether nothing was written yet, or a line feed last.
    public private(set) var endsLine = true

    /// Whether bytes are gone as they are written, and not when the file is complete.
    public var isStream: Bool { target.isStream }

    /// - Parameter name: nil for standard output. A device or pipe is written to directly.
    public init(_ name: String?) throws(OutputError) {
        self.name = name ?? "standard output"
        do throws(SystemFailure) {
            target = try OutputTarget(name)
            compressor = try Compressor(name ?? "", into: target)
        } catch {
            throw OutputError(path: self.name, error, isUntouched: name.map { !OutputTarget.isStream($0) } ?? false)
        }
    }

    deinit { unsafe buffer.deallocate() }

    /// Adds bytes; writes them out when enough have come together.
    public func write(_ bytes: some Sequence<UInt8>) throws(OutputError) {
        // A closure that throws its error to here makes the optimiser of Swift 6.3 release the bytes too early.
        let outcome = bytes.withContiguousStorageIfAvailable { bytes in unsafe attempt(UnsafeRawBufferPointer(bytes)) }
        if let failure = unsafe outcome ?? Array(bytes).withUnsafeBytes(attempt) { throw failure }
    }

    private func attempt(_ bytes: UnsafeRawBufferPointer) -> OutputError? {
        do throws(OutputError) {
            try unsafe write(bytes)
            return nil
        } catch {
            return error
        }
    }

    public func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let part = unsafe rest.prefix(buffer.count - used)
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: .init(rebasing: part))
            try unsafe advance(part.count)
            unsafe rest = unsafe rest[part.endIndex...]
        }
    }

    /// Adds `count` bytes that `fill` puts where they are written from, some at a time.
    public func write(
        count: UInt64, _ fill: (_ target: UnsafeMutableRawBufferPointer, _ done: UInt64) throws -> Void
    ) throws {
        var done: UInt64 = 0
        while done < count {
            let part = unsafe Int(min(count - done, UInt64(buffer.count - used)))
            try unsafe fill(UnsafeMutableRawBufferPointer(rebasing: buffer[used..<used + part]), done)
            try advance(part)
            done += UInt64(part)
        }
    }

    private func advance(_ count: Int) throws(OutputError) {
        guard count > 0 else { return }
        used += count
        endsLine = unsafe buffer[used - 1] == UInt8(ascii: "\n")
        if unsafe used == buffer.count { try flush() }
    }

    /// Puts all that was written on the disk, but not yet under its name.
    public func finish() throws(OutputError) {
        guard !isFinished else { return }
        try flush()
        do throws(SystemFailure) {
            try compressor?.finish()
            try target.synchronize()
        } catch {
            throw OutputError(path: name, error, isUntouched: !isStream)
        }
        isFinished = true
    }

    /// Puts the file under its name, replacing what stood there. Without this call nothing happens to it.
    public func commit() throws(OutputError) {
        try finish()
        do throws(SystemFailure) { try target.publish() } catch {
            throw OutputError(path: name, error, isUntouched: !isStream)
        }
    }

    private func flush() throws(OutputError) {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<used])
        do throws(SystemFailure) {
            if let compressor { try unsafe compressor.write(bytes) } else { try unsafe target.write(bytes) }
        } catch {
            throw OutputError(path: name, error, isUntouched: !isStream)
        }
        used = 0
    }
}

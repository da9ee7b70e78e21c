import CArchive
import Columns
import Records

/// What a compressed file or stream or an archive holds, read once from front to back.
///
/// Sendable since it is handed on from the thread that opened it to the one that reads on, and never shared.
@safe final class Expansion: @unchecked Sendable {
    enum Entry: Equatable {
        case file(name: String)
        case folder
        /// Neither a file nor a folder, or a file that cannot be read: what it is.
        case other(name: String, kind: String)
        case end
    }

    private let reader: OpaquePointer
    private let source: Descriptor

    /// - Parameter head: what has been read of a stream already; empty for a regular file, which is read from its start.
    init(_ source: Descriptor, head: [UInt8] = []) {
        self.source = source
        guard let reader = unsafe car_reader_create(source.raw, head, head.count) else { fatalError("out of memory") }
        unsafe self.reader = unsafe reader
    }

    deinit { unsafe car_reader_destroy(reader) }

    /// Known after the first step.
    var isArchive: Bool { unsafe car_is_archive(reader) }
    /// Compressed bytes that have been read.
    var consumed: UInt64 { unsafe car_consumed(reader) }

    func next() throws(Fault) -> Entry {
        switch unsafe car_next(reader) {
        case CAR_FILE: return .file(name: name)
        case CAR_FOLDER: return .folder
        case CAR_LINK: return .other(name: name, kind: "a link")
        case CAR_DEVICE: return .other(name: name, kind: "a device or pipe")
        case CAR_ENCRYPTED: return .other(name: name, kind: "encrypted")
        case CAR_END: return .end
        default: throw fault
        }
    }

    /// The next bytes of the member at hand, valid until the next call; none at its end.
    func read() throws(Fault) -> UnsafeRawBufferPointer {
        var bytes: UnsafeRawPointer?
        let count = unsafe car_read(reader, &bytes)
        guard count >= 0 else { throw fault }
        return unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    }

    /// The first bytes of the member at hand, at least `count`; fewer where it ends or is damaged.
    func head(_ count: Int) -> [UInt8] {
        var head: [UInt8] = []
        while head.count < count, let bytes = try? unsafe read(), unsafe !bytes.isEmpty { unsafe head += bytes }
        return head
    }

    private var name: String { unsafe String(cString: car_name(reader)) }

    private var fault: Fault { unsafe .damaged(reason: String(cString: car_error(reader))) }
}

/// How much a compressed input may grow: a few kilobytes can be made to fill any disk.
struct ExpansionLimit: Sendable {
    /// Times its compressed size: text shrinks to a tenth, a dump of copies to a hundredth.
    var ratio: UInt64 = 250
    /// Bytes that are always allowed.
    var floor: UInt64 = 1 << 27

    func check(_ expanded: UInt64, from consumed: UInt64, in folder: SpillFolder) throws(Fault) {
        guard expanded > floor else { return }
        folder.keepRoom()
        guard expanded / ratio > consumed else { return }
        throw .growsTooMuch(ratio: ratio)
    }
}

import Records
import Synchronization

/// Which encoding each file of a run is in, as far as that was asked: what is not UTF-8, and not known by its first bytes,
/// is told when it is met.
final class Encodings: Sendable {
    private enum State {
        case utf8
        case other(TextEncoding)
        case unknown
        /// The same, and no record of it was read.
        case unreadable
    }

    private let states = Mutex<[Int: State]>([:])
    private let isAsked: Bool

    /// Bytes of lines that are not ASCII, enough to tell.
    private static let sampleSize = 1 << 16

    init(_ files: [InputFile], isAsked: Bool) {
        self.isAsked = isAsked
        states.withLock { states in
            for (number, file) in files.enumerated() {
                if let encoding = file.encoding { states[number] = .other(encoding) }
            }
        }
    }

    /// Of a file in which a row is not UTF-8; nil where it is to be taken for UTF-8 all the same.
    ///
    /// - Parameter isRead: whether the row is a record then, so that there is something to say of it.
    func encoding(
        of number: Int, _ file: InputFile, _ row: UnsafeBufferPointer<UInt8>, isRead: Bool
    ) -> TextEncoding? {
        guard isAsked else { return nil }
        return states.withLock { states in
            if let state = states[number] {
                if case .other(let encoding) = state { return encoding }
                if isRead, case .unreadable = state { states[number] = .unknown }
                return nil
            }
            let sample = unsafe file.isOneDocument ? Array(row.prefix(Self.sampleSize)) : Self.sample(file)
            let encoding = file.isOneDocument ? TextEncoding(head: sample) : TextEncoding(sample: sample)
            states[number] =
                encoding.map { .other($0) }
                ?? (!TextEncoding.isBeyondTelling(sample) ? .utf8 : isRead ? .unknown : .unreadable)
            return encoding
        }
    }

    /// The first lines that are not ASCII, however the file is cut into rows.
    private static func sample(_ file: InputFile) -> [UInt8] {
        var sample: [UInt8] = [], line: [UInt8] = [], isASCII = true
        func end() {
            if !isASCII { sample += line }
            (line, isASCII) = ([], true)
        }
        guard let source = try? file.source({ path throws(Fault) in try Descriptor.open(path) }) else { return [] }
        try? unsafe source.forEachBlock(from: 0) { block in
            for index in block.indices {
                let byte = unsafe block[index]
                line.append(byte)
                if byte >= 0x80 { isASCII = false }
                if byte == UInt8(ascii: "\n") || line.count == 1 << 12 { end() }
                if sample.count >= sampleSize { return false }
            }
            return true
        }
        end()
        return sample
    }

    /// By file: the name of its encoding, nil where that cannot be told; none of those in UTF-8.
    var told: [(file: Int, name: String?)] {
        states.withLock { states in
            states.sorted { $0.key < $1.key }.compactMap { file, state in
                switch state {
                case .utf8, .unreadable: nil
                case .other(let encoding): (file, encoding.name)
                case .unknown: (file, nil)
                }
            }
        }
    }
}

extension InputSet {
    /// By file, in their order, which were read as another encoding than UTF-8: its name, nil where it could not be told.
    /// Complete when all has been read.
    public var encodings: [(file: Int, name: String?)] { encodingsKnown.told }
}

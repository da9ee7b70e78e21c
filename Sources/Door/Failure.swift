import Arrow
internal import CDedup
import Columns

/// What goes to a `dedup_error`.
struct Failure: Error {
    var code: dedup_code
    var subject = ""
    var row: Int?
    var message: String

    static func option(_ name: String, _ message: String) -> Failure {
        Failure(code: DEDUP_BAD_OPTION, subject: name, message: "\(name) \(message)")
    }

    static let cancelled = Failure(code: DEDUP_CANCELLED, message: "cancelled")

    init(code: dedup_code, subject: String = "", row: Int? = nil, message: String) {
        (self.code, self.subject, self.row, self.message) = (code, subject, row, message)
    }

    init(_ failure: ArrowFailure) {
        let codes: [ArrowFailure.Kind: dedup_code] = [
            .damaged: DEDUP_BAD_ARROW, .noColumn: DEDUP_NO_COLUMN, .type: DEDUP_BAD_TYPE, .tooLarge: DEDUP_TOO_LARGE,
            .cancelled: DEDUP_CANCELLED,
        ]
        self.init(
            code: codes[failure.kind]!, subject: failure.column, row: failure.row, message: failure.message)
    }

    init(_ failure: SpillError) {
        self.init(code: DEDUP_NO_ROOM, subject: failure.folder, message: "\(failure)")
    }

    private init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let failure as ArrowFailure: self.init(failure)
        case let failure as SpillError: self.init(failure)
        default: self.init(code: DEDUP_BAD_ARROW, message: "\(error)")
        }
    }

    /// Runs `body` and returns 0, or the code of what it throws, which is written to `error`.
    static func reporting(to error: UnsafeMutablePointer<dedup_error>?, _ body: () throws -> Void) -> CInt {
        do {
            try body()
            return 0
        } catch let thrown {
            let failure = Failure(thrown)
            if let error = unsafe error { unsafe failure.write(to: &error.pointee) }
            return CInt(failure.code.rawValue)
        }
    }

    private func write(to error: inout dedup_error) {
        error.code = Int32(code.rawValue)
        error.row = row.map { Int64($0) } ?? -1
        unsafe withUnsafeMutableBytes(of: &error.subject) { unsafe Self.write(subject, to: $0) }
        unsafe withUnsafeMutableBytes(of: &error.message) { unsafe Self.write(message, to: $0) }
    }

    /// As many whole characters as fit before the terminating zero.
    private static func write(_ text: String, to buffer: UnsafeMutableRawBufferPointer) {
        var count = 0
        for character in text where !character.utf8.contains(0) {
            guard count + character.utf8.count < buffer.count else { break }
            for byte in character.utf8 {
                unsafe buffer[count] = byte
                count += 1
            }
        }
        unsafe buffer[count] = 0
    }
}

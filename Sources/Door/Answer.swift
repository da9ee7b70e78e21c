import Arrow
internal import CDedup
import Synchronization

/// What a `dedup_result` is: tables, each made when it is first asked for.
final class Answer: Sendable {
    private let tables: [String: @Sendable () throws -> OutTable]
    private let made = Mutex<[String: OutTable]>([:])

    init(_ tables: [String: @Sendable () throws -> OutTable]) { self.tables = tables }

    func table(_ name: String) throws -> OutTable {
        guard let make = tables[name] else {
            let all = tables.keys.sorted().joined(separator: ", ")
            throw Failure(
                code: DEDUP_NO_TABLE, subject: name, message: "no table \(name) in this result; there is \(all)")
        }
        if let table = made.withLock({ $0[name] }) { return table }
        let table = try make()
        made.withLock { $0[name] = table }
        return table
    }

    /// As it goes out; `take` ends it.
    func handle() -> OpaquePointer { unsafe OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    static func of(_ handle: OpaquePointer) -> Answer {
        unsafe Unmanaged<Answer>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
    }

    static func take(_ handle: OpaquePointer) {
        unsafe Unmanaged<Answer>.fromOpaque(UnsafeRawPointer(handle)).release()
    }
}

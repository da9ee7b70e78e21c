import Foundation

/// A folder that goes when the last reference does.
public final class TemporaryFolder {
    public let path: String

    public init() {
        var template = Array("/tmp/dedup-test-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template)!)
    }

    /// Returns the path of the new file.
    public func write(_ name: String, _ text: String) -> String {
        let file = "\(path)/\(name)"
        precondition(FileManager.default.createFile(atPath: file, contents: Data(text.utf8)))
        return file
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

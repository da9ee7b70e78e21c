import Foundation

/// JSON Lines read back by a reader that is not ours.
struct Records {
    let all: [[String: Any]]

    init(_ run: Tool.Run) throws { try self.init(run.output) }

    init(_ bytes: [UInt8]) throws {
        all = try bytes.split(separator: UInt8(ascii: "\n")).map {
            try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] ?? [:]
        }
    }

    func callAsFunction(_ type: String) -> [[String: Any]] { all.filter { $0["type"] as? String == type } }

    var ids: [String] { self("document").map { $0["id"] as! String } }
    var summary: [String: Any] { self("summary").first ?? [:] }

    /// The ids of each cluster of at least two documents at a level.
    func groups(_ level: String) -> Set<Set<String>> {
        let documents = Dictionary(grouping: self("document")) { $0[level] as! String }
        return Set(documents.values.filter { $0.count > 1 }.map { Set($0.map { $0["id"] as! String }) })
    }
}

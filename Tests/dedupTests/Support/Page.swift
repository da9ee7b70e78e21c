import Foundation

/// What stands in a page.
struct Page {
    let html: String
    /// The entries of the overview.
    let clusters: [Substring]
    let data, nearMisses: [[String: Any]]

    init(_ html: String) {
        self.html = html
        clusters = html.split(separator: "\n").filter { $0.contains(" class=\"cluster\" ") }
        func blocks(_ kind: String) -> [[String: Any]] {
            html.split(separator: "\n").filter { $0.contains(" id=\"block-\(kind)") }.flatMap { line in
                let json = line[line.firstIndex(of: "[")!...line.lastIndex(of: "]")!]
                return try! JSONSerialization.jsonObject(with: Data(json.utf8)) as! [[String: Any]]
            }
        }
        data = blocks("c")
        nearMisses = blocks("m")
    }
}

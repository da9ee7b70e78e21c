import JSON

/// What the script of a page draws from: an index that it reads at once, and blocks that it reads when an event of
/// theirs is opened. All are inert elements of JSON.
struct PageData {
    private(set) var index: [UInt8] = [], blocks: [UInt8] = []
    /// Of the index: pages with other events have another.
    private(set) var key = ""

    /// Bytes after which a block ends: read in a few milliseconds, and ten thousand events are a hundred of them.
    private static let blockSize = 250_000

    init(_ content: PageContent, _ outlets: OutletNames, _ clusters: [ClusterPart], nearMisses: [ClusterPart]) {
        var json = JSONWriter(isInHTML: true)
        json.object { json in
            json.key("outlets")
            json.array { json in for name in outlets.names { json.string(name) } }
            // One alone is not named: where it was saved does not change its page.
            if content.results.count > 1 {
                json.key("results")
                json.array { json in for result in content.results { json.string(result.name) } }
            }
            let lines = content.results.filter { $0.level == .event }.map(\.definition.event.threshold)
            if let line = lines.min() { json.field("line", line) }
            for (kind, parts) in [("c", clusters), ("m", nearMisses)] {
                json.key("blocks_\(kind)")
                json.array { json in
                    for start in Self.write(parts, kind, to: &blocks) { json.number(start) }
                }
            }
        }
        // The parts are JSON already.
        var index = Array(json.bytes.dropLast())
        for (name, parts) in [("events", clusters), ("misses", nearMisses)] {
            index += ",\"\(name)\":[".utf8
            index += parts.map(\.index).joined(separator: ",".utf8)
            index += "]".utf8
        }
        index += "}".utf8
        key = String(contentHash(index).prefix(12))
        self.index = Self.element("index", index)
    }

    /// Returns the number of the first part of each block.
    private static func write(_ parts: [ClusterPart], _ kind: String, to bytes: inout [UInt8]) -> [Int] {
        var starts: [Int] = [], block: [UInt8] = []
        for (at, part) in parts.enumerated() {
            if block.isEmpty { starts.append(at) }
            block += block.isEmpty ? "[".utf8 : ",".utf8
            block += part.json
            if block.count >= blockSize || at == parts.count - 1 {
                bytes += element("block-\(kind)\(starts.count - 1)", block + "]".utf8)
                block = []
            }
        }
        return starts
    }

    private static func element(_ id: String, _ json: [UInt8]) -> [UInt8] {
        Array("<script type=\"application/json\" id=\"\(id)\">".utf8) + json + "</script>\n".utf8
    }
}

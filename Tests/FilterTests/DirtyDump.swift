import TestSupport

/// A dump as it comes: stories, their copies, and between them whatever a reader trips over.
struct DirtyDump {
    let name: String
    private(set) var bytes: [UInt8] = []
    /// As they stand in the file, which may be compressed.
    private(set) var file: [UInt8] = []
    /// Of a table's columns; nil for JSON Lines.
    let separator: Character?
    private var random: SplitMix64

    init(seed: Int) {
        random = SplitMix64(seed: UInt64(seed) &+ 77)
        separator = [nil, ",", nil, "\t", nil, nil, ";"][seed % 7]
        name = separator == nil ? "dump.jsonl" : "dump.csv"
        if let separator { makeTable(seed, String(separator)) } else { makeLines(seed) }
        let packing = compressions[seed % 5].filter
        file = seed % 3 == 0 && !(bytes.isEmpty && packing == "lz4") ? compressed(bytes, packing) : bytes
    }

    private mutating func makeLines(_ seed: Int) {
        if random.flip(0.1) { bytes = [0xef, 0xbb, 0xbf] }
        let end = random.flip(0.2) ? "\r\n" : "\n"
        for story in syntheticStories(seed: seed, count: seed % 50) {
            if random.flip(0.1) { bytes += dirt() + Array(end.utf8) }
            bytes += line(story)
            bytes += (random.flip(0.05) ? "\r\n" : end).utf8
        }
        if random.flip(0.2) { bytes.removeLast(min(bytes.count, end.utf8.count)) }
    }

    private mutating func makeTable(_ seed: Int, _ separator: String) {
        let end = random.flip(0.3) ? "\r\n" : "\n"
        var text = random.flip(0.1) ? "\u{feff}" : ""
        text += ["id", "text", "published_at", "note"].joined(separator: separator) + end
        for story in syntheticStories(seed: seed, count: seed % 50) {
            if random.flip(0.1) {
                text += ["", "x", "\"never closed", "a\(separator)b", " "].randomElement(using: &random)! + end
            }
            let date = random.flip(0.5) ? "2024-03-\(10 + random.below(20))" : ""
            let note = random.flip(0.2) ? "a \"\(separator)\n\r\n note" : ""
            text += [story.id, story.text, date, note].map { quoted($0, separator) }.joined(separator: separator)
            text += random.flip(0.05) ? "\r\n" : end
        }
        if random.flip(0.2), text.hasSuffix(end) { text.removeLast() }
        bytes = Array(text.utf8)
    }

    private mutating func quoted(_ value: String, _ separator: String) -> String {
        let mustQuote = value.utf8.contains { "\"\n\r\(separator)".utf8.contains($0) }
        return mustQuote || random.flip(0.2) ? "\"" + value.replacing("\"", with: "\"\"") + "\"" : value
    }

    private mutating func line(_ story: SyntheticStory) -> [UInt8] {
        var line = Array(story.jsonLine.utf8.dropLast())
        if random.flip(0.1) { line.replace(Array("\"id\"".utf8), with: Array("\"no\"".utf8), maxReplacements: 1) }
        if random.flip(0.1) { line.insert(contentsOf: " \"x\": {\"y\": [1, \"}\"]} ,".utf8, at: 1) }
        // Broken Unicode, which is repaired for reading and must come out as it came in.
        if random.flip(0.05) { line.insert([0xff, 0xc3, 0x0b].randomElement(using: &random)!, at: line.count - 6) }
        if random.flip(0.05) { line += [UInt8](repeating: 0x20, count: random.below(4)) }
        return line
    }

    private mutating func dirt() -> [UInt8] {
        let lines = [
            "", " ", "\t", "no JSON", "{\"a\":", "{}", "{\"id\":\"z\"}", "{\"text\":5}", "[1]", "null",
            "{\"text\":\"cut", "\0",
            "{\"id\":\"e\",\"text\":\"\"}", "{\"title\":\"A headline\"}",
        ]
        return Array(lines.randomElement(using: &random)!.utf8)
    }
}

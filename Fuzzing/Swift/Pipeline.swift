import DedupKit

/// A document a line: an optional date before a tab, then the text, in which a byte below 32 repeats an earlier line.
func pipeline(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let documents = documents(bytes.dropFirst())
    var options = RunOptions()
    options.pairs = first & 1 != 0
    var definition = Definition()
    definition.threshold = [0.3, 0.5, 0.7, 1][Int(first >> 1) % 4]
    let whole = run(documents, definition, options, chunkSize: 1 << 20)
    options.threads = 2
    let other = run(documents, definition, options, chunkSize: 1 + Int(first))
    for level in Level.allCases {
        check(whole.labels[level]! == other.labels[level]!, "threads and chunks decide something at level \(level)")
    }
    checkNesting(whole, documents)
    options.threads = 1
    for level in [Level.exact, .near, .copy, .event] {
        options.level = level
        checkRemovals(run(documents, definition, options, chunkSize: 1 << 20))
    }
}

private func documents(_ bytes: ArraySlice<UInt8>) -> [Document] {
    var texts: [[UInt8]] = []
    var documents: [Document] = []
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).prefix(40) {
        let fields = line.split(separator: UInt8(ascii: "\t"), maxSplits: 1, omittingEmptySubsequences: false)
        var text: [UInt8] = []
        for byte in fields.last ?? [] {
            if byte < 32, Int(byte) < texts.count { text += texts[Int(byte)].prefix(2000) } else { text.append(byte) }
        }
        texts.append(text)
        let date = fields.count == 2 ? String(decoding: fields[0], as: UTF8.self) : nil
        documents.append(Document(text: String(decoding: text, as: UTF8.self), date: date))
    }
    return documents
}

private func run(
    _ documents: [Document], _ definition: Definition, _ options: RunOptions, chunkSize: Int
) -> Clustering {
    do {
        return try Pipeline(definition, options: options).run(
            MemorySource(documents: documents, chunkSize: chunkSize))
    } catch {
        fatalError("\(error)")
    }
}

/// A cluster of a level lies in one of the next; equal texts are together; a representative stands for itself.
private func checkNesting(_ clustering: Clustering, _ documents: [Document]) {
    check(clustering.documents.count == documents.count && clustering.problems.isEmpty, "documents are lost")
    let levels = clustering.levels.map { clustering.labels[$0]! }
    for (inner, outer) in zip(levels, levels.dropFirst()) {
        for (place, label) in inner.enumerated() {
            check(outer[place] == outer[label.index], "levels do not nest at \(place)")
        }
    }
    for labels in levels {
        check(labels.allSatisfy { labels[$0.index] == $0 }, "a representative stands for another")
    }
}

/// Nobody goes twice, nor for one that goes; what goes is in the cluster of what stays.
private func checkRemovals(_ clustering: Clustering) {
    guard let removals = try? Removals(clustering) else { fatalError("no removals") }
    let all = removals.all.map { $0 }, gone = Set(all.map(\.document))
    let labels = clustering.labels[clustering.options.level]!
    check(gone.count == all.count && removals.problems.isEmpty, "one goes twice")
    for removal in all {
        check(!gone.contains(removal.of), "\(removal.document) goes for \(removal.of), which goes too")
        check(labels[removal.document.index] == labels[removal.of.index], "\(removal) is of another cluster")
    }
}

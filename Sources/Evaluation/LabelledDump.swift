public import Records

/// A dump of which it is known what belongs together: to be clustered as it is, and as real dumps are.
public struct LabelledDump: Sendable {
    public let documents: [Document]
    /// Of each; empty where none is known. Documents without a label are clustered, and not scored.
    public let labels: [[UInt8]]

    public init(documents: [Document], labels: [[UInt8]]) {
        precondition(documents.count == labels.count, "\(documents.count) documents, \(labels.count) labels")
        (self.documents, self.labels) = (documents, labels)
    }

    /// Most events with one report, as in a real dump, where most stories stand alone: of a share of the events, by
    /// chance, all but one report go.
    ///
    /// The chances of an event and of a report come from its name and the seed, so that neither the order of the documents
    /// nor what else is in the dump changes them.
    public func thinned(share: Double = 0.7, seed: Int) -> LabelledDump {
        let chances = Chances(seed: seed)
        var kept: [[UInt8]: Int] = [:]
        for (place, label) in labels.enumerated() where !label.isEmpty && chances.of(event: label) < share {
            // Of two that are called the same the first.
            if let other = kept[label], chances.of(report: documents[other]) <= chances.of(report: documents[place]) {
                continue
            }
            kept[label] = place
        }
        return only(documents.indices.filter { kept[labels[$0], default: $0] == $0 })
    }

    /// Five to fifty stories: whole events, by chance, of which the last may be cut. The whole dump if it has fewer.
    public func handful(seed: Int) -> LabelledDump {
        let chances = Chances(seed: seed)
        let size = 5 + Int(chances.of(event: []) * 46)
        let events = Dictionary(grouping: documents.indices.filter { !labels[$0].isEmpty }) { labels[$0] }
        let drawn = events.sorted { chances.of(event: $0.key) < chances.of(event: $1.key) }
        return only(drawn.lazy.flatMap(\.value).prefix(size).sorted())
    }

    private func only(_ places: [Int]) -> LabelledDump {
        LabelledDump(documents: places.map { documents[$0] }, labels: places.map { labels[$0] })
    }

    /// - Parameter predicted: of each document its cluster, as any number.
    public func scores(predicted: [Int]) -> ClusteringScores {
        precondition(predicted.count == documents.count, "\(predicted.count) clusters, \(documents.count) documents")
        var numbers: [[UInt8]: Int] = [:]
        let places = labels.indices.filter { !labels[$0].isEmpty }
        let gold = places.map { place in
            let number = numbers[labels[place]] ?? numbers.count
            numbers[labels[place]] = number
            return number
        }
        return ClusteringScores(predicted: places.map { predicted[$0] }, gold: gold)
    }
}

/// Numbers by chance that depend on a seed and a name alone.
private struct Chances {
    let seed: Int

    /// 0 up to 1.
    func of(event label: [UInt8]) -> Double { Double(hash("event", label) >> 11) / Double(1 << 53) }

    func of(report: Document) -> UInt64 { hash("report", Array((report.id ?? report.text).utf8)) }

    /// FNV-1a, its bits mixed as SplitMix64 does.
    private func hash(_ kind: String, _ name: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array("\(seed) \(kind) ".utf8) + name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }
}

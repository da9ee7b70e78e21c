import Cluster
import DedupKit
import MinHash
import Shingle
import TestSupport

/// What the exact and near levels must answer: every pair is compared, by sets of windows of words.
struct BruteForce {
    /// Of each story, the story that represents it.
    var exact: [UInt32]
    var near: [UInt32]
    /// The preferred story of each distinct text with enough words, in order of preference.
    let items: [Int]
    /// Pairs of items that bands bring together and that reach the threshold, the preferred first.
    private(set) var found: Set<CandidatePair<OfDocument>> = []
    /// Those that reach the threshold and meet in no band.
    private(set) var missed = 0
    /// Of each story, its windows of words by their numbers.
    private let sets: [Set<Int>]

    func jaccard(_ a: Int, _ b: Int) -> Double {
        let common = sets[a].intersection(sets[b]).count
        return Double(common) / Double(sets[a].count + sets[b].count - common)
    }

    init(_ stories: [SyntheticStory], _ pipeline: Pipeline) {
        let width = pipeline.definition.shingleWidth
        let tokens = stories.map(\.words)
        let order = stories.indices.sorted {
            (stories[$0].minute ?? .max, -tokens[$0].count, $0) < (stories[$1].minute ?? .max, -tokens[$1].count, $1)
        }
        var numbers: [[String]: Int] = [:]
        func number(_ window: ArraySlice<String>) -> Int {
            let next = numbers.count
            numbers[Array(window)] = numbers[Array(window)] ?? next
            return numbers[Array(window)]!
        }
        sets = tokens.map { words in
            words.count < width
                ? [number(words[...])] : Set((0...words.count - width).map { number(words[$0..<$0 + width]) })
        }
        var preferred: [[String]: Int] = [:], items: [Int] = []
        exact = stories.indices.map { UInt32($0) }
        for story in order where !tokens[story].isEmpty {
            if let other = preferred[tokens[story]] {
                exact[story] = UInt32(other)
            } else {
                preferred[tokens[story]] = story
                if tokens[story].count >= width { items.append(story) }
            }
        }
        self.items = items
        near = exact
        let sketches = items.map { Sketch(stories[$0].text, pipeline) }
        for a in items.indices {
            for b in items.indices.dropFirst(a + 1) where jaccard(items[a], items[b]) >= pipeline.definition.threshold {
                if sketches[a].meets(sketches[b], pipeline) {
                    found.insert(CandidatePair(DocumentNumber(items[a]), DocumentNumber(items[b])))
                } else {
                    missed += 1
                }
            }
        }
        let labels = pipeline.definition.linkage == .star ? star() : components()
        for (item, label) in labels { near[item] = UInt32(label) }
        for story in stories.indices { near[story] = near[Int(exact[story])] }
    }

    private func reaches(_ a: Int, _ b: Int) -> Bool {
        found.contains(CandidatePair(DocumentNumber(a), DocumentNumber(b)))
    }

    private func star() -> [Int: Int] {
        var representatives: [Int] = []
        for item in items where !representatives.contains(where: { reaches($0, item) }) { representatives.append(item) }
        var labels: [Int: Int] = [:]
        for item in items {
            if representatives.contains(item) {
                labels[item] = item
                continue
            }
            var best = -1.0
            for center in representatives where reaches(center, item) || reaches(item, center) {
                if jaccard(center, item) > best { (best, labels[item]) = (jaccard(center, item), center) }
            }
        }
        return labels
    }

    /// The preferred item of each component.
    private func components() -> [Int: Int] {
        var labels: [Int: Int] = [:]
        for item in items where labels[item] == nil {
            var open = [item]
            while let next = open.popLast() {
                guard labels[next] == nil else { continue }
                labels[next] = item
                open += items.filter { reaches($0, next) || reaches(next, $0) }
            }
        }
        return labels
    }
}

/// Bands and bytes of a text, from which it follows which pairs the pipeline gets to compare.
private struct Sketch {
    var keys: [UInt32]
    var bytes: [UInt8]

    init(_ text: String, _ pipeline: Pipeline) {
        let banding = Banding(threshold: pipeline.definition.threshold)
        let signature = Signature(of: ShingleSet(of: text, width: pipeline.definition.shingleWidth).hashes)
        keys = banding.keys(of: signature)
        bytes = signature.slots.indices.map { UInt8(truncatingIfNeeded: signature.slots[$0]) }
    }

    func meets(_ other: Sketch, _ pipeline: Pipeline) -> Bool {
        zip(keys, other.keys).contains { $0 == $1 }
            && ByteSignature.agreement(bytes, other.bytes)
                >= ByteSignature.leastAgreement(threshold: pipeline.definition.threshold)
    }
}

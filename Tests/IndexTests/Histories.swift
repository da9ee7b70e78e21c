import DedupKit
import Index
import TestSupport

extension SyntheticStory {
    var document: Document { Document(text: text, id: id, date: date, source: "outlet \(words.count % 3)") }
}

/// An index in a folder of its own.
final class Scratch {
    let folder = TemporaryFolder()
    var path: String { folder.path + "/news.index" }
}

extension Index {
    /// By id the ids that a document is labelled with, by level.
    func labels() throws -> [String: [Level: String]] { try clustering().byID }

    mutating func add(_ documents: [Document]) throws -> Answer {
        try add(MemorySource(documents: documents, chunkSize: 4000), options: RunOptions(threads: 2))
    }

    func match(_ documents: [Document]) throws -> Answer {
        try match(MemorySource(documents: documents), options: RunOptions(threads: 2))
    }
}

extension Clustering {
    var byID: [String: [Level: String]] {
        var found: [String: [Level: String]] = [:]
        for document in documents.numbers {
            found[documents.identifiers[document]] = labels.mapValues { documents.identifiers[$0[document.index]] }
        }
        return found
    }
}

extension Answer {
    /// Of the new documents by id.
    var byID: [String: [Level: String]] {
        let ids = clustering.documents.identifiers
        var found: [String: [Level: String]] = [:]
        for row in rows { found[ids[row]] = clustering.labels.mapValues { ids[$0[row.index]] } }
        return found
    }
}

/// What a run over documents gives.
func clustered(_ documents: [Document], _ definition: IndexDefinition = IndexDefinition()) throws -> Clustering {
    var pipeline = Pipeline(definition.definition)
    pipeline.options.level = definition.level
    return try pipeline.run(MemorySource(documents: documents))
}

/// Documents cut into so many days or more, each of a random size.
func days(of documents: [Document], _ random: inout SplitMix64) -> [[Document]] {
    var days: [[Document]] = [], rest = documents[...]
    while !rest.isEmpty {
        let day = rest.prefix(1 + random.below(max(1, documents.count / 3)))
        days.append(Array(day))
        rest = rest[day.endIndex...]
    }
    return days
}

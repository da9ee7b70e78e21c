public import DedupKit
import JSON
import Report

/// What a result says of its documents, whether it has just been made or was saved.
struct ToldResult {
    let labels: [Level: [DocumentNumber]]
    let evidence: EventEvidence
    let standings: EventStandings
    /// Where its texts are; nil where they are gone.
    let documents: Documents?
    let id: (DocumentNumber) -> String
    /// Where a document stands in `documents`.
    let row: (DocumentNumber) -> DocumentNumber?
    /// Of a document's text with its near representative, negative for none.
    let jaccard: (DocumentNumber) -> Double?
    /// Whether a document is new where others are known from before.
    let isNew: (DocumentNumber) -> Bool

    func story(_ document: DocumentNumber) -> PageContent.Story {
        var story = PageContent.Story(id: id(document))
        if let documents, let row = row(document) {
            story.time = documents.date(of: row)
            story.outlet = documents.source(of: row)
            story.place = (row, Int(documents.locations[row.index].length))
        }
        func saved(_ value: Double?) -> Double? { value.flatMap { $0 < 0 ? nil : asSaved($0) } }
        story.jaccard = saved(jaccard(document))
        story.eventScore = saved(evidence.scores.isEmpty ? nil : evidence.scores[document.index])
        story.chapter = standings.chapters[document]
        story.isNew = isNew(document)
        return story
    }

    func event(_ representative: DocumentNumber) -> EventEvidence.Event? {
        guard var event = evidence.events[representative] else { return nil }
        if let told = event.grounds {
            event.grounds = PairGrounds(
                texts: asSaved(told.texts), days: asSaved(told.days), company: asSaved(told.company),
                reach: asSaved(told.reach), documents: told.documents)
        }
        return event
    }
}

extension PageContent {
    /// Of a run that has just ended.
    ///
    /// - Parameter wording: of the problems that it lists.
    public init(_ clustering: Clustering, wording: Wording = .plain) {
        self.init(
            Result(
                version: dedupVersion, definition: clustering.definition, asked: clustering.options.level,
                unreadable: clustering.unreadable, problems: clustering.problems.map { wording($0) },
                boilerplate: clustering.boilerplate.map(\.text), source: clustering.documents),
            labels: clustering.labels)
        let documents = clustering.documents
        let similarity = clustering.nearSimilarity(), exact = clustering.labels[.exact]!
        fill(
            ToldResult(
                labels: clustering.labels, evidence: clustering.evidence, standings: clustering.eventStandings(),
                documents: documents,
                id: { documents.identifiers[$0] }, row: { $0 }, jaccard: { similarity?[exact[$0.index]] },
                isNew: { documents.knownCount > 0 && !documents.isKnown($0) }))
    }

    /// Of a result that was saved.
    ///
    /// - Parameters:
    ///   - name: what it is called on a page of several results.
    ///   - documents: what was clustered, as a first pass reads it; nil if it is gone.
    public init(_ saved: SavedResult, name: String, of documents: Documents?) {
        self.init(
            Result(
                name: name, version: saved.version, definition: saved.definition, asked: saved.level,
                unreadable: saved.unreadable, problems: saved.problems.map { Wording.plain($0) },
                boilerplate: saved.boilerplate,
                source: documents),
            labels: saved.labels)
        var rows: [[UInt8]: DocumentNumber] = [:]
        if let documents {
            unsafe documents.identifiers.withAll { id in
                for row in documents.numbers { unsafe rows[Array(id(row))] = row }
            }
        }
        let exact = saved.labels[.exact] ?? []
        fill(
            ToldResult(
                labels: saved.labels, evidence: saved.evidence, standings: saved.standings, documents: documents,
                id: { String(decoding: saved.ids[$0.index], as: UTF8.self) }, row: { rows[saved.ids[$0.index]] },
                jaccard: { saved.jaccard[exact[$0.index].index] }, isNew: { saved.areNew[$0.index] }))
    }
}

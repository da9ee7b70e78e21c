import Arrow
import DedupKit
import Page
import Report

/// A clustering as tables.
struct ClusteringTables: Sendable {
    private let clustering: Clustering
    private let source: ArrowSource
    private let ids: IdColumn

    init(_ clustering: Clustering, _ source: ArrowSource) {
        (self.clustering, self.source) = (clustering, source)
        ids = IdColumn(clustering, source)
    }

    var answer: Answer {
        var tables: [String: @Sendable () throws -> OutTable] = [
            "documents": documents, "near_misses": nearMisses, "boilerplate": boilerplate,
            "problems": problems, "columns": columns, "summary": summary, "page": page,
        ]
        for level in clustering.levels { tables["\(level.rawValue)_clusters"] = { clusters(level) } }
        if clustering.options.pairs {
            tables["pairs"] = { PairTables(clustering, ids).pairs }
            tables["passages"] = { PairTables(clustering, ids).passages }
        }
        if clustering.options.explains { (tables["facts"], tables["grounds"]) = (facts, grounds) }
        return Answer(tables)
    }

    private func documents() -> OutTable {
        let all = Array(clustering.documents.numbers), levels = clustering.levels
        var columns = [ids.column("id", all)]
        for level in levels { columns.append(ids.column(level.rawValue, clustering.labels[level]!)) }
        for level in levels {
            columns.append(.integers("\(level.rawValue)_number", dense(clustering.labels[level]!)))
        }
        let outermost = clustering.labels[levels.last!]!, exact = clustering.labels[.exact]!
        columns.append(.integers("representative", outermost.map { Int64($0.index) }))
        columns.append(.booleans("is_representative", zip(all, outermost).map { $0 == $1 }))
        func some(_ value: Double?) -> Double? { value.flatMap { $0 < 0 ? nil : $0 } }
        let similarity = clustering.nearSimilarity(), scores = clustering.evidence.scores
        let kinships = all.map { clustering.kinships.isEmpty ? nil : clustering.kinships[exact[$0.index]] }
        columns += [
            .numbers("jaccard", all.map { some(similarity?[$0]) }),
            .strings("relation", kinships.map { $0?.relation.rawValue }),
            .numbers("share", kinships.map { $0?.share }), .numbers("score", kinships.map { $0?.score }),
            .numbers("event_score", all.map { scores.isEmpty ? nil : some(scores[$0.index]) }),
            .booleans("too_short", clustering.tooShort),
        ]
        if levels.last == .event {
            let chapters = clustering.eventStandings().chapters
            columns.append(.integers("chapter", all.map { chapters[$0].map(Int64.init) }))
        }
        return OutTable(columns)
    }

    /// Clusters numbered from 0 in the order of their first documents.
    private func dense(_ labels: [DocumentNumber]) -> [Int64] {
        var numbers = [Int64](repeating: -1, count: labels.count), next: Int64 = 0
        return labels.map { label in
            if numbers[label.index] < 0 {
                numbers[label.index] = next
                next += 1
            }
            return numbers[label.index]
        }
    }

    /// Those of two documents or more, largest first.
    private func clusters(_ level: Level) -> OutTable {
        let documents = clustering.documents, headlines = Headlines(documents)
        let all = ClusterList(clustering, level).clusters
        let spans = all.map { documents.dateSpan(of: $0.members) }
        let sources = all.map { documents.sourceNames(of: $0.members) }
        let rows = all.flatMap { $0.members.map { Int64($0.index) } }
        let scores = all.map { level == .event ? clustering.evidence.events[$0.representative]?.score : nil }
        var columns: [OutColumn] = [
            ids.column("representative", all.map(\.representative)),
            .integers("representative_row", all.map { Int64($0.representative.index) }),
            .integers("size", all.map { Int64($0.members.count) }),
            .lists("rows", sizes: all.map(\.members.count), of: .integers("item", rows)),
            .moments("first", spans.map { $0?.first }), .moments("last", spans.map { $0?.last }),
            .lists("sources", sizes: sources.map(\.count), of: .strings("item", sources.flatMap { $0 })),
            .numbers("score", scores), .strings("headline", all.map { headlines[$0.representative] }),
        ]
        if level == .event {
            let standings = clustering.eventStandings()
            let doubts = all.map { standings.doubts[$0.representative] ?? [] }
            columns.append(
                .lists(
                    "doubt", sizes: doubts.map(\.count), of: .strings("item", doubts.flatMap { $0.map(\.rawValue) })))
            columns.append(.integers("chapters", all.map { Int64(standings.chapterCount(of: $0.members)) }))
        }
        return OutTable(columns)
    }

    private func facts() -> OutTable {
        let events = clustering.evidence.events.sorted { $0.key < $1.key }
        let all = events.flatMap { event in event.value.facts.map { (of: event.key, fact: $0) } }
        return OutTable([
            ids.column("representative", all.map(\.of)),
            .integers("representative_row", all.map { Int64($0.of.index) }),
            .strings("kind", all.map(\.fact.kind.rawValue)), .strings("text", all.map(\.fact.text)),
            .numbers("weight", all.map(\.fact.weight)), .integers("documents", all.map { Int64($0.fact.reports) }),
        ])
    }

    private func grounds() -> OutTable {
        let line = clustering.definition.event.threshold
        let all = clustering.evidence.events.sorted { $0.key < $1.key }.compactMap { event in
            event.value.grounds.map { (of: event.key, grounds: $0) }
        }
        return OutTable([
            ids.column("representative", all.map(\.of)),
            .integers("representative_row", all.map { Int64($0.of.index) }),
            .strings("decided_by", all.map { $0.grounds.decider(threshold: line).rawValue }),
            .numbers("texts", all.map(\.grounds.texts)), .numbers("days", all.map(\.grounds.days)),
            .numbers("company", all.map(\.grounds.company)), .numbers("reach", all.map(\.grounds.reach)),
            .integers("documents", all.map { Int64($0.grounds.documents) }),
        ])
    }

    private func nearMisses() -> OutTable {
        let all = clustering.evidence.nearMisses
        return OutTable([
            ids.column("a", all.map(\.a)), ids.column("b", all.map(\.b)),
            .integers("a_row", all.map { Int64($0.a.index) }), .integers("b_row", all.map { Int64($0.b.index) }),
            .numbers("score", all.map(\.score)),
        ])
    }

    private func boilerplate() -> OutTable {
        let all = clustering.boilerplate
        return OutTable([
            .strings("text", all.map(\.text)), .integers("documents", all.map { Int64($0.documents) }),
            ids.column("example", all.map(\.example)), .integers("example_row", all.map { Int64($0.example.index) }),
        ])
    }

    private func problems() -> OutTable {
        var problems = clustering.problems
        if let illegible = clustering.illegible.first { problems.append(illegible) }
        return OutTable([
            .integers("row", problems.map { $0.line > 0 ? Int64($0.line - 1) : nil }),
            .strings("message", problems.map { "\($0.fault)" }),
        ])
    }

    private func columns() -> OutTable {
        OutTable([
            .strings("role", source.columns.map(\.role)), .strings("column", source.columns.map(\.column)),
        ])
    }

    private func summary() -> OutTable {
        let documents = clustering.documents
        let unread = documents.dateNotes.values.reduce(0) { $0 + $1.unread }
        let counts: [(String, Int)] =
            [("documents", documents.count)] + clustering.levels.map { ($0.rawValue, clustering.clusterCount($0)) } + [
                ("too_short", clustering.tooShort.count { $0 }), ("without_text", clustering.withoutText),
                ("illegible", clustering.illegible.count), ("duplicate_ids", documents.identifiers.duplicateCount),
                ("unread_dates", unread),
            ]
        return OutTable([.strings("what", counts.map(\.0)), .integers("count", counts.map { Int64($0.1) })])
    }

    private func page() -> OutTable {
        let html = HTMLPage.html(of: PageContent(clustering), clustering.options.workers)
        return OutTable([.strings("html", count: 1) { $1 = html }])
    }
}

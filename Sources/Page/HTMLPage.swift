import CPage
import DedupKit
public import Output
import Report
public import Workers

/// A result as one HTML file for people: a list of events that needs no JavaScript, and with it search, and for each
/// event a timeline and its texts side by side.
///
/// Nothing is loaded from anywhere, and nothing of the stories is ever taken for markup or script: the browser is told
/// the hash of the one script that may run, and the texts stand as JSON in elements that are data to it.
public enum HTMLPage {
    /// - Complexity: reads every story of a cluster once more and aligns the texts that the page has room for.
    public static func write(_ content: PageContent, workers: Workers, to output: OutputFile) throws(OutputError) {
        try output.write(html(of: content, .oneFile, workers))
    }

    static func html(of content: PageContent, _ place: PagePlace, _ workers: Workers) -> [UInt8] {
        let orders = content.clusters.map { ClusterOrder($0, content) }
        let misses = content.nearMisses.map { ClusterOrder($0.pair, content, isNearMiss: true) }
        let budget = TextBudget(
            content, orders: (misses + orders).map(\.stories), total: place.room(for: content),
            longestText: place.longestText)
        let links = NearMissLinks(content)
        let outlets = OutletNames(content)
        let finders = content.results.map { BoilerplateFinder($0.boilerplate) }
        let parts = workers.map(
            orders.count + misses.count, scratch: { ClusterWriter(content, budget, finders, links, outlets) }
        ) { writer, at in
            let miss = at - orders.count
            return miss < 0 ? writer.part(at, orders[at]) : writer.nearMiss(miss, misses[miss])
        }
        let overview = Overview(
            content, orders, outlets, Array(parts[..<orders.count]), nearMisses: Array(parts[orders.count...]), budget,
            place)
        var html: [UInt8] = []
        unsafe Template(cpage_overview).render(overview.filling, to: &html)
        return html
    }
}

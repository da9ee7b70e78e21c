import CPage
import DedupKit
public import Output
public import Report
public import Workers

/// A result as one HTML file for people: an overview that needs no JavaScript, and for each cluster a timeline and its
/// texts side by side.
///
/// Nothing is loaded from anywhere, and nothing of the stories is ever taken for markup or script: the browser is told
/// the hash of the one script that may run, and the texts stand as JSON in elements that are data to it.
public enum HTMLPage {
    /// - Complexity: reads every story of a cluster once more and aligns the texts that the page has room for.
    public static func write(_ content: PageContent, workers: Workers, to output: OutputFile) throws(OutputError) {
        let orders = content.clusters.map { ClusterOrder($0, content) }
        let misses = content.nearMisses.map { ClusterOrder($0.pair, content, isNearMiss: true) }
        let budget = TextBudget(content, orders: (misses + orders).map(\.stories))
        let links = NearMissLinks(content)
        let finders = content.results.map { BoilerplateFinder($0.boilerplate) }
        let writers = PerWorker(count: workers.count) { ClusterWriter(content, budget, finders, links) }
        let parts = PerWorker<ClusterPart>(count: orders.count + misses.count) { ClusterPart() }
        workers.forEach(orders.count + misses.count) { at, worker in
            let miss = at - orders.count
            parts[at] =
                miss < 0 ? writers[worker].part(at, orders[at]) : writers[worker].nearMiss(miss, misses[miss])
        }
        var html: [UInt8] = []
        let overview = Overview(
            content, orders, orders.indices.map { parts[$0] },
            nearMisses: misses.indices.map { parts[orders.count + $0] },
            budget)
        Template(cpage_overview).render(overview.filling, to: &html)
        try output.write(html)
    }
}

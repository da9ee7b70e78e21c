import CPage
import DedupKit
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
        let budget = TextBudget(content, orders: orders.map(\.stories))
        let finders = content.results.map { BoilerplateFinder($0.boilerplate) }
        let writers = PerWorker(count: workers.count) { ClusterWriter(content, budget, finders) }
        let parts = PerWorker<ClusterPart>(count: orders.count) { ClusterPart() }
        workers.forEach(orders.count) { cluster, worker in
            parts[cluster] = writers[worker].part(cluster + 1, orders[cluster])
        }
        let all = orders.indices.map { parts[$0] }
        var html: [UInt8] = []
        Template(cpage_overview).render(Overview(content, orders, all, budget).filling, to: &html)
        try output.write(html)
    }
}

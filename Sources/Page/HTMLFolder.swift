import CPage
import DedupKit
public import Output
import Report
public import Workers

/// A result as a folder of HTML files that needs no server: the page, and for each event one of its own with all its
/// texts, for results that one file has no room for. Style and script stand beside them once.
public enum HTMLFolder {
    /// Replaces what an earlier run left there; `index.html` comes last, when all that it leads to is there.
    ///
    /// - Parameter folder: made if it is not there.
    /// - Complexity: reads every story of a cluster twice more, and aligns all texts of each event.
    public static func write(_ content: PageContent, workers: Workers, to folder: String) throws(OutputError) {
        try OutputFolder.make(for: "\(folder)/events/1.html")
        try put(unsafe embedded(cpage_style), "\(folder)/page.css")
        try put(unsafe embedded(cpage_script), "\(folder)/page.js")
        let failures = workers.map(content.clusters.count, scratch: { Workers(count: 1) }) {
            alone, at -> OutputError? in
            let page = HTMLPage.html(of: content.only(at), .event, alone)
            do throws(OutputError) { try put(page, "\(folder)/events/\(at + 1).html") } catch { return error }
            return nil
        }
        if let failure = failures.compactMap({ $0 }).first { throw failure }
        var next = content.clusters.count + 1
        while try OutputFolder.remove("\(folder)/events/\(next).html") { next += 1 }
        try put(HTMLPage.html(of: content, .folder, workers), "\(folder)/index.html")
    }

    private static func put(_ bytes: [UInt8], _ path: String) throws(OutputError) {
        let file = try OutputFile(path)
        try file.write(bytes)
        try file.commit()
    }
}

extension PageContent {
    /// One of its clusters alone.
    fileprivate func only(_ number: Int) -> PageContent {
        var cluster = clusters[number], numbers: [Int: Int] = [:]
        for (at, member) in cluster.members.enumerated() { numbers[member] = at }
        let stories = cluster.members.map { member in
            var story = self.stories[member]
            (story.exact, story.near, story.copy) = (
                numbers[story.exact]!, numbers[story.near]!, numbers[story.copy]!
            )
            return story
        }
        cluster.representative = numbers[cluster.representative]!
        cluster.members = Array(stories.indices)
        return PageContent(stories: stories, clusters: [cluster], results: results)
    }
}

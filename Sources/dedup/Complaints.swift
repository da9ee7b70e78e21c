import DedupKit

/// What a run has to say about its input, and the exit code that comes of it.
struct Complaints {
    private let clustering: Clustering
    /// Past this many only their number is told.
    private static let most = 20

    init(_ clustering: Clustering) { self.clustering = clustering }

    func report(quietly: Bool) throws {
        for problem in clustering.problems.prefix(Self.most) { Terminal.say("dedup: \(problem)") }
        let untold = clustering.unreadable - min(Self.most, clustering.problems.count)
        if untold > 0 { Terminal.say("dedup: and \(untold) more that could not be read") }
        if !quietly { remark() }
        if clustering.unreadable > 0 { throw Failure(.someUnreadable, "") }
    }

    private func remark() {
        if clustering.withoutText > 0 {
            Terminal.say(
                "dedup: \(clustering.withoutText) records have a title and no text; name its field with --text-field")
        }
        let identifiers = clustering.documents.identifiers
        for duplicate in identifiers.duplicates.prefix(3) {
            let place = duplicate.line > 0 ? "\(duplicate.path):\(duplicate.line)" : duplicate.path
            Terminal.say("dedup: \(place): the id \(duplicate.id) was there before; called \(duplicate.renamed) here")
        }
        let more = identifiers.duplicateCount - min(3, identifiers.duplicates.count)
        if more > 0 { Terminal.say("dedup: and \(more) more ids that were there before") }
    }
}

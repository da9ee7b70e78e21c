import DedupKit
import Inputs

/// What a run has to say about its input, and the exit code that comes of it.
struct Complaints {
    private let clustering: Clustering
    private let inputs: InputSet
    /// Past this many only their number is told.
    private static let most = 20

    init(_ clustering: Clustering, of inputs: InputSet) {
        self.clustering = clustering
        self.inputs = inputs
    }

    func report(quietly: Bool) throws {
        let problems = clustering.problems.prefix(Self.most)
        for problem in problems { Terminal.say(worded(problem)) }
        let untold = clustering.unreadable - problems.count
        if untold > 0 { Terminal.say("and \(untold) more that could not be read") }
        let warning = Textless(clustering, inputs.fields).warning
        if let warning { Terminal.say(warning) }
        if !quietly { remark(isWarned: warning != nil) }
        if clustering.unreadable > 0 { throw Failure(.someUnreadable, "") }
    }

    private func remark(isWarned: Bool) {
        Terminal.say("\(ReadSummary(clustering, inputs.fields))")
        let withoutText = clustering.withoutText
        if withoutText > 0, !isWarned {
            Terminal.say(
                "\(counted(withoutText, "record")) with a headline and no text; name the field that holds it with "
                    + "--text-field NAME")
        }
        let identifiers = clustering.documents.identifiers
        let duplicates = identifiers.duplicates.prefix(3)
        for duplicate in duplicates {
            let place = duplicate.line > 0 ? "\(duplicate.path):\(duplicate.line)" : duplicate.path
            Terminal.say("\(place): the id \(duplicate.id) was there before; called \(duplicate.renamed) here")
        }
        let more = identifiers.duplicateCount - duplicates.count
        if more > 0 { Terminal.say("and \(counted(more, "more id")) that \(were(more)) there before") }
        let repaired = clustering.repaired
        if repaired > 0 {
            Terminal.say("\(counted(repaired, "record")) with broken Unicode \(were(repaired)) repaired")
        }
        for remark in inputs.passedOver.remarks { Terminal.say(remark) }
        if clustering.documents.count == 0 { Terminal.say("no documents in the input") }
    }
}

extension PassedOver {
    fileprivate var remarks: [String] {
        var remarks: [String] = []
        for (count, place) in [(inFolders, "folders"), (inArchives, "archives")] where count > 0 {
            remarks.append(
                "\(counted(count, "file")) in \(place) \(were(count)) passed over: only "
                    + "\(Formats.standard.extensions.list("and")) are read there")
        }
        remarks += refused.map { "\($0): passed over" }
        let more = refusedCount - refused.count
        if more > 0 { remarks.append("and \(more) more members of archives \(were(more)) passed over") }
        return remarks
    }
}

private func were(_ number: Int) -> String { number == 1 ? "was" : "were" }

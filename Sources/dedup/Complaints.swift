import DedupKit
import Inputs

/// What a run has to say about its input, and the exit code that comes of it.
struct Complaints {
    private let clustering: Clustering
    private let inputs: InputSet
    /// Past this many only their number is told.
    private static let most = 20
    private static let mostFiles = 5

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

    private func remarkEncodings() {
        let told = inputs.encodings
        for (file, name) in told.prefix(Self.mostFiles) {
            let path = inputs.files[file].path
            if let name {
                Terminal.say("\(path): read as \(name); --encoding NAME if it is another")
            } else {
                Terminal.say(
                    "\(path): neither UTF-8 nor another encoding that can be told; what is not UTF-8 was replaced; name it "
                        + "with --encoding NAME")
            }
        }
        let more = told.count - Self.mostFiles
        if more > 0 { Terminal.say("and \(counted(more, "more file")) in other encodings than UTF-8") }
    }

    /// How dates were read that can be read in two ways, file by file; and those that were not understood, of all files.
    private func remarkDates() {
        let documents = clustering.documents
        let notes = documents.dateNotes.sorted { $0.key < $1.key }
        let unsure = notes.filter { $0.value.ambiguous > 0 }
        for (file, note) in unsure.prefix(Self.mostFiles) {
            let order = note.order ?? clustering.definition.dateOrder ?? .dmy
            let reason =
                note.order != nil ? ", as other dates of the file allow" : "; --date-order \(order.other) for the other"
            Terminal.say(
                "\(documents.source.path(ofFile: Int(file))): dates like \(note.example) are read \(order.words)\(reason)"
            )
        }
        if unsure.count > Self.mostFiles {
            Terminal.say("and so in \(counted(unsure.count - Self.mostFiles, "more file"))")
        }
        let unread = notes.reduce(0) { $0 + $1.value.unread }
        guard let first = notes.first(where: { $0.value.unread > 0 }) else { return }
        Terminal.say("\(counted(unread, "date")) \(were(unread)) not understood, as \"\(first.value.unreadExample)\"")
    }

    private func remark(isWarned: Bool) {
        Terminal.say("\(ReadSummary(clustering, inputs.fields))")
        let withoutText = clustering.withoutText
        if withoutText > 0, !isWarned {
            Terminal.say(
                "\(counted(withoutText, "record")) with a headline and no text; name the field that holds it with "
                    + "--text-field NAME")
        }
        remarkEncodings()
        let identifiers = clustering.documents.identifiers
        let duplicates = identifiers.duplicates.prefix(3)
        for duplicate in duplicates {
            let place = duplicate.line > 0 ? "\(duplicate.path):\(duplicate.line)" : duplicate.path
            Terminal.say("\(place): the id \(duplicate.id) was there before; called \(duplicate.renamed) here")
        }
        let more = identifiers.duplicateCount - duplicates.count
        if more > 0 { Terminal.say("and \(counted(more, "more id")) that \(were(more)) there before") }
        remarkDates()
        let repaired = clustering.repaired
        if repaired > 0 {
            Terminal.say("\(counted(repaired, "record")) with broken Unicode \(were(repaired)) repaired")
        }
        let illegible = clustering.illegible
        if let first = illegible.first { Terminal.say(worded(first)) }
        if illegible.count > 1 { Terminal.say("and \(counted(illegible.count - 1, "more text")) like that") }
        for remark in inputs.passedOver.remarks { Terminal.say(remark) }
        if clustering.documents.count == 0 { Terminal.say("no documents in the input") }
    }
}

extension DateOrder {
    fileprivate var other: DateOrder { self == .dmy ? .mdy : .dmy }
    fileprivate var words: String { self == .dmy ? "day first" : "month first" }
}

extension PassedOver {
    fileprivate var remarks: [String] {
        var remarks: [String] = []
        for (count, place) in [(inFolders, "folders"), (inArchives, "archives")] where count > 0 {
            remarks.append(
                "\(counted(count, "file")) in \(place) \(were(count)) passed over: only "
                    + "\(Formats.standard.extensions.list("and")) are read there")
        }
        if excepted > 0 {
            remarks.append(
                "\(counted(excepted, "file")) of --against \(were(excepted)) given as new, too: taken for new")
        }
        remarks += refused.map { "\($0): passed over" }
        let more = refusedCount - refused.count
        if more > 0 { remarks.append("and \(more) more members of archives \(were(more)) passed over") }
        return remarks
    }
}

private func were(_ number: Int) -> String { number == 1 ? "was" : "were" }

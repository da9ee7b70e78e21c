import Background
import Event
import Records
import Tables
import Workers

/// Reports of one event: texts that stand for their copies, one voice each, clustered by what they tell.
package struct EventStage {
    /// Over the voices.
    package var clustering: EventClustering
    /// Texts that could be read in the first pass and not again.
    package var problems: [Problem]

    /// - Parameter voices: the representatives of the copy clusters, in order of preference.
    package init(_ documents: Documents, voices: Numbering<OfVoice, OfDocument>, _ run: Run) {
        let ranges = TermSlab.ranges(of: voices.count), lost = LostTexts(isStopped: run.workers.isStopped)
        let done = ProgressCounter(run.options.progress, .events, total: voices.count)
        let store = TermStore(
            run.workers.map(ranges.count, scratch: { TermReader(documents) }) { reader, slab in
                TermSlab(
                    ranges[slab].map { voice in
                        defer { done.advance() }
                        return reader.read(voices[VoiceNumber(voice)], lost)
                    })
            })
        clustering = EventClustering(store, parameters: run.definition.event, workers: run.workers)
        problems = lost.problems
    }
}

/// The terms of some documents, each read once more.
package struct EventTerms {
    package let documents: [EventDocument]
    /// Texts that could be read in the first pass and not again; they have no terms.
    package let problems: [Problem]

    package init(_ all: Documents, _ wanted: [DocumentNumber], _ run: Run) {
        let ranges = TermSlab.ranges(of: wanted.count), lost = LostTexts(isStopped: run.workers.isStopped)
        let read = run.workers.map(ranges.count, scratch: { TermReader(all) }) { reader, range in
            ranges[range].map { reader.read(wanted[$0], lost) }
        }
        (documents, problems) = (Array(read.joined()), lost.problems)
    }
}

extension TermReader {
    fileprivate func read(_ document: DocumentNumber, _ lost: LostTexts) -> EventDocument {
        let report = lost.attempt(document) { () throws(Problem) in try read(document) }
        return report ?? EventDocument(terms: noTerms, day: nil)
    }
}

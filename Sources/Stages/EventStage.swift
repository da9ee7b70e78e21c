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
                let reports = ranges[slab].map { voice in
                    defer { done.advance() }
                    let document = voices[VoiceNumber(voice)]
                    let report = lost.attempt(document) { () throws(Problem) in try reader.read(document) }
                    return report ?? EventDocument(terms: reader.noTerms, day: nil)
                }
                return TermSlab(reports)
            })
        clustering = EventClustering(store, parameters: run.definition.event, workers: run.workers)
        problems = lost.problems
    }
}

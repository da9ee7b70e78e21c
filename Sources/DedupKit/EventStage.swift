public import Background
import Event
import Inputs
public import Records
import Shingle
import Synchronization
import Workers

/// Reports of one event: the representatives of the copy clusters, one voice each, clustered by what they tell.
struct EventStage {
    /// Of each document, the document that represents its event: the preferred one of its copy clusters.
    var labels: [UInt32]
    var evidence = EventEvidence()
    var problems: [Problem] = []

    init(
        _ inputs: InputSet, _ documents: Documents, copies: [UInt32], items: [UInt32], _ parameters: Parameters,
        progress: Progress?
    ) {
        let voices = items.filter { copies[Int($0)] == $0 }
        let workers = Workers(count: parameters.threads)
        let ranges = TermSlab.ranges(of: voices.count)
        let unreadable = Mutex<[Problem]>([])
        let done = ProgressCounter(progress, .events, total: voices.count)
        let store = TermStore(
            workers.map(ranges.count, scratch: { TermReader(inputs, documents) }) { reader, slab in
                let reports = ranges[slab].map { voice in
                    defer { done.advance() }
                    do throws(Problem) {
                        return try reader.read(Int(voices[voice]))
                    } catch {
                        unreadable.withLock { $0.append(error) }
                        return EventDocument(terms: reader.noTerms, day: nil)
                    }
                }
                return TermSlab(reports)
            })
        let clustering = EventClustering(store, parameters: parameters.event, workers: workers)

        labels = copies
        for (voice, label) in zip(voices, clustering.labels) { labels[Int(voice)] = voices[Int(label)] }
        for document in documents.indices { labels[document] = labels[Int(copies[document])] }
        problems = unreadable.withLock { $0 }

        let facts = parameters.explains ? EventFacts(inputs, documents, workers: workers) : nil
        evidence = EventEvidence(clustering, voices: voices, copies: copies, facts: facts)
        problems += facts?.problems ?? []
    }
}

/// One worker's way from a document to its terms.
package final class TermReader {
    private let inputs: InputSet
    private let documents: Documents
    private let reader: RecordReader
    private let shingler = Shingler()
    private let background = Background.standard
    private let counter = TermCounter()
    private var tokens: [UInt64] = []

    package init(_ inputs: InputSet, _ documents: Documents) {
        self.inputs = inputs
        self.documents = documents
        reader = RecordReader(fields: inputs.fields)
    }

    /// What stands for a document that cannot be read.
    var noTerms: TermBag { TermBag(tokens: UnsafeBufferPointer(start: nil, count: 0), background: background) }

    /// - Parameter longest: only so many of its first tokens are read.
    package func read(_ document: Int, longest: Int = .max) throws(Problem) -> EventDocument {
        try inputs.withRecord(at: documents.locations[document], using: reader) { record in
            tokens.removeAll(keepingCapacity: true)
            if let title = record.title {
                shingler.read(String(decoding: title, as: UTF8.self))
                tokens.append(contentsOf: shingler.tokens)
            }
            shingler.read(record.text)
            tokens.append(contentsOf: shingler.tokens)
            tokens.removeLast(max(0, tokens.count - longest))
        }
        let language = documents.languageNames[documents.languages[document]]
        let terms = tokens.withUnsafeBufferPointer {
            TermBag(tokens: $0, declared: Language(language), background: background, counter: counter)
        }
        return EventDocument(terms: terms, day: documents.date(of: document).map { Double($0) / 86_400 })
    }
}

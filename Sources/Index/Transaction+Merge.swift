import Store
import Workers

extension Transaction {
    /// Merges what is ripe, and writes what has lost a quarter of its documents anew.
    func merge() throws(IndexError) {
        while let range = Tiers.ripe(manifest.segments.map(\.live), unit: 256) {
            guard manifest.segments[range].reduce(0, { $0 + $1.live }) <= 1 << KeyPages.mostPlaceBits else { break }
            try rewrite(range)
        }
        for at in manifest.segments.indices
        where manifest.segments[at].live * 4 < manifest.segments[at].documents * 3 {
            try rewrite(at..<at + 1)
        }
    }

    /// Texts of the last days are asked for most: they stay as they are until then.
    private static let mergesUntilPacked = 2

    /// - Parameter packs: whether texts are compressed; those that are merged for the second time are in any case.
    func rewrite(_ range: Range<Int>, packs: Bool = false) throws(IndexError) {
        let merges = manifest.segments[range].map(\.merges).max()! + 1, merge: SegmentMerge
        let keepsTexts = manifest.definition.keepsTexts
        do throws(StoreError) {
            var segments: [Segment] = []
            for entry in manifest.segments[range] { segments.append(try Segment(folder, entry)) }
            merge = try SegmentMerge(segments, packs: keepsTexts && (packs || merges >= Self.mergesUntilPacked))
        } catch {
            throw .store(error)
        }
        if merge.packs { try trainDictionary(merge.segments) }
        do throws(StoreError) {
            let (name, tag) = manifest.newFile("segment"), state = manifest.newFile("state")
            let file = try merge.write(
                to: folder, name, tag: tag, dictionary: snapshot.dictionary, workers: workers)
            let written = try merge.state.write(to: folder, state.name, tag: state.tag, numbers: merge.numbers())
            let events = try mergedEvents(merge.segments.map(\.segment))
            let entry = Manifest.Segment(
                file: file, state: written, events: events, documents: merge.count, live: merge.count, merges: merges,
                lastDay: manifest.segments[range].compactMap(\.lastDay).max())
            manifest.segments.replaceSubrange(range, with: [entry])
        } catch {
            throw .store(error)
        }
    }
}

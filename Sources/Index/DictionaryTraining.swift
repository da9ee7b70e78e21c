import Store

extension Transaction {
    /// Text that is worth a dictionary, and how much of it is looked at.
    private static let leastText = 1 << 19, mostText = 1 << 22
    /// Of the texts that are looked at, so much is the dictionary at most; of all, too.
    private static let share = 8, mostBytes = 1 << 18

    /// Once, from the first records that are enough, as they are about to be compressed.
    func trainDictionary(_ segments: [SegmentReader]) throws(IndexError) {
        guard manifest.dictionary == nil else { return }
        func size(_ segment: SegmentReader) -> Int {
            segment.segment.layout.sizes[SegmentLayout.Section.records.rawValue]
        }
        let bytes = segments.reduce(0) { $0 + size($1) }
        guard bytes >= Self.leastText, !segments.contains(where: { $0.segment.layout.form != .plain }) else { return }
        let step = max(1, bytes / Self.mostText)
        do throws(StoreError) {
            var samples: [[UInt8]] = []
            for segment in segments {
                for place in stride(from: 0, to: segment.documents, by: step) where try segment.isLive(place) {
                    samples.append(try segment.storedRecord(place))
                }
            }
            let size = min(Self.mostBytes, samples.reduce(0) { $0 + $1.count } / Self.share)
            guard let dictionary = TextDictionary.train(on: samples, size: size) else { return }
            let (name, tag) = manifest.newFile("dictionary"), writer = try PagedWriter(folder, name, tag: tag)
            try writer.append(values: dictionary)
            manifest.dictionary = try writer.finish()
        } catch {
            throw .store(error)
        }
        try refresh()
    }
}

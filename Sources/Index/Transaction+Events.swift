import Store

extension Transaction {
    /// Keeps what was found out about reports of before, and drops what nobody asks for any more.
    ///
    /// - Parameter numbers: what new documents are called.
    func keep(_ events: EventJudgement, _ numbers: [UInt32]) throws(StoreError) {
        for at in snapshot.segments.indices {
            if events.ledger.closed.contains(at) {
                manifest.segments[at].events = nil
            } else if let records = try events.records(of: at, snapshot.segments[at].events, numbers) {
                manifest.segments[at].events = try write(records)
            }
        }
    }

    /// Nil where there is nothing to be kept.
    func write(_ records: EventRecords) throws(StoreError) -> PagedFileName? {
        if records.numbers.isEmpty { return nil }
        let (name, tag) = manifest.newFile("events")
        return try records.write(to: folder, name, tag: tag)
    }

    /// What is kept of the reports of several segments in a row, of those that are in the window still.
    func mergedEvents(_ segments: [Segment]) throws(StoreError) -> PagedFileName? {
        guard segments.contains(where: { $0.events != nil }) else { return nil }
        var records = EventRecords()
        let window = try EventWindow(segments, manifest, day: manifest.day)
        for (segment, voices) in zip(segments, window.voices) {
            guard let events = segment.events else { continue }
            let wanted = Set(voices.map(\.number))
            try records.append(try EventFile(events)) { wanted.contains($0) }
        }
        return try write(records)
    }
}

import JSON

/// A last member `dedup`.
struct JSONMarker: RecordMarker {
    let header: [UInt8] = []

    func mark(_ line: UnsafeBufferPointer<UInt8>, _ verdict: Verdict) -> (place: Int, text: [UInt8]) {
        var json = JSONWriter()
        json.bytes = Array(",\"dedup\":".utf8)
        json.object { json in
            json.field("keep", verdict == .keep)
            guard case .remove(let of, let relation, let score) = verdict else { return }
            json.field("of", of)
            json.field("relation", relation)
            if let score { json.field("score", score) }
        }
        // A record ends in a brace, else it would not have been read.
        return unsafe (line.lastIndex(of: UInt8(ascii: "}"))!, json.bytes)
    }
}

/// What a filter thinks of a document.
package enum Verdict: Equatable {
    case keep
    /// - Parameters:
    ///   - of: the id of the one that is kept in its place.
    ///   - score: 0 to 1, where there is one.
    case remove(of: String, relation: String, score: Double?)
}

/// Writes verdicts into the lines of a format. All else in a line stays as it is.
package protocol RecordMarker {
    /// What is added at the end of the header.
    var header: [UInt8] { get }

    /// - Parameter line: the whole row of a record, line end included.
    /// - Returns: what is to be added, and before which of its bytes.
    func mark(_ line: UnsafeBufferPointer<UInt8>, _ verdict: Verdict) -> (place: Int, text: [UInt8])
}

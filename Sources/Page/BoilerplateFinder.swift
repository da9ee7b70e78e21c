import DedupKit
import Tables

/// Finds again in a text what recurs across otherwise unrelated stories of the dump.
struct BoilerplateFinder: Sendable {
    /// Hashes of the first `start` tokens of pieces, and the tokens of all pieces that begin so, the longest first.
    private var starts = TokenNumbers()
    private var pieces: [[[UInt64]]] = []

    private static let start = 4

    /// - Parameter texts: pieces of boilerplate, some of them cut off.
    init(_ texts: [String]) {
        for text in texts {
            let piece = TokenText(text.utf8)
            // The last word may be cut.
            guard piece.count > Self.start else { continue }
            let number = starts.insert(piece.runs(of: Self.start)[0])
            if number == pieces.count { pieces.append([]) }
            pieces[number].append(piece.hashes.dropLast())
        }
        for number in pieces.indices { pieces[number].sort { $0.count > $1.count } }
    }

    /// Ascending ranges of bytes. O(tokens of the text) where few pieces begin alike.
    func ranges(in text: TokenText) -> [Range<Int>] {
        guard !pieces.isEmpty else { return [] }
        let runs = text.runs(of: Self.start)
        var found: [Range<Int>] = []
        var at = 0
        while at < runs.count {
            if let piece = starts[runs[at]].flatMap({ pieces[$0].first { text.hashes[at...].starts(with: $0) } }) {
                found.append(text.bytes(at..<at + piece.count))
                at += piece.count
            } else {
                at += 1
            }
        }
        return found
    }
}

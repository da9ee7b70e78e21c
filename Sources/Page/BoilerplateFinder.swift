import Shingle

/// Finds again in a text what recurs across otherwise unrelated stories of the dump.
///
/// Not for two threads at once.
final class BoilerplateFinder {
    /// Tokens of each piece, by the hash of its first `start` tokens.
    private var pieces: [UInt64: [[UInt64]]] = [:]
    private let shingler = Shingler()
    private let start = 4

    /// - Parameter texts: pieces of boilerplate, some of them cut off.
    init(_ texts: [String]) {
        for text in texts {
            shingler.read(text)
            // The last word may be cut.
            let tokens = Array(shingler.tokens.dropLast())
            guard tokens.count >= start else { continue }
            pieces[shingler.shingles(width: start)[0], default: []].append(tokens)
        }
        for key in pieces.keys { pieces[key]!.sort { $0.count > $1.count } }
    }

    /// Ascending ranges of bytes. O(tokens of the text) where few pieces begin alike.
    func ranges(in utf8: [UInt8]) -> [Range<Int>] {
        guard !pieces.isEmpty else { return [] }
        let padded = utf8 + [UInt8](repeating: 0, count: Shingler.padding)
        return padded.withUnsafeBufferPointer { padded in
            shingler.read(UnsafeBufferPointer(rebasing: padded[..<utf8.count]), ranges: true)
            guard shingler.tokens.count >= start else { return [] }
            let shingles = shingler.shingles(width: start)
            var found: [Range<Int>] = []
            var at = 0
            while at < shingles.count {
                guard let length = length(at, shingles[at]) else {
                    at += 1
                    continue
                }
                found.append(Int(shingler.ranges[at].start)..<Int(shingler.ranges[at + length - 1].end))
                at += length
            }
            return found
        }
    }

    /// Tokens of the longest piece that stands at a place.
    private func length(_ at: Int, _ shingle: UInt64) -> Int? {
        pieces[shingle]?.first { shingler.tokens[at...].starts(with: $0) }?.count
    }
}

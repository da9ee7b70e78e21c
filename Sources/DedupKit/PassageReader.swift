import MinHash
public import Overlap
public import Records
public import Shingle
import Stages

/// Reads two documents of a clustering again and finds their passages; boilerplate is what the copy level found, and
/// counts for nothing but between near copies, which are alike as they stand. One for each thread.
public final class PassageReader {
    private struct Text {
        var document: DocumentNumber
        var bytes: [UInt8]
        var boilerplate: [Range<Int>]
        var shingles: [UInt64]
    }

    private let clustering: Clustering
    private let reader: TextReader
    private var shingler: Shingler
    private var counter = OverlapCounter()
    private let copyText = CopyText()
    private var held: Text?

    public init(_ clustering: Clustering) {
        self.clustering = clustering
        reader = clustering.documents.reader()
        shingler = Shingler(width: clustering.definition.shingleWidth)
    }

    /// The passages, and the overlap of all shingles, boilerplate or not. Pairs with the same `a` should stand together.
    public func overlap(_ a: DocumentNumber, _ b: DocumentNumber) throws(Problem) -> (
        passages: PassageOverlap, shingles: SetOverlap
    ) {
        if held?.document != a { held = try read(a) }
        let near = clustering.labels[.near], areNear = near.map { $0[a.index] == $0[b.index] } ?? false
        let a = held!, b = try read(b)
        let passages =
            areNear
            ? PassageOverlap(a.bytes, b.bytes)
            : PassageOverlap(a.bytes, b.bytes, boilerplateOfA: a.boilerplate, boilerplateOfB: b.boilerplate)
        return (passages, counter.overlap(a.shingles.span, b.shingles.span))
    }

    private func read(_ document: DocumentNumber) throws(Problem) -> Text {
        try reader.withRecord(of: document) { record in
            var boilerplate: [Range<Int>] = []
            if !clustering.recurring.isEmpty {
                unsafe copyText.read(record.text, recurring: clustering.recurring, keepsRanges: true)
                boilerplate = copyText.boilerplate(clustering.recurring).map(\.bytes)
            }
            unsafe shingler.read(padded: record.text)
            return unsafe Text(
                document: document, bytes: Array(record.text), boilerplate: boilerplate,
                shingles: Array(shingler.shingles()))
        }
    }
}

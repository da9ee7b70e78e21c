import DedupKit

/// Two texts, parted by a zero: passages stay in them, in order and apart; a text is all in itself.
func passages(_ bytes: [UInt8]) {
    let cut = bytes.firstIndex(of: 0) ?? bytes.count / 2
    let a = Array(bytes[..<cut]), b = Array(bytes[min(cut + 1, bytes.count)...])
    let overlap = PassageOverlap(a, b), back = PassageOverlap(b, a)
    for overlap in [overlap, back] {
        check((0...1).contains(overlap.a.share) && (0...1).contains(overlap.b.share), "a share")
    }
    check(overlap.shingles.common == back.shingles.common, "shingles in common are not symmetric")
    check(overlap.a.tokens == back.b.tokens && overlap.b.tokens == back.a.tokens, "tokens are not symmetric")
    checkPlaces(overlap, a.count, b.count)
    checkPlaces(back, b.count, a.count)
    let same = PassageOverlap(a, a)
    check(same.a.covered == same.a.tokens || same.passages.isEmpty, "a text is not all in itself")
}

private func checkPlaces(_ overlap: PassageOverlap, _ a: Int, _ b: Int) {
    var end = 0
    for passage in overlap.passages {
        check(passage.a.lowerBound >= end && passage.a.upperBound <= a && passage.b.upperBound <= b, "bounds")
        end = passage.a.upperBound
        check(passage.pieces.first?.kind == .equal && passage.pieces.last?.kind == .equal, "ends are not equal")
        for (piece, next) in zip(passage.pieces, passage.pieces.dropFirst()) {
            check(piece.a.upperBound <= next.a.lowerBound && piece.b.upperBound <= next.b.lowerBound, "order of pieces")
        }
    }
    let inB = overlap.passages.map(\.b).sorted { $0.lowerBound < $1.lowerBound }
    check(zip(inB, inB.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, "passages overlap in the other text")
}

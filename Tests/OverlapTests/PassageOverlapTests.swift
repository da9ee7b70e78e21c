import Shingle
import TestSupport
import Testing

@testable import Overlap

@Suite("Passages of two texts")
struct PassageOverlapTests {
    @Test("cover what a naive aligner covers", arguments: EditedPair.Script.allCases, 0..<500)
    func naive(_ script: EditedPair.Script, _ seed: Int) {
        var pair = EditedPair(script, length: 40 + seed % 90, vocabulary: [3, 12, 60, 400][seed % 4], seed: seed)
        for _ in 0..<pair.below(10) { pair.scratch() }
        let (a, b) = (TokenText(pair.textOfA.utf8, boilerplate: []), TokenText(pair.textOfB.utf8, boilerplate: []))
        let found = PassageFinder(a, b).passages.joined().flatMap { tile in
            (0..<tile.count).flatMap { [NaivePassages.Place.a(tile.a + $0), .b(tile.b + $0)] }
        }
        let expected = NaivePassages(a, b).equal
        #expect(Set(found) == expected, "\(script), seed \(seed): \(pair.textOfA) | \(pair.textOfB)")
        #expect(Set(found).count == found.count, "\(script), seed \(seed): a token in two passages")
    }

    @Test("cut both originals at the same words", arguments: EditedPair.Script.allCases, 0..<200)
    func words(_ script: EditedPair.Script, _ seed: Int) {
        var pair = EditedPair(script, length: 60 + seed, vocabulary: 300, seed: seed + 5000)
        for _ in 0..<pair.below(12) { pair.scratch() }
        let a = Array(pair.textOfA.utf8), b = Array(pair.textOfB.utf8.map { $0 == 0x20 ? 0x0a : $0 })
        expectSound(PassageOverlap(a, b), a, b, "\(script), seed \(seed)")
    }

    @Test("cut any bytes at the same words", arguments: TextStyle.allCases, 0..<100)
    func anyBytes(_ style: TextStyle, _ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed) + 70_000)
        let a = style.bytes(400 + random.below(2000), seed: seed)
        var b = a
        for _ in 0..<random.below(8) {
            let start = random.below(b.count), end = min(b.count, start + random.below(200))
            let block = b[start..<end]
            b.removeSubrange(start..<end)
            if random.flip(0.5) { b.insert(contentsOf: block, at: random.below(b.count + 1)) }
        }
        expectSound(PassageOverlap(a, b), a, b, "\(style), seed \(seed)")
    }

    private func expectSound(_ overlap: PassageOverlap, _ a: [UInt8], _ b: [UInt8], _ name: Comment) {
        var endA = 0
        for passage in overlap.passages {
            #expect(passage.a.lowerBound >= endA, name)
            endA = passage.a.upperBound
            #expect(passage.pieces.first?.a.lowerBound == passage.a.lowerBound, name)
            #expect(passage.pieces.last?.b.upperBound == passage.b.upperBound, name)
            #expect(passage.pieces.first?.kind == .equal && passage.pieces.last?.kind == .equal, name)
            for (piece, next) in zip(passage.pieces, passage.pieces.dropFirst()) {
                #expect(piece.a.upperBound <= next.a.lowerBound && piece.b.upperBound <= next.b.lowerBound, name)
            }
            for piece in passage.pieces where piece.kind == .equal {
                #expect(naiveTokens(a[piece.a]) == naiveTokens(b[piece.b]), name)
            }
        }
        let inB = overlap.passages.map(\.b).sorted { $0.lowerBound < $1.lowerBound }
        #expect(zip(inB, inB.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, name)
    }

    @Test("are the planted ones", arguments: EditedPair.Script.allCases, EditedPair.Edit.allCases)
    func planted(_ script: EditedPair.Script, _ edit: EditedPair.Edit) {
        var planted = 0, recovered = 0, covered = 0
        for seed in 0..<20 {
            var pair = EditedPair(script, length: 400, vocabulary: 3000, seed: seed + 9000)
            pair.apply(edit)
            if seed % 2 == 1 { pair.apply(.embedded) }
            let (a, b) = (TokenText(pair.textOfA.utf8, boilerplate: []), TokenText(pair.textOfB.utf8, boilerplate: []))
            let origins = pair.b.map(\.origin)
            planted += origins.count { $0 != nil }
            for tile in PassageFinder(a, b).passages.joined() {
                covered += tile.count
                for step in 0..<tile.count where origins[tile.b + step] == tile.a + step { recovered += 1 }
            }
        }
        #expect(Double(recovered) >= 0.99 * Double(planted), "\(script), \(edit): \(recovered) of \(planted)")
        #expect(
            Double(covered - recovered) <= 0.01 * Double(covered), "\(script), \(edit): \(covered - recovered) false")
    }

    @Test("name what differs inside")
    func pieces() {
        let a =
            "The port of Halden will reopen on Monday, the ministry said after nine days of strike by the dockers of the north."
        let b =
            "The port of Halden will open again on Monday, the ministry said, after nine long days of strike by dockers of the north."
        let overlap = PassageOverlap(a, b)
        #expect(overlap.passages.count == 1)
        let pieces = overlap.passages[0].pieces.map { piece in
            "\(piece.kind.rawValue): \(cut(a, piece.a)) | \(cut(b, piece.b))"
        }
        #expect(
            pieces == [
                "equal: The port of Halden will | The port of Halden will", "replaced: reopen | open again",
                "equal: on Monday, the ministry said after nine | on Monday, the ministry said, after nine",
                "only_b:  | long", "equal: days of strike by | days of strike by", "only_a: the | ",
                "equal: dockers of the north | dockers of the north",
            ])
    }

    @Test("leave boilerplate out of what counts")
    func boilerplate() {
        let frame = "Sign up for our morning letter and never miss a story from the coast again"
        let a =
            frame + ". " + "The strike is over and the ships may leave the harbour tonight, says the union of dockers."
        let b = frame + ". Snow closed the pass."
        let range = 0..<frame.utf8.count
        let plain = PassageOverlap(a, b)
        #expect(plain.b.share > 0.7 && plain.longestRun == 15 && !plain.passages[0].isBoilerplate)
        let marked = PassageOverlap(a.utf8, b.utf8, boilerplateOfA: [range], boilerplateOfB: [range])
        #expect(marked.passages.map(\.isBoilerplate) == [true])
        #expect(marked.b == .init(tokens: 4, covered: 0) && marked.a.covered == 0 && marked.longestRun == 0)
        #expect(marked.shingles.common == 0)
    }

    @Test("are found where one text is all of the other, and nowhere in nothing")
    func extremes() {
        let text = "one two three four five six seven eight nine ten"
        #expect(PassageOverlap(text, text).a.share == 1)
        #expect(PassageOverlap(text, text).shingles.jaccard == 1)
        for other in ["", " ", "one two three", "\u{feff}"] {
            #expect(PassageOverlap(text, other).passages.isEmpty, "\(other)")
            #expect(PassageOverlap(other, text).b.share == 0, "\(other)")
        }
        let word = String(repeating: "buffalo ", count: 50_000)
        let overlap = PassageOverlap(word, word + word)
        #expect(overlap.passages.count == 1 && overlap.a.share == 1 && overlap.longestRun == 50_000)
    }

    private func cut(_ text: String, _ range: Range<Int>) -> String {
        String(decoding: Array(text.utf8)[range], as: UTF8.self)
    }
}

@Suite("Aligning a gap")
struct GapAlignmentTests {
    @Test("finds the best of all ways", arguments: 0..<1500)
    func best(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed) + 80_000)
        let alphabet = 1 + random.below(5)
        let a = (0..<random.below(7)).map { _ in UInt64(random.below(alphabet)) }
        let b = (0..<random.below(7)).map { _ in UInt64(random.below(alphabet)) }
        var aligner = GapAlignment()
        let (inA, inB) = (Stretch(a, 0..<a.count), Stretch(b, 0..<b.count))
        let all = ways(a, b, 0, 0)
        let filled = aligner.fill(inA, inB)
        #expect(
            score(filled, a.count, b.count) == all.map { score($0, a.count, b.count) }.max(), "seed \(seed): \(a) \(b)")
        let extended = aligner.extend(inA, inB)
        let end = { (pairs: [(a: Int, b: Int)]) in ((pairs.last?.a ?? -1) + 1, (pairs.last?.b ?? -1) + 1) }
        let best = all.map { score($0, end($0).0, end($0).1) }.max()!
        #expect(score(extended, end(extended).0, end(extended).1) == best, "seed \(seed): \(a) \(b)")
    }

    private func score(_ pairs: [(a: Int, b: Int)], _ endA: Int, _ endB: Int) -> Int {
        var score = 0, last = (a: -1, b: -1)
        for pair in pairs {
            score += pair.a == last.a + 1 && pair.b == last.b + 1 ? 2 : 0
            last = pair
        }
        return score - (endA - pairs.count) - (endB - pairs.count)
    }

    /// Every set of equal pairs in the order of both.
    private func ways(_ a: [UInt64], _ b: [UInt64], _ fromA: Int, _ fromB: Int) -> [[(a: Int, b: Int)]] {
        var found: [[(a: Int, b: Int)]] = [[]]
        for i in fromA..<max(fromA, a.count) {
            for j in fromB..<max(fromB, b.count) where a[i] == b[j] {
                found += ways(a, b, i + 1, j + 1).map { [(i, j)] + $0 }
            }
        }
        return found
    }
}

import Tables

/// Words that one text quotes and the other has too, quoted or not.
///
/// Three words in a row are enough where both quote them, two where they are all that one of them quotes, four where
/// only one text quotes; of characters twice as many.
func commonQuotations(_ a: FactText, _ b: FactText) -> [FactOverlap.Fact] {
    let (quotesInA, quotesInB) = (a.quotations, b.quotations)
    guard !quotesInA.ranges.isEmpty || !quotesInB.ranges.isEmpty else { return [] }
    let places = PairPlaces(b)
    var found: [[UInt64]: FactOverlap.Fact] = [:]
    func add(_ inA: Range<Int>, _ inB: Range<Int>) {
        let weight = min(30, a.rarity[inA].reduce(0, +))
        found[Array(a.hashes[inA]), default: .init(kind: .quotation, text: a.string(inA), a: [], b: [], weight: weight)]
            .add(
                a.bytes(inA), b.bytes(inB))
    }
    var at = 0
    while at + 1 < a.count {
        var best: (a: Range<Int>, b: Range<Int>)?
        for place in places.first(50, of: pair(a, at)) where quotesInA[at] >= 0 || quotesInB[place] >= 0 {
            var count = 2
            while at + count < a.count, place + count < b.count, a.hashes[at + count] == b.hashes[place + count],
                quotesInA[at + count] == quotesInA[at], quotesInB[place + count] == quotesInB[place]
            { count += 1 }
            guard count > best?.a.count ?? 0 else { continue }
            let runs = (a: at..<at + count, b: place..<place + count)
            if isQuotation(runs.a, runs.b) { best = runs }
        }
        if let best { add(best.a, best.b) }
        at = best?.a.upperBound ?? at + 1
    }
    return Array(found.values)

    func isQuotation(_ inA: Range<Int>, _ inB: Range<Int>) -> Bool {
        let size = inA.reduce(0) { $0 + (a.cases[$1] == .none && !isNumber(a, $1) ? 1 : 2) }
        guard quotesInA[inA.lowerBound] >= 0, quotesInB[inB.lowerBound] >= 0 else { return size >= 8 }
        return size >= 6 || size >= 4 && (quotesInA.isWhole(inA) || quotesInB.isWhole(inB))
    }
}

/// Where each pair of neighbouring tokens stands.
private struct PairPlaces {
    private var pairs: TokenNumbers
    private var first: [Int32] = []
    /// The next place of the same pair, -1 for none.
    private var next: [Int32]

    init(_ text: FactText) {
        let count = max(0, text.count - 1)
        pairs = TokenNumbers(capacity: count)
        next = [Int32](repeating: -1, count: count)
        // From the end, so that chains run forward.
        for at in (0..<count).reversed() {
            let number = pairs.insert(pair(text, at))
            if number == first.count { first.append(-1) }
            next[at] = first[number]
            first[number] = Int32(at)
        }
    }

    /// The first places of a pair, at most so many.
    func first(_ most: Int, of pair: UInt64) -> [Int] {
        var places: [Int] = []
        var at = pairs[pair].map { first[$0] } ?? -1
        while at >= 0, places.count < most {
            places.append(Int(at))
            at = next[Int(at)]
        }
        return places
    }
}

private func pair(_ text: FactText, _ at: Int) -> UInt64 {
    (text.hashes[at] << 23 | text.hashes[at] >> 41) &+ text.hashes[at + 1]
}

extension FactOverlap.Fact {
    fileprivate mutating func add(_ inA: Range<Int>, _ inB: Range<Int>) {
        if !a.contains(inA) { a.append(inA) }
        if !b.contains(inB) { b = (b + [inB]).sorted { $0.lowerBound < $1.lowerBound } }
    }
}

/// Which tokens stand between quotation marks of any style.
///
/// A quotation ends with its paragraph; one that is never closed is none.
struct Quotations: Sendable {
    /// Of each token the number of its quotation, −1 outside.
    private var numbers: [Int32]
    private(set) var ranges: [Range<Int>] = []

    subscript(token: Int) -> Int32 { numbers[token] }

    func isWhole(_ tokens: Range<Int>) -> Bool { ranges[Int(numbers[tokens.lowerBound])] == tokens }

    init() { numbers = [] }

    init(_ text: FactText) {
        numbers = Array(repeating: -1, count: text.count)
        var opened: (token: Int, closes: Set<Unicode.Scalar>)?
        for token in 0...text.count {
            let gap = text.gap(before: token)
            guard gap.count > 1 || gap.first ?? 0x20 != 0x20 else { continue }
            for mark in String(decoding: gap, as: UTF8.self).unicodeScalars {
                if mark == "\n" {
                    opened = nil
                } else if let open = opened, open.closes.contains(mark) {
                    if open.token < token {
                        for quoted in open.token..<token { numbers[quoted] = Int32(ranges.count) }
                        ranges.append(open.token..<token)
                    }
                    opened = nil
                } else if opened == nil, let closes = Self.closing[mark] {
                    opened = (token, closes)
                }
            }
        }
    }

    private static let closing: [Unicode.Scalar: Set<Unicode.Scalar>] = [
        "\"": ["\""], "“": ["”", "“"], "”": ["”"], "„": ["“", "”"], "«": ["»"], "»": ["«"], "「": ["」"], "『": ["』"],
        "‹": ["›"],
        "＂": ["＂"], "〝": ["〟"],
    ]
}

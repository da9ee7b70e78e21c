/// The suffixes of a text in ascending order, by induced sorting.
///
/// G. Nong, S. Zhang, W. H. Chan: Linear Suffix Array Construction by Almost Pure Induced-Sorting, DCC 2009.
///
/// - Parameters:
///   - text: numbers in `0...largest`.
/// - Complexity: O(*n* + `largest`).
func suffixArray(_ text: [Int32], largest: Int) -> [Int32] {
    switch text.count {
    case 0: []
    case 1: [0]
    default: InducedSorting(text, largest: largest).sorted()
    }
}

/// How many numbers each suffix has in common with the one before it in order, 0 for the first.
///
/// T. Kasai et al.: Linear-Time Longest-Common-Prefix Computation in Suffix Arrays and Its Applications, CPM 2001.
///
/// - Parameter rank: the place of each suffix in `order`.
func commonPrefixes(_ text: [Int32], order: [Int32], rank: [Int32]) -> [Int32] {
    var common = [Int32](repeating: 0, count: text.count)
    var length = 0
    for start in text.indices {
        guard rank[start] > 0 else { length = 0; continue }
        let before = Int(order[Int(rank[start]) - 1])
        while max(start, before) + length < text.count, text[start + length] == text[before + length] { length += 1 }
        common[Int(rank[start])] = Int32(length)
        length = max(0, length - 1)
    }
    return common
}

private struct InducedSorting {
    private let text: [Int32]
    /// Of each suffix, whether it is smaller than the one that starts a place later.
    private var isSmaller: [Bool]
    /// Of each number, where its larger and its smaller suffixes start in the order.
    private var largerStarts: [Int32]
    private var smallerStarts: [Int32]

    init(_ text: [Int32], largest: Int) {
        self.text = text
        isSmaller = [Bool](repeating: false, count: text.count)
        largerStarts = [Int32](repeating: 0, count: largest + 2)
        smallerStarts = [Int32](repeating: 0, count: largest + 2)
        for at in (0..<text.count - 1).reversed() {
            isSmaller[at] = text[at] == text[at + 1] ? isSmaller[at + 1] : text[at] < text[at + 1]
        }
        for at in text.indices {
            if isSmaller[at] { largerStarts[Int(text[at]) + 1] += 1 } else { smallerStarts[Int(text[at])] += 1 }
        }
        for number in 0...largest {
            smallerStarts[number] += largerStarts[number]
            largerStarts[number + 1] += smallerStarts[number]
        }
    }

    func sorted() -> [Int32] {
        let valleys = text.indices.filter(isValley).map(Int32.init)
        guard !valleys.isEmpty else { return induced(from: []) }
        let names = named(induced(from: valleys).filter { isValley(Int($0)) })
        let order = suffixArray(valleys.map { names[Int($0)] }, largest: Int(names.max()!))
        return induced(from: order.map { valleys[Int($0)] })
    }

    /// Whether a suffix is smaller than both neighbours: the order of these gives that of all others.
    private func isValley(_ at: Int) -> Bool { at > 0 && isSmaller[at] && !isSmaller[at - 1] }

    /// All suffixes, in order as far as the valleys are.
    private func induced(from valleys: [Int32]) -> [Int32] {
        var order = [Int32](repeating: -1, count: text.count)
        var next = smallerStarts
        for valley in valleys { place(valley, in: &order, &next) }
        next = largerStarts
        place(Int32(text.count - 1), in: &order, &next)
        for at in order.indices {
            let suffix = order[at] - 1
            if suffix >= 0, !isSmaller[Int(suffix)] { place(suffix, in: &order, &next) }
        }
        next = largerStarts
        for at in order.indices.reversed() {
            let suffix = order[at] - 1
            if suffix >= 0, isSmaller[Int(suffix)] {
                let bucket = Int(text[Int(suffix)]) + 1
                next[bucket] -= 1
                order[Int(next[bucket])] = suffix
            }
        }
        return order
    }

    private func place(_ suffix: Int32, in order: inout [Int32], _ next: inout [Int32]) {
        let bucket = Int(text[Int(suffix)])
        order[Int(next[bucket])] = suffix
        next[bucket] += 1
    }

    /// Numbers the stretches from one valley to the next: equal ones alike, in their order.
    private func named(_ valleys: [Int32]) -> [Int32] {
        var ends: [Int] = [Int](repeating: text.count, count: text.count)
        var end = text.count
        for at in text.indices.reversed() where isValley(at) {
            ends[at] = end
            end = at
        }
        var names = [Int32](repeating: 0, count: text.count)
        var name: Int32 = 0
        for (before, valley) in zip(valleys, valleys.dropFirst()) {
            if !isSameStretch(Int(before), Int(valley), ends) { name += 1 }
            names[Int(valley)] = name
        }
        return names
    }

    private func isSameStretch(_ a: Int, _ b: Int, _ ends: [Int]) -> Bool {
        let length = ends[a] - a
        guard length == ends[b] - b, ends[a] < text.count, ends[b] < text.count else { return false }
        return (0...length).allSatisfy { text[a + $0] == text[b + $0] }
    }
}

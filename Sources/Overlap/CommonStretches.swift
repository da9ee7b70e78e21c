import Tables

/// The stretches of two texts that common runs cover: all that tiles can lie in.
///
/// Rewritten reports have next to none, and to sort the suffixes of what is left costs little.
struct CommonStretches {
    /// The tokens of both as small numbers, 0 between the texts, and between stretches numbers that occur once.
    private(set) var text: [Int32] = []
    private(set) var lengthOfA = 0
    private(set) var largest = 0
    /// Of each number of `text` the token of `a` or `b` that it stands for, -1 for none.
    private(set) var places: [Int32] = []

    private var tokens = TokenNumbers()

    init(_ runs: CommonRuns) {
        append(runs.a, runs.startsInB.map { $0 >= 0 }, runs.width)
        lengthOfA = text.count
        cut()
        append(runs.b, runs.isCommonInB, runs.width)
        largest = tokens.count
        for at in text.indices where places[at] < 0 && at != lengthOfA {
            largest += 1
            text[at] = Int32(largest)
        }
    }

    private mutating func append(_ all: [UInt64], _ isCommon: [Bool], _ width: Int) {
        var end = 0
        for start in isCommon.indices where isCommon[start] {
            if start > end, places.last ?? -1 >= 0 { cut() }
            for token in max(start, end)..<start + width {
                text.append(Int32(tokens.insert(all[token]) + 1))
                places.append(Int32(token))
            }
            end = start + width
        }
    }

    private mutating func cut() {
        text.append(0)
        places.append(-1)
    }
}

/// Nanoseconds a shingle of every sketcher, over many different sets of one size.
struct SketchSpeed {
    var rounds: Int
    /// Shingles a run: 256 KB of them stay in the second-level cache.
    private let batch = 1 << 15

    func print() {
        let sizes = [26, 96, 396, 1996]
        let ours = kernels.map { Sketcher(name: "ours, \($0.name)", write: $0.table.sketch) }
        let sketchers = Sketcher.classics + [.onePermutation, .fastSimilarity] + ours
        let columns = sizes.map { measure(sketchers, size: $0) }
        var table = Table(["ns a shingle"] + sizes.map { "\($0) shingles" } + sizes.map { "× best at \($0)" })
        for (row, sketcher) in sketchers.enumerated() {
            table.append(
                [sketcher.name] + columns.map { short($0[row]) } + columns.map { short($0[row] / $0.min()!) })
        }
        Swift.print(table.markdown)
    }

    private func measure(_ sketchers: [Sketcher], size: Int) -> [Double] {
        var random = SplitMix64(seed: UInt64(size))
        let count = batch / size
        let hashes = (0..<count * size).map { _ in random.next() }
        return hashes.withUnsafeBufferPointer { hashes in
            let candidates = sketchers.map { sketcher in
                Candidate(name: sketcher.name, units: hashes.count) {
                    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 128) { slots in
                        for set in 0..<count {
                            sketcher.write(hashes.baseAddress! + set * size, size, slots.baseAddress!)
                        }
                    }
                }
            }
            return race(candidates, rounds: rounds)
        }
    }
}

/// Error of the estimated Jaccard similarity over random pairs of sets of one size.
struct Accuracy {
    var pairs: Int
    private let sketchers: [Sketcher] = [.classic, .onePermutation, .fastSimilarity, .ours]

    func print() {
        var table = Table(["shingles", "J"] + sketchers.flatMap { ["\($0.name): RMSE", "bias"] } + ["√(J(1−J)/128)"])
        for size in [30, 100, 400, 2000] {
            for target in [0.3, 0.5, 0.7, 0.9] {
                let common = Int((2 * Double(size) * target / (1 + target)).rounded())
                let jaccard = Double(common) / Double(2 * size - common)
                let errors = measure(size: size, common: common, jaccard: jaccard)
                let binomial = (jaccard * (1 - jaccard) / 128).squareRoot()
                table.append(
                    ["\(size)", fixed(jaccard, 3)]
                        + errors.flatMap { [fixed($0.rmse, 4), fixed($0.bias, 4)] } + [fixed(binomial, 4)])
            }
        }
        Swift.print(table.markdown)
    }

    private func measure(size: Int, common: Int, jaccard: Double) -> [(rmse: Double, bias: Double)] {
        var random = SplitMix64(seed: UInt64(size * 1000 + common))
        var squares = [Double](repeating: 0, count: sketchers.count), sums = squares
        var a = [UInt32](repeating: 0, count: 128), b = a
        for _ in 0..<pairs {
            // The sets are the first and the last `size` hashes.
            let hashes = (0..<2 * size - common).map { _ in random.next() }
            for (i, sketcher) in sketchers.enumerated() {
                hashes.withUnsafeBufferPointer {
                    sketcher.write($0.baseAddress!, size, &a)
                    sketcher.write($0.baseAddress! + size - common, size, &b)
                }
                let error = Double(zip(a, b).count { $0 == $1 }) / 128 - jaccard
                squares[i] += error * error
                sums[i] += error
            }
        }
        return zip(squares, sums).map { (($0 / Double(pairs)).squareRoot(), $1 / Double(pairs)) }
    }
}

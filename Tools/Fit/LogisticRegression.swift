import Event
import Glibc

/// Weighted logistic regression with a ridge, by Newton's method, in one pass over the examples a step.
struct LogisticRegression {
    /// Rows of `width` features.
    private(set) var features: [Double] = []
    private var targets: [Bool] = []
    private var importances: [Double] = []
    private let width = PairFeatures.Values.count

    /// Standardised weights are drawn to 0 as by so many examples of average importance.
    private static let ridge = 1.0
    private static let steps = 25

    mutating func add(_ row: PairFeatures.Values, target: Bool, importance: Double) {
        for feature in row.indices { features.append(row[feature]) }
        targets.append(target)
        importances.append(importance)
    }

    func fitted() -> EventModel {
        let (means, deviations) = moments()
        let scale = Double(targets.count) / importances.reduce(0, +)
        // The last coefficient is the bias.
        var coefficients = Array(repeating: 0.0, count: width + 1)
        var row = Array(repeating: 1.0, count: width + 1)
        for _ in 0..<Self.steps {
            var system = LinearSystem(size: width + 1)
            for feature in 0..<width { system.add(Self.ridge, at: feature, -Self.ridge * coefficients[feature]) }
            for example in targets.indices {
                var logOdds = coefficients[width]
                for feature in 0..<width {
                    row[feature] = (features[example * width + feature] - means[feature]) / deviations[feature]
                    logOdds += coefficients[feature] * row[feature]
                }
                let chance = 1 / (1 + exp(-logOdds))
                let weight = importances[example] * scale
                system.add(
                    row, curvature: weight * chance * (1 - chance),
                    slope: weight * ((targets[example] ? 1 : 0) - chance))
            }
            for (place, step) in system.solved().enumerated() { coefficients[place] += step }
        }
        let weights = (0..<width).map { coefficients[$0] / deviations[$0] }
        return EventModel(
            bias: coefficients[width] - zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }, weights: weights)
    }

    private func moments() -> (means: [Double], deviations: [Double]) {
        let count = Double(targets.count)
        var means = Array(repeating: 0.0, count: width)
        var squares = means
        for example in targets.indices {
            for feature in 0..<width {
                let value = features[example * width + feature]
                means[feature] += value / count
                squares[feature] += value * value / count
            }
        }
        return (means, zip(means, squares).map { max(($1 - $0 * $0).squareRoot(), 1e-9) })
    }
}

/// Symmetric, positive definite.
private struct LinearSystem {
    private var matrix: [[Double]]
    private var right: [Double]

    init(size: Int) {
        matrix = Array(repeating: Array(repeating: 0, count: size), count: size)
        right = Array(repeating: 0, count: size)
    }

    mutating func add(_ diagonal: Double, at place: Int, _ value: Double) {
        matrix[place][place] += diagonal
        right[place] += value
    }

    mutating func add(_ row: [Double], curvature: Double, slope: Double) {
        for i in row.indices {
            right[i] += slope * row[i]
            let scaled = curvature * row[i]
            for j in 0...i { matrix[i][j] += scaled * row[j] }
        }
    }

    /// By Cholesky's decomposition of the lower half.
    consuming func solved() -> [Double] {
        let size = right.count
        for i in 0..<size {
            for j in 0...i {
                let sum = matrix[i][j] - (0..<j).reduce(0) { $0 + matrix[i][$1] * matrix[j][$1] }
                matrix[i][j] = i == j ? max(sum, 1e-12).squareRoot() : sum / matrix[j][j]
            }
        }
        for i in 0..<size {
            right[i] = (right[i] - (0..<i).reduce(0) { $0 + matrix[i][$1] * right[$1] }) / matrix[i][i]
        }
        for i in (0..<size).reversed() {
            right[i] = (right[i] - (i + 1..<size).reduce(0) { $0 + matrix[$1][i] * right[$1] }) / matrix[i][i]
        }
        return right
    }
}

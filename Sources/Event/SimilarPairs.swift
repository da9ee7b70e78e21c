import Glibc
import Workers

/// Two documents and how alike they are.
struct SimilarPair: Sendable {
    /// Similarities are integers so that no order of summation shows in a result.
    static let unit = 65_536.0

    var first: Int32
    var second: Int32
    /// In units of 1/`unit`.
    var similarity: Int32
}

/// How alike two documents are: the cosine of their terms, discounted by the days apart.
struct PairScore: Sendable {
    let vectors: TermVectors
    let days: [Double?]
    let parameters: EventParameters

    func callAsFunction(_ first: Int, _ second: Int) -> Double {
        Double(vectors.cosine(first, second)) * dateFactor(first, second)
    }

    /// 1 where a date is missing.
    func dateFactor(_ first: Int, _ second: Int) -> Double {
        guard let a = days[first], let b = days[second] else { return 1 }
        return 1 + parameters.dateDiscount * expm1(-abs(a - b) / parameters.dateScale)
    }
}

/// The pairs that the index brings together and that are alike enough to count, in no particular order.
func similarPairs(_ score: PairScore, _ index: HeavyTermIndex, workers: Workers) -> [SimilarPair] {
    let documents = score.vectors.count
    let leastMeeting = Float(score.parameters.leastMeeting)
    var scratch = (0..<workers.count).map { _ in Scratch(documents: documents) }
    scratch.withUnsafeMutableBufferPointer { scratch in
        nonisolated(unsafe) let scratch = scratch
        workers.forEach(documents) { document, worker in
            scratch[worker].meet(document, index)
            for (other, product) in scratch[worker].takeMet() where product >= leastMeeting {
                let similarity = score(other, document)
                if similarity >= score.parameters.leastSimilarity {
                    scratch[worker].pairs.append(
                        SimilarPair(
                            first: Int32(other), second: Int32(document),
                            similarity: Int32(similarity * SimilarPair.unit)))
                }
            }
        }
    }
    return Array(scratch.map(\.pairs).joined())
}

/// One worker's room: what a document has met so far, and the pairs found.
private struct Scratch {
    var pairs: [SimilarPair] = []
    private var products: [Float]
    private var met: [Int] = []

    init(documents: Int) { products = Array(repeating: 0, count: documents) }

    mutating func meet(_ document: Int, _ index: HeavyTermIndex) {
        index.forEachMeeting(document) { other, product in
            if products[other] == 0 { met.append(other) }
            products[other] += product
        }
    }

    mutating func takeMet() -> [(document: Int, product: Float)] {
        let taken = met.map { (document: $0, product: products[$0]) }
        for other in met { products[other] = 0 }
        met.removeAll(keepingCapacity: true)
        return taken
    }
}

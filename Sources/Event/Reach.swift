import Glibc

/// Which documents a document could be confused with: those of its days and those without a day. What lies outside, such
/// as last year's archive, changes nothing for it.
struct Reach: Sendable {
    private let counts: [Double]
    /// How many of them seem to have company, 0–1.
    private let shares: [Double]

    /// - Parameters:
    ///   - company: of each document, how likely it is to have any.
    ///   - window: in days.
    init(_ vectors: TermVectors, company: [Double], window: Double) {
        let documents = company.indices.filter { !vectors.header($0).isForm }
        let days = company.indices.map { vectors.header($0).day }
        let dated = documents.filter { days[$0] != nil }.sorted { (days[$0]!, $0) < (days[$1]!, $1) }
        var sums = [0]
        for document in dated { sums.append(sums.last! + Self.rounded(company[document])) }
        let timeless = documents.filter { days[$0] == nil }.reduce(0) { $0 + Self.rounded(company[$1]) }
        let undated = documents.count - dated.count

        var counts = Array(repeating: Double(max(1, documents.count)), count: company.count)
        var shares = Array(
            repeating: Double(sums.last! + timeless) / Self.unit / Double(max(1, documents.count)), count: company.count
        )
        var (start, end) = (0, 0)
        for document in dated {
            let day = days[document]!
            while days[dated[start]]! < day - window { start += 1 }
            while end < dated.count, days[dated[end]]! <= day + window { end += 1 }
            counts[document] = Double(end - start + undated)
            shares[document] = Double(sums[end] - sums[start] + timeless) / Self.unit / counts[document]
        }
        (self.counts, self.shares) = (counts, shares)
    }

    func documents(near first: Int, _ second: Int) -> Double { min(counts[first], counts[second]) }

    /// Of a document within reach having company.
    func logOdds(near first: Int, _ second: Int) -> Double {
        let share = max(0.02, min(0.98, (shares[first] + shares[second]) / 2))
        return log(share / (1 - share))
    }

    /// Sums are of integers, so that no order shows.
    private static let unit = 65_536.0
    private static func rounded(_ share: Double) -> Int { Int((share * unit).rounded()) }
}

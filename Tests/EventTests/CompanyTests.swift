import Glibc
import TestSupport
import Testing
import Workers

@testable import Event

/// What the second regression is told, against the definition with matrices.
@Suite struct CompanyTests {
    @Test(arguments: 1...20) func companyIsThatOfTheDefinition(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let count = Int.random(in: 2...24, using: &random)
        let days = (0..<count).map { _ in
            Bool.random(using: &random) ? Double.random(in: 0..<90, using: &random) : nil
        }
        let vectors = vectors(days.map { EventDocument(terms: bag("a story"), day: $0) }, Workers(count: 1))
        var pairs: [CandidatePair] = []
        var odds = [[Double?]](repeating: Array(repeating: nil, count: count), count: count)
        for second in 0..<count {
            for first in 0..<second where Int.random(in: 0..<3, using: &random) > 0 {
                let pair = CandidatePair(first, second, (Double.random(in: -9...6, using: &random), 0))
                pairs.append(pair)
                (odds[first][second], odds[second][first]) = (pair.alone, pair.alone)
            }
        }
        let company = Company(pairs, vectors, window: 30)
        func chance(_ a: Int, _ b: Int) -> Double {
            guard a != b, let odds = odds[a][b], odds > -4 else { return 0 }
            return 1 / (1 + exp(-odds))
        }
        let has = (0..<count).map { one in odds[one].compactMap { $0 }.max().map { 1 / (1 + exp(-$0)) } ?? 0 }
        func near(_ one: Int) -> [Int] {
            (0..<count).filter { other in
                guard let a = days[one], let b = days[other] else { return true }
                return abs(a - b) <= 30
            }
        }
        for pair in pairs {
            let (a, b) = (Int(pair.first), Int(pair.second)), others = (0..<count).filter { $0 != a && $0 != b }
            let common = pair.alone > -6 ? others.reduce(0) { $0 + chance(a, $1) * chance(b, $1) } : 0
            let (one, other) = (others.reduce(0) { $0 + chance(a, $1) }, others.reduce(0) { $0 + chance(b, $1) })
            let shares = [a, b].map { one in near(one).reduce(0) { $0 + has[$1] } / Double(near(one).count) }
            let share = max(0.02, min(0.98, (shares[0] + shares[1]) / 2))
            let wanted = [
                log1p(common), common / max(one + other - common, 0.05), min(common / max(min(one, other), 0.05), 2),
                log1p(max(one + other - 2 * common, 0)), log(share / (1 - share)),
            ]
            let found = company(a, b, logOdds: pair.alone)
            for place in wanted.indices { #expect(abs(found[place] - wanted[place]) < 2e-3, "\(Company.names[place])") }
            #expect(company.documents(near: a, b) == Double(min(near(a).count, near(b).count)))
        }
    }

    @Test func moreDocumentsWithinReachAskForMore() {
        let cut = EventModel.trained.cut
        let large = [150, 500, 1000, 10_000, 1_000_000].map { cut.logOdds(reach: $0) }
        #expect(large == large.sorted() && Set(large).count == large.count)
        #expect(cut.logOdds(reach: 5) > cut.logOdds(reach: 20) && cut.logOdds(reach: 20) > cut.logOdds(reach: 40))
    }
}

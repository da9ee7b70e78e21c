import TestSupport
import Testing

@testable import Facts

@Suite struct SeriesTitleTests {
    private func areOfOne(_ titles: [String], days: [Int64?]? = nil) -> Bool {
        SeriesTitle.areOfOne(
            zip(titles, days ?? titles.map { _ in nil }).map { SeriesTitle($0.utf8, day: $1) })
    }

    @Test(arguments: [
        ["[Garden] Hedges in March", "[garden]  Roses, at last"],
        ["Hedges in March 【Garden】", "Roses, at last 【Garden】 ", "【Garden】 Ponds"],
        ["【園芸通信】春の生け垣", "【園芸通信】薔薇の手入れ"],
        ["Ask the gardener (1)", "Ask the gardener (2)"],
        ["春の生け垣と薔薇（前編）", "春の生け垣と薔薇（後編）"],
        ["Ask the gardener, no. 4: hedges", "ASK THE GARDENER, No. 5 – roses", "Ask the gardener, no. 11"],
        ["Hedges: week 4 of the garden", "Roses: week 5 of the garden"],
        ["庭の日記vol.3「生け垣」", "庭の日記vol.4「薔薇」"],
        ["春の庭の日記　第三回", "春の庭の日記　第四回"], ["庭の日記：３", "庭の日記：４"],
        ["Halden fish 9:00 up", "Halden fish 10:00 up", "Korvik fish, close", "Halden fish 12:00 down"],
    ])
    func series(titles: [String]) { #expect(areOfOne(titles)) }

    @Test(arguments: [
        [], [""], ["Ask the gardener (1)"], ["", ""], ["[]", "[ ]"],
        ["Ferry runs aground off Halden", "Ferry off Halden runs aground"],
        ["[Garden] Hedges in March", "[Pond] Roses, at last"],
        ["[Garden Hedges in March", "[Garden Roses, at last"],
        ["(Garden) Hedges in March", "(Garden) Roses, at last"],
        ["Halden 4 Korvik 1", "Halden 2 Korvik 2"],
        ["Rain of 2.8 inches falls on Halden", "Rain of 3.5 inches falls on Halden"],
        ["Prices in Halden rise 1,200", "Prices in Halden rise 1,300"],
        ["Ask the gardener, no. 4", "Ask the gardener, no. four"],
        ["Ask the gardener, no. 4", "Ask the gardener, no. 5", "Ferry runs aground"],
        ["[Garden] Hedges in March", "[garden] hedges in March!"],
    ])
    func noSeries(titles: [String]) { #expect(!areOfOne(titles)) }

    @Test func oneTitleOnSeveralDays() {
        let titles = ["News in brief", "News in Brief!"]
        #expect(areOfOne(titles, days: [3, 4]))
        #expect(!areOfOne(titles, days: [3, 3]) && !areOfOne(titles) && !areOfOne(titles, days: [nil, 3]))
    }

    private struct Parts: Hashable {
        var first, last: String?
        var words: [String]
        var all: [String] { [first].compactMap(\.self) + words + [last].compactMap(\.self) }
        var rubrics: Set<String> { Set([first, last].compactMap(\.self)) }

        func written(_ open: String, _ close: String, _ space: String) -> String {
            let last = last.map { open + $0 + close }
            return [first.map { open + $0 + close }, words.joined(separator: " "), last].compactMap(\.self)
                .joined(separator: space)
        }
    }

    /// Whether the titles differ for the first time in a number, behind enough that is the same.
    private func areNumbered(_ titles: [[String]]) -> Bool {
        for at in 0..<titles.map(\.count).min()! where Set(titles.map { $0[at] }).count > 1 {
            return titles.allSatisfy { ["7", "8"].contains($0[at]) } && titles[0][..<at].joined().count >= 9
        }
        return false
    }

    private func areAllOfOne(_ titles: [Parts], days: [Int64?], square: Bool) -> Bool {
        if Set(titles.map(\.all)).count == 1, !days.contains(nil), Set(days).count > 1 { return true }
        let rubrics = titles.reduce(titles[0].rubrics) { $0.intersection($1.rubrics) }
        if square, !rubrics.isEmpty, Set(titles.map(\.all)).count > 1 { return true }
        let inBrackets = Set(titles.map { [$0.first, $0.last].compactMap(\.self) })
        if Set(titles.map(\.words)).count == 1, titles[0].words.joined().count >= 9, inBrackets.count > 1 {
            return true
        }
        return areNumbered(titles.map(\.all)) || areNumbered(titles.map { $0.all.reversed() })
    }

    /// Titles made of parts, which tell what they should be taken for: every choice of more than two thirds is tried.
    @Test(arguments: 0..<3000) func ofParts(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let names = ["garden", "pond", "7", "8", "harbours"], count = 2 + random.below(4)
        let titles = (0..<count).map { _ in
            Parts(
                first: random.flip(0.3) ? names[random.below(2)] : nil,
                last: random.flip(0.3) ? names[random.below(2)] : nil,
                words: (0..<1 + random.below(3)).map { _ in names[random.below(names.count)] })
        }
        let days = titles.map { _ in random.flip(0.2) ? nil : Int64(random.below(2)) }
        let square = random.flip(0.5), (open, close) = square ? ("【", "】") : ("(", ")")
        let wanted = (1..<1 << count).contains { choice in
            let chosen = titles.indices.filter { choice >> $0 & 1 == 1 }
            return chosen.count * 3 > count * 2
                && areAllOfOne(chosen.map { titles[$0] }, days: chosen.map { days[$0] }, square: square)
        }
        let written = titles.map { $0.written(open, close, random.flip(0.5) ? " " : "") }
        #expect(areOfOne(written, days: days) == wanted, "\(written) on \(days)")
        let order = written.indices.shuffled(using: &random)
        #expect(areOfOne(order.map { written[$0] }, days: order.map { days[$0] }) == wanted, "in any order")
    }
}

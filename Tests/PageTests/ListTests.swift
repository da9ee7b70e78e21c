import TestSupport
import Testing

@testable import Page

@Suite struct ListTests {
    @Test(arguments: ["https://example.org/a?b=c#d", "HTTP://example.org", "https://例え.jp/%20"])
    func isOne(_ address: String) { #expect(StoryReader.webAddress(Array(address.utf8)) == address) }

    @Test(arguments: [
        "", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//example.org", "example.org/1",
        "https:/x",
        "https://a b", "https://a\nb", " https://a", "https://" + String(repeating: "a", count: 2000),
    ])
    func isNone(_ address: String) { #expect(StoryReader.webAddress(Array(address.utf8)) == nil) }

    /// Figures instead of sentences, or hardly any words.
    @Test func scrapIsToldFromNews() {
        let news =
            "The port of Halden will reopen on Monday after nine days of strike by 1,400 dockers, said the ministry. "
        #expect(!Newsworth.isScrap(String(repeating: news, count: 3).utf8))
        #expect(Newsworth.isScrap(news.utf8))
        #expect(Newsworth.isScrap(String(repeating: "Shr 34 cts vs 27 cts. Net 6.1 mln vs 5.8 mln\n", count: 9).utf8))
        #expect(!Newsworth.isScrap([UInt8]()), "a text that is not at hand")
        #expect(!Newsworth.isScrap(String(repeating: "市长星期一在港口宣布新的防波堤将于明年春天开工建设", count: 4).utf8))
    }

    @Test func doubtRanksBehindNewsAndBeforeScrap() {
        let kinds: [Newsworth] = [.severalVoices, .severalOutlets, .oneOutlet]
        let ranks = [false, true].flatMap { isInDoubt in kinds.map { $0.rank(isInDoubt: isInDoubt) } }
        #expect(ranks == ranks.sorted() && Set(ranks).count == 6)
        #expect(Newsworth.scrap.rank(isInDoubt: false) > ranks.max()!)
        #expect(Newsworth.scrap.rank(isInDoubt: true) == Newsworth.scrap.rank(isInDoubt: false))
    }

    @Test func placesInTheAddressAreEncoded() {
        #expect(OutletTable.percentEncoded("a&b=ç 1%") == "a%26b%3D%C3%A7%201%25")
    }
}

import Background
import Testing

@testable import Event

@Suite struct TermBagTests {
    @Test func leadCountsTwice() {
        let words = (0..<100).map { "word\($0)" } + ["word99"]
        let bag = bag(words.map(hash), declared: Language("en"))
        #expect(count(of: "word0", in: bag) == 2)
        #expect(count(of: "word79", in: bag) == 2)
        #expect(count(of: "word80", in: bag) == 1)
        #expect(count(of: "word99", in: bag) == 2)
    }

    @Test func termsAscendAndTheHeaviestStay() {
        let rare = (0..<TermBag.limit).map { "zzrare\($0)" }
        let bag = bag((["the", "of", "president"] + rare).map(hash), declared: Language("en"))
        #expect(bag.terms.count == TermBag.limit)
        #expect(zip(bag.terms, bag.terms.dropFirst()).allSatisfy { $0.key < $1.key })
        #expect(count(of: "the", in: bag) == nil)
        #expect(rare.allSatisfy { count(of: $0, in: bag) != nil })
    }

    @Test func neighbouringCharactersAreOneTerm() {
        let bag = bag("中国 2024 国", declared: Language("zh"))
        let keys = [pairHash(hash("中"), hash("国")), hash("2024"), hash("国")].map(TermBag.key).sorted()
        #expect(bag.terms.map(\.key) == keys)
    }

    @Test func pairsOfCharactersHaveALeadAndFollowEachOther() {
        let text = "首相在首都会见部长" + String(repeating: "。今天天气很好", count: 30)
        let bag = bag(text, declared: Language("zh"))
        func place(_ pair: String) -> Term.Place? {
            let characters = pair.map { hash(String($0)) }
            return bag.terms.first { $0.key == TermBag.key(pairHash(characters[0], characters[1])) }?.place
        }
        func mark(_ pair: String) -> Int {
            let characters = pair.map { hash(String($0)) }
            return Term.Place.mark(TermBag.key(pairHash(characters[0], characters[1])))
        }
        #expect(place("会见")?.isInLead == true && place("部长")?.isInLead == true)
        #expect(place("会见")?.previous == mark("首都") && place("部长")?.previous == mark("会见"))
        #expect(
            EventTests.bag(String(repeating: "很好", count: 45) + "会见部长", declared: Language("zh")).terms
                .contains { !$0.place.isInLead })
    }

    @Test func withoutATableAllTermsStay() {
        let bag = bag((0..<300).map { hash("neno\($0)") }, declared: Language("sw"))
        #expect(!bag.hasBackground)
        #expect(bag.terms.count == 300)
    }

    @Test func empty() {
        #expect(bag("").terms.isEmpty)
    }

    private func count(of word: String, in bag: TermBag) -> Int? {
        bag.terms.first { $0.key == TermBag.key(hash(word)) }.map { Int($0.count) }
    }
}

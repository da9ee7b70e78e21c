import Background
import TestSupport
import Testing

@testable import Event

@Suite struct BackgroundTests {
    @Test func linesAreCentibels() throws {
        let english = try #require(background.table(Language("en")!))
        let the = try #require(english.find(hash("the")))
        // One word in twenty or so.
        #expect((120...140).contains(the.centibels), "\(the.centibels)")
        #expect(try #require(english.find(hash("president"))).centibels > the.centibels)
        #expect(english.find(hash("shoigu")) == nil)
        #expect(english.unlisted.centibels > 500)
        #expect(FrequencyTable.rarity(centibels: 0) < 1e-9)
        // A word in a million: 1 − e^−0.0003.
        #expect(abs(FrequencyTable.rarity(centibels: 600) - 8.1119) < 1e-3)
    }

    @Test func wordsAreSplitAsTheTokeniserDoes() throws {
        let english = try #require(background.table(Language("en")!))
        #expect(english.find(hash("don")) != nil)
        #expect(english.find(hash("don't")) == nil)
        #expect(english.find(hash("2024")) != nil)
    }

    @Test func charactersAndPairs() throws {
        let chinese = try #require(background.table(Language("zh")!))
        #expect(try #require(chinese.find(hash("国"))).isCharacter)
        #expect(try #require(chinese.find(hash("國"))).isCharacter)
        let pair = try #require(chinese.find(pairHash(hash("中"), hash("国"))))
        #expect(!pair.isCharacter)
        #expect(chinese.find(pairHash(hash("国"), hash("中"))) == nil)
    }

    @Test(arguments: [
        ("en", "The minister said on Monday that the talks with the union would go on for as long as it takes."),
        ("de", "Der Minister sagte am Montag, dass die Gespräche mit der Gewerkschaft noch lange nicht am Ende sind."),
        (
            "fr",
            "Le ministre a dit lundi que les négociations avec le syndicat vont durer aussi longtemps qu’il le faut."
        ),
        (
            "es",
            "El ministro dijo el lunes que las conversaciones con el sindicato van a seguir todo lo que haga falta."
        ),
        ("it", "Il ministro ha detto lunedì che i colloqui con il sindacato non sono finiti e che ci vuole tempo."),
        ("pt", "O ministro disse na segunda-feira que as conversas com o sindicato não vão acabar tão cedo."),
        ("ru", "Министр сказал в понедельник, что переговоры с профсоюзом будут идти столько, сколько нужно."),
        ("uk", "Міністр сказав у понеділок, що переговори з профспілкою будуть тривати стільки, скільки треба."),
        ("ar", "قال الوزير يوم الاثنين إن المحادثات مع النقابة لن تنتهي قبل أن يكون هناك اتفاق على كل شيء"),
        ("zh", "部长星期一说，与工会的谈判还会继续，直到双方都同意为止，这是他们的工作。"),
        ("ja", "大臣は月曜日に、組合との話し合いは必要なだけ続けると言っていた。"),
        ("und", "Waziri alisema Jumatatu kwamba mazungumzo yataendelea kwa muda wote utakaohitajika."),
        ("und", "Gwamna ya ce a jiya an gina makaranta a gari, kuma an ba da kudi domin a gyara hanya da kasuwa."),
        (
            "und",
            "Na mpokwa, bato ya mboka bazongaki na ndako na bango na nzela ya mayi, mpo ete nzela ya mabele ekangamaki."
        ),
        ("und", ""),
    ])
    func languageByCommonWords(language: String, text: String) {
        #expect(bag(text).language.description == language)
    }

    @Test func declaredLanguageCountsWhereThereIsATable() {
        #expect(bag("Der Minister und die Gespräche", declared: Language("fr-CA")).language == Language("fr"))
        #expect(bag("The minister said that it was", declared: Language("eng")).language == Language("en"))
        #expect(bag("Waziri alisema", declared: Language("sw")).language == Language("sw"))
    }

    @Test(arguments: [
        ("en-GB", "en"), ("PT_br", "pt"), ("yue", "yue"), ("", nil), ("e", nil), ("42", nil), ("ar?", nil),
    ])
    func tags(tag: String, subtag: String?) {
        #expect(Language(tag)?.description == subtag)
    }
}

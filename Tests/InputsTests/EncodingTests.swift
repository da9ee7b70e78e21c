import Records
import TestSupport
import Testing

@testable import Inputs

/// The same text in many encodings is the same text.
@Suite struct EncodingTests {
    struct Script: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var encodings: [String]
        var testDescription: String { name }
    }

    static let scripts = [
        Script(
            name: "Russian",
            text:
                "Вчера вечером в порту загорелся склад с зерном, сообщила городская служба спасения. Пожар тушили семь часов, "
                + "никто не пострадал. Причину выясняют, ущерб оценивают в два миллиона рублей, рассказал директор порта.",
            encodings: ["WINDOWS-1251", "KOI8-R", "ISO-8859-5"]),
        Script(
            name: "Ukrainian",
            text:
                "Учора ввечері в порту загорівся склад із зерном, повідомила міська служба порятунку. Пожежу гасили сім годин, "
                + "ніхто не постраждав. Причину з’ясовують, збитки оцінюють у два мільйони гривень, розповів керівник порту.",
            encodings: ["WINDOWS-1251"]),
        Script(
            name: "French",
            text:
                "Hier soir, un entrepôt de céréales a brûlé près du port, a annoncé le maire. L’incendie a été maîtrisé après "
                + "sept heures d’efforts ; personne n’a été blessé. L’enquête a été confiée à la brigade, a précisé le préfet.",
            encodings: ["WINDOWS-1252"]),
        Script(
            name: "German",
            text:
                "Gestern Abend brannte am Hafen ein Lagerhaus für Getreide, erklärte der Bürgermeister. Die Löscharbeiten "
                + "dauerten sieben Stunden, verletzt wurde niemand. Über die Ursache können die Behörden noch nichts Näheres sagen.",
            encodings: ["ISO-8859-1", "WINDOWS-1252"]),
        Script(
            name: "Spanish",
            text:
                "Anoche ardió un almacén de cereales junto al puerto, según informó el alcalde. La extinción duró siete horas y "
                + "nadie resultó herido. La policía investigará las causas en los próximos días, añadió la señora Núñez.",
            encodings: ["ISO-8859-1", "WINDOWS-1252"]),
        Script(
            name: "Greek",
            text:
                "Χθες το βράδυ κάηκε μια αποθήκη σιτηρών στο λιμάνι, ανακοίνωσε ο δήμαρχος. Η φωτιά έσβησε ύστερα από επτά ώρες "
                + "και κανείς δεν τραυματίστηκε. Τα αίτια ερευνώνται από την πυροσβεστική υπηρεσία της πόλης.",
            encodings: ["ISO-8859-7", "WINDOWS-1253"]),
        Script(
            name: "Hebrew",
            text:
                "אתמול בערב נשרף מחסן תבואה בנמל, כך הודיע ראש העיר. הכבאים עבדו שבע שעות ואיש לא נפגע. המשטרה בודקת את הסיבה, "
                + "והנזק מוערך בשני מיליון שקלים, אמר מנהל הנמל.",
            encodings: ["WINDOWS-1255"]),
        Script(
            name: "Arabic",
            text:
                "احترق مساء أمس مستودع للحبوب في الميناء، كما أعلن رئيس البلدية. واستمرت عمليات الإطفاء سبع ساعات ولم يصب أحد "
                + "بأذى. وتحقق الشرطة في أسباب الحريق، وقدرت الخسائر بمليوني دينار.",
            encodings: ["WINDOWS-1256", "ISO-8859-6"]),
        Script(
            name: "Japanese",
            text: "昨夜、港の穀物倉庫で火災が発生したと市長が発表した。消火活動は七時間に及んだが、けが人はいなかった。警察が原因を調べており、"
                + "被害額は二千万円に上る見込みだという。倉庫の表示は新しくなる予定だ。",
            encodings: ["SHIFT_JIS", "EUC-JP"]),
        Script(
            name: "Chinese, simplified",
            text: "市长宣布，昨天晚上港口的一座粮仓发生火灾。消防员经过七个小时才把火扑灭，没有人受伤。警方正在调查起火原因，"
                + "港口负责人说，损失估计达到两百万元。新的仓库将在明年建成。",
            encodings: ["GBK", "GB18030"]),
        Script(
            name: "Chinese, traditional",
            text: "市長宣布，昨天晚上港口的一座糧倉發生火災。消防員經過七個小時才把火撲滅，沒有人受傷。警方正在調查起火原因，"
                + "港口負責人說，損失估計達到兩百萬元。新的倉庫將在明年建成，許多功課要做。",
            encodings: ["BIG5"]),
        Script(
            name: "Korean",
            text: "어젯밤 항구의 곡물 창고에서 불이 났다고 시장이 발표했다. 진화 작업은 일곱 시간 동안 이어졌으나 다친 사람은 없었다. "
                + "경찰이 원인을 조사하고 있으며 피해액은 이억 원에 이를 것으로 보인다.",
            encodings: ["EUC-KR"]),
    ]

    private static let wide = ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"]

    private func encoded(_ text: String, _ name: String) throws -> [UInt8] {
        let encoding = try #require(TextEncoding(named: name))
        let converter = try #require(TextConverter(encoding, back: true))
        let bytes = Array(text.utf8).withUnsafeBufferPointer { converter.converted($0) }
        let back = try #require(TextConverter(encoding))
        #expect(
            String(decoding: bytes.withUnsafeBufferPointer { back.converted($0) }, as: UTF8.self) == text, "\(name)")
        return bytes
    }

    private func files(_ text: String) -> [(name: String, file: String)] {
        let quoted = "\"\(text)\""
        return [
            ("a.txt", text), ("a.jsonl", "{\"id\":\"1\",\"text\":\(quoted)}\n{\"text\":\(quoted),\"x\":\"\\\"\"}\n"),
            ("a.csv", "id,text\n1,\(quoted)\n2,\"\(text)\n\"\n"),
            ("a.json", "[{\"text\":\(quoted)}, {\"text\":\(quoted)}]"),
            ("dump", "{\n\"text\": \(quoted)\n}\n"),
        ]
    }

    @Test(arguments: scripts)
    func scriptsInTheirEncodings(_ script: Script) throws {
        for encoding in script.encodings + Self.wide {
            for (name, file) in files(script.text) {
                let want = try read(file.utf8, name: name), bytes = try encoded(file, encoding)
                #expect(!want.texts.isEmpty && want.texts[0] == script.text)
                for chunkSize in [64, 1 << 20] {
                    let got = try read(bytes, name: name, chunkSize: chunkSize)
                    #expect(got.texts == want.texts, "\(encoding), \(name): \(got.texts) \(got.problems)")
                    #expect(got.ids.count == want.ids.count && got.report.repaired == 0, "\(encoding), \(name)")
                }
                let formats = try #require(Formats.standard.named(encoding: encoding))
                #expect(
                    try read(bytes, name: name, formats: formats).texts == want.texts, "--encoding \(encoding), \(name)"
                )
            }
        }
    }

    @Test(arguments: wide)
    func byteOrderMarks(_ encoding: String) throws {
        for (name, file) in files(Self.scripts[8].text) + files("Plain words of the harbour, nothing but ASCII here.") {
            let all = try read(try encoded("\u{FEFF}" + file, encoding), name: name)
            #expect(try all.texts == read(file.utf8, name: name).texts && all.problems.isEmpty, "\(encoding), \(name)")
        }
    }

    /// Also where the first megabyte is ASCII; and each file is told once.
    @Test func toldWhereItIsMet() throws {
        let scratch = TemporaryFolder()
        let ascii = String(repeating: "{\"text\":\"only plain words in this record of many\"}\n", count: 30_000)
        let late = try scratch.write(
            "late.jsonl", Array(ascii.utf8) + encoded(files(Self.scripts[0].text)[1].file, "KOI8-R"))
        let plain = scratch.write("plain.jsonl", "{\"text\":\"é\"}\n")
        let early = try scratch.write("early.csv", encoded(files(Self.scripts[2].text)[2].file, "WINDOWS-1252"))
        let odd = scratch.write("odd.txt", (0..<600).map { UInt8(0x80 + $0 * 7 % 31) })
        let inputs = try InputSet(paths: [late, plain, early, odd])
        let all = Everything(inputs)
        #expect(all.texts.contains(Self.scripts[0].text) && all.texts.contains(Self.scripts[2].text))
        #expect(inputs.encodings.map(\.file) == [0, 2, 3])
        #expect(inputs.encodings.map(\.name) == ["KOI8-R", "WINDOWS-1252", nil])
    }

    /// A stray byte in a file of UTF-8 changes nothing about the file.
    @Test func dirtIsNoEncoding() throws {
        let text = Self.scripts[0].text
        let bytes =
            Array("{\"text\":\"\(text)\"}\n{\"text\":\"a".utf8) + [0xE9, 0xFF, 0xC3, 0x28, 0xE9, 0xFE]
            + Array("b\"}".utf8)
        let all = try read(bytes)
        #expect(all.texts[0] == text && all.texts[1].contains("\u{FFFD}") && all.report.repaired == 1)
    }

    /// Nor are zeros among plain text.
    @Test(arguments: ["\0", "x\n\0\n", "0000000\0", "{\"text\":\"a 0 0\"}\n\0\n{\"text\":\"0 b 0\"}\n"])
    func zerosAreNoEncoding(_ file: String) throws {
        for end in ["", "\n", String(repeating: "{\"text\":\"0 0 0 0 0\"}\n", count: 100)] {
            let scratch = TemporaryFolder()
            let inputs = try InputSet(paths: [scratch.write("a.jsonl", file + end)])
            #expect(inputs.files.allSatisfy { $0.encodingName == nil }, "\((file + end).debugDescription)")
        }
    }

    @Test func recordsCanBeReadAgain() throws {
        let scratch = TemporaryFolder()
        for encoding in ["WINDOWS-1251", "UTF-16LE"] {
            for (name, file) in files(Self.scripts[0].text) {
                let inputs = try InputSet(paths: [scratch.write(name, encoded(file, encoding))], chunkSize: 100)
                let reader = inputs.reader()
                for document in Everything(inputs).documents.reversed() {
                    let again = try reader.withRecord(at: document.location) { string($0.text) }
                    #expect(again == document.text, "\(encoding), \(name)")
                }
            }
        }
    }

    @Test func columnsByNamesInOtherScripts() throws {
        let file = "номер;Текст\n1;\(Self.scripts[0].text)\n2;\(Self.scripts[0].text)\n"
        let all = try read(encoded(file, "WINDOWS-1251"), name: "a.csv", fields: Fields(text: ["Текст"], id: ["номер"]))
        #expect(all.ids == ["1", "2"], "\(all.problems)")
    }
}

/// News-like texts of random words: about `length` bytes each, with DDK_PADDING bytes readable behind every one.
struct Texts {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []

    var byteCount: Int { ranges.reduce(0) { $0 + $1.count } }

    /// - Parameters:
    ///   - separator: what stands between words.
    ///   - decorate: of one word in twelve, what becomes of it.
    init(
        words: String, separator: String = " ", count: Int = 128, length: Int = 2000,
        decorate: (String) -> String = { $0 }
    ) {
        let words = words.split(separator: " ").map(String.init)
        var random = SplitMix64(seed: 1)
        for _ in 0..<count {
            var text = ""
            while text.utf8.count < length {
                let word = words.randomElement(using: &random)!
                text += Int.random(in: 0..<12, using: &random) == 0 ? decorate(word) : word
                text += Int.random(in: 0..<15, using: &random) == 0 ? ", " : separator
            }
            ranges.append(bytes.count..<bytes.count + text.utf8.count)
            bytes += text.utf8
            bytes += [UInt8](repeating: 0, count: 64)
        }
    }

    static let all: [(name: String, texts: Texts)] = [
        ("ASCII", Texts(words: english)),
        ("ASCII with accents and curly quotes", Texts(words: english) { decorations[$0.utf8.count % 4]($0) }),
        ("Cyrillic", Texts(words: russian)),
        ("Chinese", Texts(words: chinese, separator: "")),
    ]

    private static let decorations: [@Sendable (String) -> String] = [
        { "“\($0)”" }, { $0 + "’s" }, { $0 + "é" }, { "\($0) — " },
    ]

    private static let english = """
        the of to in a and on for that is was by with as at from it he his were are has had be not they \
        minister said government company percent yesterday Monday officials police report workers strike harbour port \
        reopened after negotiations agreement union spokeswoman announced statement increase quarter revenue analysts \
        expected 2024 12 million people city river flood warning residents evacuated overnight emergency services \
        hospital north coast President parliament vote budget tax new proposal opposition leader criticised plan
        """
    private static let russian = """
        в и на с по не что за из о от он как был для правительство министр заявил компания вчера полиция город река \
        рабочие забастовка порт открыт после переговоров соглашение профсоюз сообщил рост квартал выручка миллион \
        человек жители ночью больница северный берег Президент парламент голосование бюджет налог новый закон
        """
    private static let chinese = """
        政府 部长 昨天 宣布 公司 工人 罢工 港口 重新 开放 谈判 协议 工会 发言人 表示 增长 季度 收入 百万 城市 河流 洪水 警告 居民 \
        夜间 疏散 医院 北部 海岸 总统 议会 投票 预算 税收 新 法案 反对党 批评 计划 的 在 了 和 是 年 月 日 。
        """
}

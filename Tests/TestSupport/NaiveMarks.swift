extension Naive {
    /// What a text of ASCII has beside its words, a character at a time: symbols, the punctuation of numbers, and words
    /// of question marks.
    public static func marks(ascii text: [UInt8]) -> Marks {
        var marks = Marks(), tokens = 0
        for (at, c) in text.enumerated() {
            let before = text[..<at]
            if isDigit(c), before.last.map({ !isWord($0) }) ?? false {
                for mark in punctuation(before) { marks.add(mark, tokens: tokens) }
            }
            if isWord(c), before.last.map({ !isWord($0) }) ?? true { tokens += 1 }
            if isSymbol(c) { marks.add(c, tokens: tokens) }
            if c == UInt8(ascii: "?"), isInWordOfQuestionMarks(text, at) {
                marks.add(c, tokens: tokens)
                marks.lost += 1
            }
        }
        return marks
    }

    /// Of the number behind it: all inside a number, nothing behind a letter, else the signs.
    private static func punctuation(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isPunctuation = { (c: UInt8) in c > 0x20 && c < 0x7f && !isWord(c) && !isSymbol(c) }
        let stretch = text.suffix(16).suffix(while: isPunctuation)
        let before = text.dropLast(stretch.count).last
        if let before, isWord(before) { return isDigit(before) ? stretch : [] }
        return stretch.suffix(while: "-.,".utf8.contains)
    }

    private static func isInWordOfQuestionMarks(_ text: [UInt8], _ at: Int) -> Bool {
        let question = { $0 == UInt8(ascii: "?") }
        let before = text[..<at].suffix(while: question), behind = text[at...].prefix(while: question)
        let first = text[..<at].dropLast(before.count).last
        return before.count + behind.count > 1 && !(first.map(isWord) ?? false)
    }

    private static func isDigit(_ c: UInt8) -> Bool { "0123456789".utf8.contains(c) }
    private static func isWord(_ c: UInt8) -> Bool { isDigit(c) || (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= c | 0x20 }
    private static func isSymbol(_ c: UInt8) -> Bool { "$%+<=>^`|~".utf8.contains(c) }
}

extension Marks {
    mutating func add(_ c: UInt8, tokens: Int) {
        let mark = UInt64(tokens) << 32 | UInt64(c)
        low = fold(low ^ mark ^ 0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93)
        high = fold((high &+ mark) ^ 0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db)
    }

    private func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}

extension ArraySlice<UInt8> {
    fileprivate func suffix(while belongs: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        self[(lastIndex { !belongs($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}

import Shingle

/// Numbers that both texts have, in the same unit.
func commonNumbers(_ a: FactText, _ b: FactText) -> [FactOverlap.Fact] {
    let inB = Dictionary(grouping: b.numbers, by: \.key)
    return Dictionary(grouping: a.numbers, by: \.key).compactMap { key, inA in
        guard let inB = inB[key] else { return nil }
        let isPlain = key.unit == .none, number = key.value
        // A year is in half of the news, a small number in all; the more digits tell, the better.
        let isYear = isPlain && (1900...2099).contains(number) && number == number.rounded()
        if isPlain, number < 10, number == number.rounded() { return nil }
        let weight = isYear ? 2.0 : min(7, 2.5 + 0.8 * Double(digits(inA[0].digits)) + (isPlain ? 0 : 1))
        return FactOverlap.Fact(
            kind: .number, text: text(inA[0].bytes, a), a: inA.map(\.bytes), b: inB.map(\.bytes), weight: weight)
    }
}

private func text(_ bytes: Range<Int>, _ text: FactText) -> String {
    String(decoding: text.bytes[bytes], as: UTF8.self)
}

/// Those that say something: 3 of 1,200,000 are 2.
private func digits(_ digits: [UInt8]) -> Int {
    let significant = digits.drop { $0 == 0 }
    return significant.count - significant.reversed().prefix { $0 == 0 }.count
}

/// A number as a text has it.
struct PlacedNumber: Sendable {
    enum Unit: Hashable { case none, percent, currency(UInt32) }

    struct Key: Hashable {
        var value: Double
        var unit: Unit
    }

    var key: Key
    var bytes: Range<Int>
    var digits: [UInt8]
}

/// Finds numbers with their separators, a currency or percent sign, and a following million or billion.
struct NumberScanner {
    private typealias Unit = PlacedNumber.Unit

    private(set) var found: [PlacedNumber] = []
    private let text: FactText

    init(_ text: FactText) {
        self.text = text
        let days = Set(text.days.flatMap { $0.tokens })
        var token = 0
        while token < text.count {
            guard isNumber(text, token), !days.contains(token), let (number, end) = number(at: token) else {
                token += 1; continue
            }
            found.append(number)
            token = end
        }
    }

    /// The number that starts with a token, and the token after it.
    private func number(at first: Int) -> (PlacedNumber, end: Int)? {
        var whole = digits(first), fraction: [UInt8] = []
        guard let start = whole else { return nil }
        var end = first + 1
        var digits = start
        while end < text.count, let mark = mark(before: end), let next = self.digits(end), fraction.isEmpty {
            let isGroup =
                next.count == 3 && digits.count - (whole!.count - start.count) <= 3 && start.count <= 3 && start != [0]
            if isGroup {
                whole! += next
            } else if mark != 0x20 {
                fraction = next
            } else {
                break
            }
            digits = whole!
            end += 1
        }
        var value = (whole! + fraction).reduce(0.0) { $0 * 10 + Double($1) }
        for _ in fraction { value /= 10 }
        let before = text.gap(before: first), after = text.gap(before: end)
        var bytes = text.ranges[first].lowerBound..<text.ranges[end - 1].upperBound
        var unit = Unit.none
        if before.last ?? 0x20 > 0x20, let sign = currency(String(decoding: before, as: UTF8.self).unicodeScalars.last)
        {
            unit = .currency(sign.value)
            bytes = bytes.lowerBound - UTF8.width(sign)..<bytes.upperBound
        }
        if end < text.count, after.count <= 3, let factor = Self.factors[text.hashes[end]] {
            value *= factor
            bytes = bytes.lowerBound..<text.ranges[end].upperBound
            end += 1
        }
        (unit, bytes, end) = suffix(unit, bytes, end)
        return (PlacedNumber(key: .init(value: value, unit: unit), bytes: bytes, digits: whole! + fraction), end)
    }

    /// A sign or word for the unit behind the number.
    private func suffix(_ unit: Unit, _ bytes: Range<Int>, _ end: Int) -> (Unit, Range<Int>, Int) {
        let gap = String(decoding: text.gap(before: end), as: UTF8.self).unicodeScalars
        let blank = gap.prefix { $0 == " " || $0.properties.isWhitespace }
        if let sign = gap.dropFirst(blank.count).first, blank.count <= 1 {
            let upper = bytes.upperBound + blank.reduce(0) { $0 + UTF8.width($1) } + UTF8.width(sign)
            if sign == "%" || sign == "％" { return (.percent, bytes.lowerBound..<upper, end) }
            if unit == .none, let sign = currency(sign) {
                return (.currency(sign.value), bytes.lowerBound..<upper, end)
            }
        }
        guard end < text.count, gap.count <= 2 else { return (unit, bytes, end) }
        if Self.percent.contains(text.hashes[end]) {
            return (.percent, bytes.lowerBound..<text.ranges[end].upperBound, end + 1)
        }
        if end + 1 < text.count, Self.per.contains(text.hashes[end]), Self.cent.contains(text.hashes[end + 1]) {
            return (.percent, bytes.lowerBound..<text.ranges[end + 1].upperBound, end + 2)
        }
        if unit == .none, let sign = Self.currencies[text.hashes[end]] {
            return (.currency(sign), bytes.lowerBound..<text.ranges[end].upperBound, end + 1)
        }
        return (unit, bytes, end)
    }

    /// The mark that may stand inside a number before a token: comma, point, or a space that does not break (as 0x20).
    private func mark(before token: Int) -> UInt8? {
        let gap = Array(text.gap(before: token))
        switch gap {
        case [0x2c], [0x2e]: return gap[0]
        case [0xc2, 0xa0], [0xe2, 0x80, 0x89], [0xe2, 0x80, 0xaf]: return 0x20
        default: return nil
        }
    }

    /// Of a token that is nothing else.
    private func digits(_ token: Int) -> [UInt8]? {
        let word = text.bytes[text.ranges[token]]
        guard word.count <= 15, word.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return word.map { $0 - 0x30 }
    }

    private func currency(_ sign: Unicode.Scalar?) -> Unicode.Scalar? {
        sign?.properties.generalCategory == .currencySymbol ? sign : nil
    }

    private static let percent = wordHashes("percent prozent procent proc процентов процента"),
        per = wordHashes("per pour por"), cent = wordHashes("cent ciento cento")
    private static let factors: [UInt64: Double] = [
        ("thousand thousands tausend mille mil тысяч", 1e3),
        ("million millions millionen mio millón millones milioni milhões миллионов млн m mln", 1e6),
        ("billion billions milliarde milliarden mrd milliard milliards миллиардов млрд bn mld", 1e9), ("万", 1e4),
        ("亿 億", 1e8),
    ].reduce(into: [:]) { factors, entry in for word in wordHashes(entry.0) { factors[word] = entry.1 } }
    private static let currencies: [UInt64: UInt32] =
        ([
            ("dollar dollars usd", "$"), ("euro euros eur", "€"), ("pound pounds gbp", "£"), ("yen jpy", "¥"),
        ] as [(String, Unicode.Scalar)]).reduce(into: [:]) { signs, entry in
            for word in wordHashes(entry.0) { signs[word] = entry.1.value }
        }
}

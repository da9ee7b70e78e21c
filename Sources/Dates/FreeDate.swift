/// Dates as people write them: a month by its name, or numbers between marks. Only dates that stand in no quicker form come
/// here, so it is plain rather than fast.
struct FreeDate {
    private enum Token: Equatable {
        case number(value: Int, digits: Int)
        case word(String)
        case mark(Unicode.Scalar)
    }

    private var tokens: [Token]
    /// Seconds into the day, less the zone's offset.
    private var time = 0

    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordDate? {
        guard bytes.count <= 80 else { return nil }
        var date = unsafe FreeDate(tokens: tokens(String(decoding: bytes, as: UTF8.self).lowercased()))
        guard date.takeTime() else { return nil }
        return date.day()
    }

    /// Letters of one script, numbers of any digits, and marks; white space only divides.
    private static func tokens(_ text: String) -> [Token] {
        var tokens: [Token] = [], word = "", isDivided = true
        func flush() {
            if !word.isEmpty { tokens.append(.word(word)) }
            word = ""
        }
        for scalar in text.unicodeScalars {
            if let digit = digit(scalar) {
                flush()
                if !isDivided, case .number(let value, let digits) = tokens.last, digits < 9 {
                    tokens[tokens.count - 1] = .number(value: value * 10 + digit, digits: digits + 1)
                } else {
                    tokens.append(.number(value: digit, digits: 1))
                }
                isDivided = false
                continue
            }
            isDivided = true
            if scalar.properties.isIdeographic || (0xAC00...0xD7A3).contains(scalar.value) {
                // Between numbers each says what the number before is.
                if case .number = tokens.last, word.isEmpty {
                    tokens.append(.mark(scalar))
                } else {
                    word.unicodeScalars.append(scalar)
                }
            } else if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
                || scalar == "’"
            {
                word.unicodeScalars.append(scalar)
            } else {
                flush()
                if !scalar.properties.isWhitespace, scalar != "\u{200F}", scalar != "\u{200E}" {
                    tokens.append(.mark(scalar))
                }
            }
        }
        flush()
        return tokens
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        guard scalar.properties.numericType == .decimal else { return nil }
        return scalar.properties.numericValue.map { Int($0) }
    }

    /// Takes `10:15:30.5 pm EST`, `10時15分` or `10h15` away. False if it is no time of day.
    private mutating func takeTime() -> Bool {
        let marks: [Token] = [":", "時", "时", "点", "시"].map { .mark($0) }
        guard let at = tokens.firstIndex(where: marks.contains), at > 0, case .number(var hour, 1...2) = tokens[at - 1]
        else { return takeZone(at: tokens.count) }
        var end = at + 1, parts = [0, 0]
        for part in 0..<2 {
            guard end < tokens.count, case .number(let value, 1...2) = tokens[end] else { break }
            parts[part] = value
            end += 1
            guard end < tokens.count, ([":", "分", "분", "秒", "초"].map { .mark($0) }).contains(tokens[end]) else { break }
            end += 1
        }
        if end + 1 < tokens.count, tokens[end] == .mark("."), case .number = tokens[end + 1] { end += 2 }
        if end < tokens.count, case .word(let half) = tokens[end], ["am", "pm", "a", "p"].contains(half) {
            guard (1...12).contains(hour) else { return false }
            hour = hour % 12 + (half.hasPrefix("p") ? 12 : 0)
            end += 1
            if half.count == 1 {
                guard tokens[end...].starts(with: [.mark("."), .word("m")]) else { return false }
                end += 2
                if end < tokens.count, tokens[end] == .mark(".") { end += 1 }
            }
        }
        guard hour < 24, parts[0] < 60, parts[1] <= 60 else { return false }
        time = hour * 3600 + parts[0] * 60 + parts[1]
        tokens.removeSubrange((at - 1)..<end)
        return takeZone(at: at - 1)
    }

    private mutating func takeZone(at index: Int) -> Bool {
        guard index < tokens.count else { return true }
        var end = index
        if case .word(let name) = tokens[end], let offset = ZoneNames.offset(name) {
            time -= offset
            end += 1
            if !ZoneNames.isUTC(name) {
                tokens.removeSubrange(index..<end)
                return true
            }
        }
        let signs: [Token] = [.mark("+"), .mark("-")]
        if end + 1 < tokens.count, signs.contains(tokens[end]), case .number(var hours, let digits) = tokens[end + 1] {
            let isWest = tokens[end] == .mark("-")
            var minutes = 0
            end += 2
            if digits == 4 { (hours, minutes) = (hours / 100, hours % 100) }
            if digits <= 2, end + 1 < tokens.count, tokens[end] == .mark(":"),
                case .number(let value, 2) = tokens[end + 1]
            {
                (minutes, end) = (value, end + 2)
            }
            guard [1, 2, 4].contains(digits), hours < 24, minutes < 60 else { return false }
            time -= (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }
        tokens.removeSubrange(index..<end)
        return true
    }

    /// What is left once the time is taken away.
    private func day() -> RecordDate? {
        let eastern: [Token] = [.mark("年"), .mark("년")]
        if tokens.contains(where: eastern.contains) { return easternDay() }
        var numbers: [(value: Int, digits: Int)] = [], marks: [Unicode.Scalar] = [], month: Int?, place = 0
        var index = 0
        while index < tokens.count {
            switch tokens[index] {
            case .number(let value, let digits): numbers.append((value, digits))
            case .mark(let mark):
                guard ",./-'()،º°".unicodeScalars.contains(mark) else { return nil }
                marks.append(mark)
            case .word(let word):
                var found = MonthNames.month(word)
                if found == nil, index + 1 < tokens.count, case .word(let next) = tokens[index + 1] {
                    found = MonthNames.month("\(word)-\(next)")
                    if found != nil { index += 1 }
                }
                if let found {
                    // A name that is a month in one language and something else in another is the month.
                    guard month == nil || month == found else { return nil }
                    (month, place) = (found, numbers.count)
                } else if !MonthNames.isWeekday(word), !MonthNames.isFiller(word), !isOrdinal(word, index) {
                    return nil
                }
            }
            index += 1
        }
        return month.map { named($0, place, numbers) } ?? numbered(numbers, marks)
    }

    /// `st`, `nd`, `er` right behind a number.
    private func isOrdinal(_ word: String, _ index: Int) -> Bool {
        guard index > 0, case .number = tokens[index - 1] else { return false }
        return ["st", "nd", "rd", "th", "er", "e", "го", "ta"].contains(word)
    }

    /// A month by its name among numbers: `3 April 2024`, `April 3, 2024`, `2024 April 3`, `03-Apr-24`, `April 2024`.
    private func named(_ month: Int, _ place: Int, _ numbers: [(value: Int, digits: Int)]) -> RecordDate? {
        switch numbers.count {
        case 1: return numbers[0].digits == 4 ? coarse(numbers[0].value, month) : nil
        case 2:
            if numbers[0].digits == 4, numbers[1].digits <= 2 { return date(numbers[0].value, month, numbers[1].value) }
            guard numbers[0].digits <= 2 else { return nil }
            if numbers[1].digits == 4 { return date(numbers[1].value, month, numbers[0].value) }
            guard numbers[1].digits == 2 else { return nil }
            return date(Self.century(numbers[1].value), month, numbers[0].value)
        default: return nil
        }
    }

    private func numbered(_ numbers: [(value: Int, digits: Int)], _ marks: [Unicode.Scalar]) -> RecordDate? {
        guard let mark = marks.first, "/.-".unicodeScalars.contains(mark),
            marks.dropFirst().allSatisfy({ $0 == mark || $0 == "," })
        else { return nil }
        let (values, digits) = (numbers.map(\.value), numbers.map(\.digits))
        if numbers.count == 2 {
            if digits[0] == 4, digits[1] <= 2 { return coarse(values[0], values[1]) }
            if digits[1] == 4, digits[0] <= 2 { return coarse(values[1], values[0]) }
            return nil
        }
        guard numbers.count == 3, digits[1] <= 2 else { return nil }
        if digits[0] == 4, digits[2] <= 2 { return date(values[0], values[1], values[2]) }
        guard digits[0] <= 2, digits[2] == 4 || digits[2] == 2 && mark != "-" else { return nil }
        let year = digits[2] == 4 ? values[2] : Self.century(values[2])
        if mark == "." { return date(year, values[1], values[0]) }
        return inOrder(year, values[0], values[1])
    }

    private func inOrder(_ year: Int, _ first: Int, _ second: Int) -> RecordDate? {
        guard first <= 12 else { return ordered(date(year, second, first), .dmy) }
        guard second <= 12 else { return ordered(date(year, first, second), .mdy) }
        var found = date(year, second, first)
        found?.isAmbiguous = first != second
        return found
    }

    private func ordered(_ date: RecordDate?, _ order: DateOrder) -> RecordDate? {
        var date = date
        date?.order = order
        return date
    }

    /// `2024年4月3日`, `2024년 4월 3일`, `2024年4月`, `2024年`.
    private func easternDay() -> RecordDate? {
        var values: [Int] = []
        var rest = tokens[...]
        for marks in [["年", "년"], ["月", "월"], ["日", "일", "号"]] as [[Unicode.Scalar]] {
            guard case .number(let value, _)? = rest.first else { break }
            guard rest.count > 1, case .mark(let mark) = rest[rest.startIndex + 1], marks.contains(mark) else {
                return nil
            }
            values.append(value)
            rest = rest.dropFirst(2)
        }
        let isRest = rest.allSatisfy { token in
            if case .word(let word) = token {
                MonthNames.isWeekday(word)
            } else {
                "()（）".unicodeScalars.contains { .mark($0) == token }
            }
        }
        guard isRest else { return nil }
        switch values.count {
        case 3: return date(values[0], values[1], values[2])
        case 2: return coarse(values[0], values[1])
        case 1: return coarse(values[0], nil)
        default: return nil
        }
    }

    private func date(_ year: Int, _ month: Int, _ day: Int) -> RecordDate? {
        Timestamp.days(year: year, month: month, day: day).map { RecordDate(seconds: Int64($0 * 86_400 + time)) }
    }

    private func coarse(_ year: Int, _ month: Int?) -> RecordDate? { Timestamp.coarse(year, month) }

    /// As POSIX has it.
    static func century(_ year: Int) -> Int { year + (year < 69 ? 2000 : 1900) }
}

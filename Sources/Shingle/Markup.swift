internal import CDedupKernels

/// Character references and tags of HTML and XML in a text.
enum Markup {
    /// `&amp;`, `&#8217;` or `&#x2019;`; nil for anything else.
    static func reference(in text: UnsafeBufferPointer<UInt8>, at: Int) -> PlainText.Substitute? {
        let longest = 32
        let name = text[(at + 1)...].prefix(longest).prefix { $0 != UInt8(ascii: ";") }
        guard name.endIndex < text.count, text[name.endIndex] == UInt8(ascii: ";"), !name.isEmpty,
            let scalar = scalar(named: name)
        else { return nil }
        return PlainText.Substitute(length: name.count + 2, bytes: Array(String(scalar).utf8))
    }

    private static func scalar(named name: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
        if name.first != UInt8(ascii: "#") {
            let value = UnsafeBufferPointer(rebasing: name).withMemoryRebound(to: CChar.self) {
                ddk_reference($0.baseAddress!, $0.count)
            }
            return value == 0 ? nil : Unicode.Scalar(value)
        }
        let isHexadecimal = name.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
        let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
        guard let value = UInt32(digits, radix: isHexadecimal ? 16 : 10), value > 0 else { return nil }
        // As browsers read them: numbers of windows-1252 for the controls that nobody means.
        return Windows1252.scalar(value) ?? Unicode.Scalar(value)
    }

    /// A tag of HTML, a comment, or a script with all that is in it; nil for anything else that follows a `<`.
    static func tag(in text: UnsafeBufferPointer<UInt8>, at: Int) -> PlainText.Substitute? {
        let space = UInt8(ascii: " ")
        if text[at...].starts(with: "<!--".utf8) {
            return end(of: "-->", in: text, from: at + 4).map { PlainText.Substitute(length: $0 - at, bytes: [space]) }
        }
        let isClosing = at + 1 < text.count && text[at + 1] == UInt8(ascii: "/")
        let letters = text[(at + (isClosing ? 2 : 1))...].prefix(12).prefix {
            ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10
        }
        guard letters.endIndex < text.count, " />\n\r\t".utf8.contains(text[letters.endIndex]),
            let close = closing(of: text, from: letters.endIndex)
        else { return nil }
        let name = String(decoding: letters, as: UTF8.self).lowercased()
        if inline.contains(name) { return PlainText.Substitute(length: close - at, bytes: []) }
        guard block.contains(name) else { return nil }
        let isCode = !isClosing && (name == "script" || name == "style")
        let last = isCode ? end(of: "</\(name)>", in: text, from: close) ?? close : close
        return PlainText.Substitute(length: last - at, bytes: [space])
    }

    /// Behind the `>` that is in no quoted value.
    private static func closing(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let longest = 4096
        var quote: UInt8?
        for at in start..<min(text.count, start + longest) {
            switch text[at] {
            case UInt8(ascii: ">") where quote == nil: return at + 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if quote == nil { quote = text[at] } else if quote == text[at] { quote = nil }
            default: break
            }
        }
        // A quote that nothing closes.
        return quote == nil ? nil : text[start...].prefix(longest).firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
    }

    private static func end(of mark: String, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < text.count else { return nil }
        let mark = Array(mark.utf8), first = mark[0]
        var at = start
        while let found = text[at...].firstIndex(of: first) {
            if text[found...].prefix(mark.count).map({ $0 | 0x20 }) == mark.map({ $0 | 0x20 }) {
                return found + mark.count
            }
            at = found + 1
        }
        return nil
    }

    /// Elements that part no words.
    private static let inline: Set<String> = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins",
        "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "time", "tt", "u", "var", "wbr",
    ]
    private static let block: Set<String> = [
        "address", "article", "aside", "audio", "blockquote", "body", "br", "button", "canvas", "caption", "center",
        "col",
        "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "embed", "fieldset", "figcaption", "figure",
        "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr",
        "html",
        "iframe", "img", "input", "legend", "li", "link", "main", "map", "menu", "meta", "nav", "noscript", "object",
        "ol",
        "optgroup", "option", "p", "param", "picture", "pre", "rp", "rt", "ruby", "script", "search", "section",
        "select",
        "source", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea", "tfoot",
        "th",
        "thead", "title", "tr", "track", "ul", "video",
    ]
}

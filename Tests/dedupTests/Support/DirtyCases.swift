import Testing

struct DirtyCase: CustomTestStringConvertible, Sendable {
    var name: String
    var bytes: [UInt8]
    /// Of the documents read, in order.
    var ids: [String]
    /// Lines on standard error, in order, without the leading `dedup: `.
    var talk: [String] = []
    var summary: [String: Int] = [:]
    var options: [String] = []
    var testDescription: String { name }

    init(
        _ name: String, _ text: String, ids: [String], talk: [String] = [], summary: [String: Int] = [:],
        options: [String] = []
    ) {
        self.init(
            name, bytes: Array(text.utf8), ids: ids, talk: talk, summary: summary, options: options)
    }

    init(
        _ name: String, bytes: [UInt8], ids: [String], talk: [String] = [], summary: [String: Int] = [:],
        options: [String] = []
    ) {
        (self.name, self.bytes, self.ids, self.talk) = (name, bytes, ids, talk)
        (self.summary, self.options) = (summary, options)
    }

    var code: Int32 { summary["unreadable", default: 0] > 0 ? 2 : 0 }
}

enum DirtyCases {
    static let story = "The harbour was closed on Monday after a storm tore two cranes from the quay"
    static func line(_ id: String, _ text: String = story) -> String { #"{"id":"\#(id)","text":"\#(text)"}"# }
    static let (a, b) = (line("a"), line("b"))

    /// Read without complaint; all documents of a case have the same words.
    static let readable: [DirtyCase] = [
        DirtyCase("byte order mark", "\u{feff}\(a)\n\(b)\n", ids: ["a", "b"]),
        DirtyCase("CRLF", "\(a)\r\n\(b)\r\n", ids: ["a", "b"]),
        DirtyCase("blank lines", "\n\n\(a)\n \t\n\(b)\n\n", ids: ["a", "b"]),
        DirtyCase("no final newline", "\(a)\n\(b)", ids: ["a", "b"]),
        DirtyCase(
            "Unicode escapes", line("a", "Caf\\u00e9 " + story) + "\n" + line("b", "Café " + story), ids: ["a", "b"]),
        DirtyCase(
            "surrogate pair", line("a", "\\ud835\\udc00 " + story) + "\n" + line("b", "𝐀 " + story), ids: ["a", "b"]),
        DirtyCase(
            "lone surrogate", line("a", "\\ud800 " + story) + "\n" + line("b", "\\udc00 " + story), ids: ["a", "b"],
            talk: ["2 records with broken Unicode were repaired"], summary: ["repaired": 2]),
        DirtyCase(
            "invalid UTF-8",
            bytes: Array((#"{"id":"a","text":""# + story).utf8) + [0xff]
                + Array("\"}\n\(line("b", story + "\u{fffd}"))\n".utf8),
            ids: ["a", "b"], talk: ["1 record with broken Unicode was repaired"], summary: ["repaired": 1]),
        DirtyCase(
            "letters lost", "\(line("a", "???? ??? ??????? iPhone"))\n\(line("b", "\u{fffd}\u{fffd} \u{fffd}"))\n",
            ids: ["a", "b"],
            talk: [
                "in.jsonl:1: most letters of this text are lost, to U+FFFD or question marks; it counts as like no other; "
                    + "read its source again, in the encoding that it was written in", "and 1 more text like that",
            ], summary: ["illegible": 2, "too_short": 2]),
        DirtyCase(
            "unknown fields", #"{"x":{"text":[1,{"id":"z"}]},"id":"a","y":null,"text":"\#(story)","z":[]}"#, ids: ["a"]),
        DirtyCase("missing id", "\n" + #"{"text":"\#(story)"}"#, ids: ["in.jsonl:2"]),
        DirtyCase("numeric id", #"{"id":12345678901234567890,"text":"\#(story)"}"#, ids: ["12345678901234567890"]),
        DirtyCase("null id", #"{"id":null,"text":"\#(story)"}"#, ids: ["in.jsonl:1"]),
        DirtyCase(
            "id to be escaped", #"{"id":"a\"\\\n\u0007\u2028é","text":"\#(story)"}"#, ids: ["a\"\\\n\u{7}\u{2028}é"]),
        DirtyCase(
            "duplicate ids", "\(a)\n\(a)\n\(b)\n\(a)\n", ids: ["a", "a#2", "b", "a#3"],
            talk: [
                "in.jsonl:2: the id a was there before; called a#2 here",
                "in.jsonl:4: the id a was there before; called a#3 here",
            ], summary: ["duplicate_ids": 2]),
        DirtyCase(
            "many duplicate ids", String(repeating: "\(a)\n", count: 6), ids: ["a", "a#2", "a#3", "a#4", "a#5", "a#6"],
            talk: [2, 3, 4].map { "in.jsonl:\($0): the id a was there before; called a#\($0) here" }
                + ["and 2 more ids that were there before"], summary: ["duplicate_ids": 5]),
        DirtyCase("empty file", "", ids: [], talk: ["no documents in the input"]),
        DirtyCase("only blank lines", "\n \n\r\n", ids: [], talk: ["no documents in the input"]),
        DirtyCase("one document", a, ids: ["a"]),
        DirtyCase(
            "all too short", "\(line("a", ""))\n\(line("b", ""))\n\(line("c", "Four words, no more"))\n",
            ids: ["a", "b", "c"], summary: ["too_short": 3]),
        DirtyCase(
            "headline only", "\(b)\n" + #"{"id":"a","title":"Storm closes harbour"}"#, ids: ["b", "a"],
            talk: ["1 record with a headline and no text; name the field that holds it with --text-field NAME"],
            summary: ["without_text": 1, "too_short": 1]),
        DirtyCase(
            "own field names", #"{"key":"k","says":"\#(story)","id":"no","text":7}"#, ids: ["k"],
            options: ["--id-field", "key", "--text-field", "says"]),
        DirtyCase("a field's second name", #"{"url":"u","body":"\#(story)"}"#, ids: ["u"]),
        DirtyCase("null before the second name", #"{"id":"a","text":null,"body":"\#(story)"}"#, ids: ["a"]),
        DirtyCase("hostile nesting", #"{"x":\#(deep(900)),"id":"a","text":"\#(story)"}"#, ids: ["a"]),
    ]

    /// Passed over with file, line and the way out; the rest is read all the same.
    static let unreadable: [DirtyCase] = [
        one(
            "missing text", #"{"id":"x"}"#,
            "no text field: looked for text, maintext, body, content, article; name the right one with --text-field NAME"
        ),
        one(
            "null text", #"{"id":"x","text":null}"#,
            "no text field: looked for text, maintext, body, content, article; name the right one with --text-field NAME"
        ),
        one(
            "text is a number", #"{"id":"x","text":5}"#,
            "text field \"text\" is a number, not a string; name another field with --text-field NAME"),
        one(
            "text is an array", #"{"id":"x","text":["no"]}"#,
            "text field \"text\" is an array, not a string; name another field with --text-field NAME"),
        one(
            "text is an object", #"{"id":"x","text":{"en":"no"}}"#,
            "text field \"text\" is an object, not a string; name another field with --text-field NAME"),
        one(
            "truncated", String(line("x").dropLast(9)),
            "cut off or malformed JSON; each line must be one whole JSON object"),
        one("array line", #"["x","y"]"#, "an array, not a JSON object; each line must be one JSON object"),
        one("string line", #""x""#, "a string, not a JSON object; each line must be one JSON object"),
        one("plain text line", "Storm closes harbour", "not JSON; each line must be one JSON object"),
        one("trailing garbage", "\(line("x")) x", "cut off or malformed JSON; each line must be one whole JSON object"),
        one(
            "two objects on a line", "\(line("x"))\(line("y"))",
            "more after the end of the JSON object; each line must be one JSON object"),
        one("a raw null byte", "\0", "not JSON; each line must be one JSON object"),
        DirtyCase(
            "binary garbage",
            bytes: [0x7f, 0x45, 0x4c, 0x46] + (0..<2000).map { UInt8(truncatingIfNeeded: $0 * 37) }.filter { $0 != 10 },
            ids: [],
            talk: [
                "in.jsonl:1: cut off or malformed JSON; each line must be one whole JSON object",
                "no documents in the input",
            ],
            summary: ["unreadable": 1]),
        DirtyCase(
            "more complaints than anybody reads", String(repeating: "x\n", count: 25), ids: [],
            talk: (1...20).map { "in.jsonl:\($0): not JSON; each line must be one JSON object" }
                + ["and 5 more that could not be read", "no documents in the input"], summary: ["unreadable": 25]),
    ]

    /// A bad line between two good ones.
    private static func one(_ name: String, _ bad: String, _ message: String) -> DirtyCase {
        DirtyCase(
            name, "\(a)\n\(bad)\n\(b)\n", ids: ["a", "b"], talk: ["in.jsonl:2: \(message)"], summary: ["unreadable": 1])
    }

    private static func deep(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
}

import CPage
import Foundation
import JSON
import Report
import TestSupport
import Testing

@testable import Page

/// Nothing that a story says becomes markup or script.
@Suite struct EscapingTests {
    static let pieces = [
        "<", ">", "&", "\"", "'", "</script>", "<!--", "-->", "]]>", "\u{2028}", "\u{2029}", "\0", "\u{7f}", "\\",
        "\\u003c",
        "{{x}}", "{{{x}}}", "\n", "é", "𝒜", "\u{202e}", "a",
    ]

    private func texts() -> [String] {
        var random = SplitMix64(seed: 7)
        return Self.pieces
            + (0..<500).map { _ in
                (0..<Int.random(in: 0..<12, using: &random)).map { _ in Self.pieces.randomElement(using: &random)! }
                    .joined()
            }
    }

    @Test func templateValues() {
        let page = "<p title=\"{{x}}\">{{x}}</p>"
        let template = page.utf8.withContiguousStorageIfAvailable {
            Template(cpage_bytes(bytes: $0.baseAddress!, count: $0.count))
        }!
        for text in texts() {
            var bytes: [UInt8] = []
            template.render(["x": "\(text)"], to: &bytes)
            let html = String(decoding: bytes, as: UTF8.self)
            #expect(html.count { $0 == "<" } == 2 && html.count { $0 == "\"" } == 2, "\(text.debugDescription)")
            let shown = html.dropFirst(#"<p title=""#.count).prefix { $0 != "\"" }
            let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
                .reduce(String(shown)) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
            #expect(plain == text, "\(text.debugDescription)")
        }
    }

    @Test func json() throws {
        for text in texts() {
            var json = JSONWriter(isInHTML: true)
            json.object { $0.field("x", text) }
            #expect(!json.bytes.contains { $0 < 0x20 || $0 == UInt8(ascii: "<") }, "\(text.debugDescription)")
            #expect(!String(decoding: json.bytes, as: UTF8.self).unicodeScalars.contains { $0 == "\u{2028}" })
            let read = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: String]
            #expect(read?["x"] == text, "\(text.debugDescription)")
        }
    }

    @Test func listsOfNothingHideWhatStandsFurtherOut() {
        let page = "{{#items}}{{#x}}!{{/x}}{{/items}}"
        let template = page.utf8.withContiguousStorageIfAvailable {
            Template(cpage_bytes(bytes: $0.baseAddress!, count: $0.count))
        }!
        var bytes: [UInt8] = []
        template.render(["x": .list([[:]]), "items": .list([["x": .list([])]])], to: &bytes)
        #expect(bytes.isEmpty)
    }

    /// As `openssl dgst -sha256 -binary | base64` has them.
    @Test(arguments: [
        ("", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        ("abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
        (String(repeating: "a", count: 1000), "Qe3s5C1j6Nm/UVqbppMuHCDLyfWl0TRkWttdsblzfqM="),
    ])
    func hash(_ text: String, _ expected: String) { #expect(contentHash(Array(text.utf8)) == expected) }
}

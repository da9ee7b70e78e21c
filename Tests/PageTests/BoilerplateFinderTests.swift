import Overlap
import TestSupport
import Testing

@testable import Page

@Suite struct BoilerplateFinderTests {
    private static let footer = "Copyright 2024 Northline Wire. All rights reserved, click here"

    private func found(_ text: String, _ pieces: [String] = [footer]) -> [String] {
        let utf8 = Array(text.utf8)
        return BoilerplateFinder(pieces).ranges(in: TokenText(utf8)).map { String(decoding: utf8[$0], as: UTF8.self) }
    }

    /// The last word of a piece may be cut, and is not looked for.
    @Test func asItStandsInTheText() {
        #expect(
            found("Ships left.\n\nCOPYRIGHT 2024, Northline Wire: all rights reserved! Click there") == [
                "COPYRIGHT 2024, Northline Wire: all rights reserved! Click"
            ])
        #expect(found("Copyright 2024 Northline Wire. Some rights reserved, click here").isEmpty)
        #expect(found("Copyright 2024").isEmpty)
        #expect(found("").isEmpty)
        #expect(found(Self.footer, []).isEmpty)
        #expect(found(Self.footer, ["Copyright 2024", "", "…"]).isEmpty)
    }

    @Test func theLongestOfThoseThatBeginAlike() {
        let longer = Self.footer + " for reprint permission now"
        for pieces in [[Self.footer, longer], [longer, Self.footer]] {
            #expect(found(longer, pieces) == [String(longer.dropLast(" now".count))])
        }
    }

    /// Against a search word by word.
    @Test(arguments: 1...20)
    func random(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        func words(_ count: Int) -> [String] { (0..<count).map { _ in ["a", "b"].randomElement(using: &random)! } }
        let pieces = (0..<3).map { _ in words(Int.random(in: 5...7, using: &random)) }
        let text = words(200)
        let found = BoilerplateFinder(pieces.map { $0.joined(separator: " ") })
            .ranges(in: TokenText(text.joined(separator: " ").utf8))
        var expected: [Range<Int>] = []
        var at = 0
        while at < text.count {
            let fits = pieces.map { $0.dropLast() }.filter { text[at...].starts(with: $0) }.map(\.count).max()
            // A word and the space behind it are two bytes.
            if let fits { expected.append(2 * at..<2 * (at + fits) - 1) }
            at += fits ?? 1
        }
        #expect(found == expected, "seed \(seed)")
    }
}

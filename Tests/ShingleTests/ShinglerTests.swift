import CDedupKernels
import Shingle
import TestSupport
import Testing

@Suite struct ShinglerTests {
    /// More tokens than any first guess of their number, so that the memory must grow.
    @Test(arguments: [("東", 1), ("a ", 1), ("\u{fdfa}", 4), ("ℵ", 1)])
    func longTexts(unit: String, tokensEach: Int) {
        let shingler = Shingler()
        for repeats in [1, 10, 5000, 20_000, 3] {
            shingler.read(String(repeating: unit + (tokensEach == 4 ? " " : ""), count: repeats), ranges: true)
            let expected = unit == "ℵ" ? 1 : repeats * tokensEach
            #expect(shingler.tokens.count == expected, "\(unit) times \(repeats)")
            #expect(shingler.ranges.count == expected, "ranges of \(unit) times \(repeats)")
        }
    }
}

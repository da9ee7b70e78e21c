import TestSupport
import Testing

/// What tells texts apart that have the same words.
@Suite struct MarkTests {
    private static let alphabet = Array("aZ09 0123456789.,-:/()'\"?????$%+<=>^`|~#&@_\n".utf8)

    /// Dense and sparse, over the borders of blocks and chunks.
    @Test(arguments: InstructionSet.all)
    func agreesWithNaiveTwin(kernel: InstructionSet) {
        for length in TokeniseTests.lengths {
            var random = SplitMix64(seed: UInt64(length))
            for words in [0.0, 0.7, 0.97] {
                let text = (0..<length).map { _ in
                    random.flip(words) ? UInt8(ascii: "b") : Self.alphabet.randomElement(using: &random)!
                }
                #expect(
                    kernel.tokenise(text)!.marks == Naive.marks(ascii: text),
                    "\(kernel), length \(length), \(words): \(String(decoding: text, as: UTF8.self))")
            }
        }
    }

    /// The same words, and other marks.
    @Test(arguments: [
        ("up +0.5 percent", "up -0.5 percent"), ("up -0.5 percent", "up 0.5 percent"), ("+5", "−5"), ("-5", "−5"),
        ("–5", "5"), ("$49", "€49"), ("$49", "49"), ("1.5", "1 5"), ("1.5", "1,5"), ("3/4", "3 4"), ("10:30", "10 30"),
        (".5", "5"), ("-.5", ".5"), ("2019–20", "2019 20"), ("٣٫٥", "٣ ٥"), ("٣.٥", "٣ ٥"), ("-٣", "٣"), ("5 %", "5"),
        ("5٪", "5"), ("5‰", "5%"), ("C++", "C"), ("a<b", "a>b"), ("good 👍", "good 👎"), ("good 👍", "good"),
        ("👍🏽 yes", "👍🏿 yes"), ("10²", "102"), ("1½", "11/2"), ("① plan", "1 plan"), ("Acme™", "Acmetm"),
        ("two ♥ six", "two six ♥"), ("a = b", "= a b"), ("-\u{200e}5", "5"), ("‎-5", "5"), ("x\u{fe0f}y", "xy"),
        ("±5", "5"), ("5×6", "5÷6"), ("°5", "5"), ("(-5)", "(5)"), ("said.-5", "said -5"), ("1…5", "1 5"),
    ])
    func differentMarks(_ a: String, _ b: String) {
        let kernel = InstructionSet.all.last!
        #expect(kernel.tokenise(a) != kernel.tokenise(b), "\(a) and \(b)")
    }

    /// The same text, punctuated in another way.
    @Test(arguments: [
        ("Covid-19", "Covid 19"), ("(5)", "5"), ("“5 people”", "5 people"), ("about 5.", "about 5"),
        ("don’t", "don't"), ("$ 5", "$5"), ("5%", "5 %"), ("Really?", "Really"), ("Why??", "why"), ("＄5", "$5"),
        ("a\u{ad}b + c", "ab + c"), ("≠", "=\u{338}"), ("#1", "1"), ("A & B", "A B"), ("1.5%", "1.5 %"),
    ])
    func sameMarks(_ a: String, _ b: String) {
        let kernel = InstructionSet.all.last!
        #expect(kernel.tokenise(a) == kernel.tokenise(b), "\(a) and \(b)")
    }

    @Test(arguments: [
        ("?? ??? ?", 5), ("what???", 0), ("«???» ?", 3), ("\u{fffd}a \u{fffd}", 2), ("? ? ?", 0), ("", 0),
    ])
    func lostLetters(text: String, count: Int) {
        for kernel in InstructionSet.all { #expect(kernel.tokenise(text).marks.lost == count, "\(kernel): \(text)") }
    }

    /// Bytes that are no UTF-8 are letters of their own, and lost.
    @Test(arguments: InstructionSet.all)
    func strayBytes(kernel: InstructionSet) {
        let texts: [[UInt8]] = [0xe4, 0xfc, 0xe2, 0x80].map { [0x68, $0, 0x74, 0x20, 0x35] }
        let all = texts.map { kernel.tokenise($0)! }
        for (a, one) in all.enumerated() {
            #expect(one.marks.lost == 1 && one.hashes.count == 2, "\(kernel), \(a)")
            for other in all[..<a] { #expect(one != other, "\(kernel), \(a)") }
        }
    }
}

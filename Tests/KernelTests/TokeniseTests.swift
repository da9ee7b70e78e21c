import CDedupKernels
import TestSupport
import Testing

/// Every instruction set against the plain reading of what a token is.
@Suite struct TokeniseTests {
    /// All lengths up to four blocks, block borders, and the borders of the chunks in which a kernel works.
    static let lengths =
        Array(0...257) + [319, 320, 321, 383, 384, 385, 511, 512, 513, 1023, 1024, 1025]
        + Array(4076...4116) + [8191, 8192, 8193]

    @Test(arguments: TextStyle.allCases)
    func agreesWithNaiveTwin(style: TextStyle) {
        for length in Self.lengths {
            let text = style.bytes(length, seed: length), words = naiveTokens(text),
                expected = words.map(Naive.tokenHash)
            for kernel in InstructionSet.all {
                if let difference = difference(kernel.tokenise(text)!.hashes, expected) {
                    Issue.record("\(kernel), \(style), length \(length): \(difference); words \(words.prefix(60))")
                }
            }
        }
    }

    @Test(arguments: TextStyle.allCases)
    func rangesAreTheSameOnAllKernels(style: TextStyle) {
        for length in Self.lengths {
            let text = style.bytes(length, seed: 10_000 + length)
            let expected = InstructionSet.all[0].tokenise(text, ranges: true)!
            let bare = InstructionSet.all[0].tokenise(text)!
            #expect(bare.hashes == expected.hashes, "hashes differ with ranges: \(style), length \(length)")
            for kernel in InstructionSet.all.dropFirst() {
                #expect(kernel.tokenise(text, ranges: true) == expected, "\(kernel), \(style), length \(length)")
                #expect(kernel.tokenise(text) == bare, "\(kernel) without ranges, \(style), length \(length)")
            }
        }
    }

    /// What a range covers, read alone, has the token in it; ranges ascend and stay in the text.
    @Test(arguments: TextStyle.allCases)
    func rangesCoverTheirTokens(style: TextStyle) {
        let kernel = InstructionSet.all.last!
        for length in stride(from: 1, to: 400, by: 7) {
            let text = style.bytes(length, seed: 20_000 + length)
            let tokens = kernel.tokenise(text, ranges: true)!
            for (i, (hash, range)) in zip(tokens.hashes, tokens.ranges).enumerated() {
                let alone = kernel.tokenise(text[range])!.hashes
                #expect(alone.contains(hash), "\(style), length \(length), token \(i) at \(range)")
                #expect(
                    i == 0 || tokens.ranges[i - 1].lowerBound <= range.lowerBound,
                    "\(style), length \(length), token \(i)")
            }
        }
    }

    @Test(arguments: InstructionSet.all)
    func plainRanges(kernel: InstructionSet) {
        let text = Array("  The MINISTER's 3rd ".utf8) + [UInt8](repeating: 0x61, count: 40) + Array(" é!".utf8)
        #expect(kernel.tokenise(text, ranges: true)?.ranges == [2..<5, 6..<14, 15..<16, 17..<20, 21..<61, 62..<64])
    }

    /// The bytes behind a text do not matter.
    @Test(arguments: InstructionSet.all, TextStyle.allCases)
    func paddingDoesNotMatter(kernel: InstructionSet, style: TextStyle) {
        for length in 0...200 {
            let text = style.bytes(length, seed: length)
            let expected = kernel.tokenise(GuardedText(text, padding: 0))
            for padding in [UInt8(ascii: "a"), 0x80, 0xcc, 0xff] {
                let found = kernel.tokenise(GuardedText(text, padding: padding))
                #expect(found == expected, "\(kernel), \(style), length \(length), padding \(padding)")
            }
        }
    }

    /// Less room than tokens is refused, twice the runs of the text is enough, between them either holds; nothing
    /// is written behind.
    @Test(arguments: InstructionSet.all, TextStyle.allCases)
    func capacity(kernel: InstructionSet, style: TextStyle) {
        for length in [1, 2, 3, 5, 17, 64, 65, 130, 4100] {
            let text = GuardedText(style.bytes(length, seed: 30_000 + length))
            for ranges in [false, true] {
                let all = kernel.tokenise(text, ranges: ranges)!, count = all.hashes.count,
                    enough = count + length / 2 + 1
                for capacity in Array(0...min(count + 2, 70)) + [max(0, count - 1), count, enough] {
                    let found = kernel.tokenise(text, ranges: ranges, capacity: capacity)
                    let isRight = found == nil ? capacity < enough : capacity >= count && found == all
                    #expect(
                        isRight,
                        "\(kernel), \(style), length \(length), ranges \(ranges), room for \(capacity) of \(count)")
                }
            }
        }
    }

    /// Around the limits of the register, of the builder's memory and of a chunk; plain and accented.
    @Test(arguments: InstructionSet.all)
    func longTokens(kernel: InstructionSet) {
        for length in [
            1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 251, 252, 253, 254, 255, 256, 257, 512, 4095, 4096, 4097, 5000, 20_000,
        ] {
            for (name, text) in [
                ("plain", String(repeating: "a", count: length)),
                ("accented", String(repeating: "é", count: length / 2) + "b"),
                ("accent last", String(repeating: "a", count: length) + "é"),
                ("accent first", "é" + String(repeating: "a", count: length)),
                ("upper case", String(repeating: "Z", count: length)),
            ] {
                let expected = [Naive.tokenHash(text.lowercased())]
                #expect(kernel.tokenise(text).hashes == expected, "\(kernel), \(name), length \(length)")
                #expect(
                    kernel.tokenise("x " + text + " y").hashes.dropFirst().first == expected[0],
                    "\(kernel), \(name), length \(length)")
            }
        }
    }

    /// A run without any border over many chunks.
    @Test(arguments: InstructionSet.all)
    func runsOfUnspacedLetters(kernel: InstructionSet) {
        let text = String(repeating: "東京都は", count: 3000)
        let letters = ["東", "京", "都", "は"].map(Naive.tokenHash)
        #expect(kernel.tokenise(text).hashes == (0..<12_000).map { letters[$0 % 4] })
    }

    /// Four tokens from three bytes are the most that the contract has to promise room for.
    @Test func roomForAnyText() {
        for value in UInt32(0x80)...0x10ffff {
            guard let c = Unicode.Scalar(value), c.properties.generalCategory != .unassigned else { continue }
            let text = String(c)
            let found = InstructionSet.all[0].tokenise(text.utf8, capacity: 6 * text.utf8.count)
            if found == nil { Issue.record("U+\(String(value, radix: 16)) needs more than six tokens a byte") }
        }
    }
}

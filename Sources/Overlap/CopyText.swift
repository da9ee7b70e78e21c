import CDedupKernels
import Containment
import MinHash
import Shingle

/// A text made ready to be compared passage by passage; used again for one after another.
public final class CopyText {
    /// Tokens in a shingle of this text.
    public private(set) var width = CopyText.width
    /// Shingle hashes in order, one for each token but the last `width - 1`.
    public private(set) var shingles: [UInt64] = []
    /// Of each token.
    public private(set) var marks: [TextMarks] = []
    /// Tokens.
    private var boilerplate: [Range<Int>] = []
    /// Byte range of each token, if asked for.
    private(set) var ranges: [ddk_range] = []

    /// Words in a shingle. Short, so that a scanned copy in which every fifth word is misread keeps half of them.
    public static let width = 3
    /// In scripts without spaces, where tokens are characters and about two make a word.
    public static let characterWidth = 6

    private var shingler = Shingler()

    public init() {}

    public var tokenCount: Int { marks.count }

    /// Writes the shingles, and `stop` for those that start or end in boilerplate.
    func writeShingles(to places: UnsafeMutablePointer<UInt64>, boilerplate stop: UInt64) {
        places.update(from: shingles, count: shingles.count)
        for tokens in boilerplate {
            for at in max(0, tokens.lowerBound - width + 1)..<min(tokens.upperBound, shingles.count) {
                places[at] = stop
            }
        }
    }

    /// The width of shingle for a text that was tokenised: the script decides, and a text's copies have the same.
    public static func width(of text: UnsafeBufferPointer<UInt8>, tokens: Int) -> Int {
        // Words of letters and spaces take more bytes than a character and its share of punctuation.
        guard text.count < tokens * 5 else { return width }
        var letters = 0
        for at in text.indices { letters += Script.isHanOrKana(text[at]) ? 1 : 0 }
        if letters * 2 >= tokens, letters > 0 { return characterWidth }
        guard letters == 0, tokens > 0 else { return width }
        for at in text.indices.dropLast() where text[at] == 0xe0 {
            letters += Script.isThaiOrLao(behindE0: text[at + 1]) ? 1 : 0
        }
        return letters * 2 >= tokens && letters > 0 ? characterWidth : width
    }

    /// - Parameter text: `Shingler.padding` bytes behind it must be readable.
    public func read(_ text: UnsafeBufferPointer<UInt8>, recurring: RecurringKeys, keepsRanges: Bool = false) {
        shingler.read(padded: text, ranges: true)
        let count = shingler.tokenCount
        width = Self.width(of: text, tokens: count)
        marks.removeAll(keepingCapacity: true)
        marks.append(contentsOf: repeatElement([], count: count))
        mark(text)
        ranges.removeAll(keepingCapacity: true)
        if keepsRanges { ranges.append(contentsOf: shingler.ranges) }
        shingles.removeAll(keepingCapacity: true)
        boilerplate.removeAll(keepingCapacity: true)
        guard count >= width else { return }
        shingles.append(contentsOf: shingler.shingles(width: width))
        if !recurring.isEmpty { markBoilerplate(at: positions(of: recurring)) }
        if !recurring.ignored.isEmpty { mark(recurring.ignored) }
    }

    /// Marks what some shingles cover: a few in a row, for one may be a turn of phrase.
    private func mark(_ ignored: Set<UInt64>) {
        let longEnough = min(3, ignored.count)
        var first = 0
        while first < shingles.count {
            let end = shingles[first...].firstIndex { !ignored.contains($0) } ?? shingles.count
            if end - first >= longEnough { mark(first..<end + width - 1) }
            first = end + 1
        }
    }

    /// The shingles of a text, as a text that has it has them.
    public static func shingles(of text: String) -> Set<UInt64> {
        let reader = CopyText(), padding = repeatElement(UInt8(0), count: Shingler.padding)
        let bytes = Array(text.utf8)
        (bytes + padding).withUnsafeBufferPointer {
            reader.read(UnsafeBufferPointer(rebasing: $0[..<bytes.count]), recurring: RecurringKeys())
        }
        return Set(reader.shingles)
    }

    /// Marks numbers and quotations.
    private func mark(_ text: UnsafeBufferPointer<UInt8>) {
        let ranges = shingler.ranges
        var quotations = QuotationScanner()
        marks.withUnsafeMutableBufferPointer { marks in
            var end = 0
            for token in 0..<marks.count {
                let start = Int(ranges[token].start)
                // Between most words stands one space.
                if start > end &+ 1 || text[end] != 0x20 {
                    quotations.read(text[end..<max(end, start)], before: token, marks)
                }
                if text[start] &- 0x30 < 10 {
                    let isContinued =
                        token > 0 && start == end + 1 && marks[token - 1].contains(.number)
                        && (text[end] == UInt8(ascii: ",") || text[end] == UInt8(ascii: "."))
                    marks[token] = isContinued ? [.number, .continued] : .number
                }
                end = Int(ranges[token].end)
            }
            quotations.close(before: marks.count, marks, isComplete: false)
        }
    }

    /// Only one shingle in `ShingleSample.rate` is known to recur or not. Where `longEnough` in a row recur, all
    /// between them is boilerplate; fewer may be turns of phrase, and only their own words weigh nothing.
    private func markBoilerplate(at positions: [Int]) {
        guard !positions.isEmpty else { return }
        let longEnough = 3, reach = 6 * ShingleSample.rate
        var run: [Int] = []
        func end(isAtEnd: Bool) {
            guard let first = run.first, let last = run.last else { return }
            if run.count < longEnough {
                for at in run { mark(at..<at + width) }
            } else {
                let start = first < reach ? 0 : first
                mark(start..<(isAtEnd && marks.count - last < reach ? marks.count : last + width))
            }
            run.removeAll(keepingCapacity: true)
        }
        func isSampled(_ positions: Range<Int>) -> Bool { positions.contains { ShingleSample.contains(shingles[$0]) } }
        for at in positions {
            if let last = run.last, at - last > reach || isSampled(last + 1..<at) { end(isAtEnd: false) }
            run.append(at)
        }
        end(isAtEnd: run.last.map { !isSampled($0 + 1..<shingles.count) } ?? false)
    }

    private func positions(of recurring: RecurringKeys) -> [Int] {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: shingles.count + 1) { places in
            var count = 0
            shingles.withUnsafeBufferPointer { shingles in
                count = ddk_positions_below(
                    shingles.baseAddress, shingles.count, ShingleSample.bound, places.baseAddress!)
                var kept = 0
                for sampled in 0..<count {
                    places[kept] = places[sampled]
                    kept &+= recurring.mayCount(ShingleSample.key(shingles[Int(places[sampled])]))
                }
                count = kept
            }
            guard count > 0 else { return [] }
            return places[..<count].map { Int($0) }.filter { recurring.contains(ShingleSample.key(shingles[$0])) }
        }
    }

    private func mark(_ range: Range<Int>) {
        boilerplate.append(range)
        for at in range { marks[at].insert(.boilerplate) }
    }

    /// Longer runs of boilerplate: their bytes and the median number of texts that have their shingles. Needs ranges.
    public func boilerplate(_ recurring: RecurringKeys) -> [(bytes: Range<Int>, texts: Int)] {
        var spans: [(bytes: Range<Int>, texts: Int)] = []
        var start = 0
        while start < marks.count {
            guard marks[start].contains(.boilerplate) else { start += 1; continue }
            var end = start
            while end < marks.count, marks[end].contains(.boilerplate) { end += 1 }
            let texts = (start..<max(start, min(end, shingles.count))).compactMap {
                ShingleSample.contains(shingles[$0]) ? recurring.texts(having: ShingleSample.key(shingles[$0])) : nil
            }.sorted()
            if end - start > 2 * width, !texts.isEmpty {
                spans.append((Int(ranges[start].start)..<Int(ranges[end - 1].end), Int(texts[texts.count / 2])))
            }
            start = end
        }
        return spans
    }
}

import MinHash
import TestSupport
import Testing

@Suite struct BandingTests {
    @Test func thresholdChoosesBands() {
        #expect(Banding(threshold: 0.7) == Banding(bands: 25, rows: 5))
        var last = 0
        for percent in 1...100 {
            let threshold = Double(percent) / 100, banding = Banding(threshold: threshold)
            #expect(banding.rows >= last, "rows fall at threshold \(threshold)")
            #expect(banding.bands == 128 / banding.rows, "threshold \(threshold) leaves slots unused")
            // Below .03 even single slots find fewer.
            if percent >= 4 { #expect(banding.probability(at: threshold) >= 0.98, "threshold \(threshold)") }
            if banding.rows < 128 {
                let longer = Banding(bands: 128 / (banding.rows + 1), rows: banding.rows + 1)
                #expect(longer.probability(at: threshold) < 0.98, "longer rows would do at threshold \(threshold)")
            }
            last = banding.rows
        }
    }

    @Test func curveRises() {
        let banding = Banding(threshold: 0.7)
        #expect(banding.probability(at: 0) == 0 && banding.probability(at: 1) == 1)
        for percent in 1...100 {
            let j = Double(percent) / 100
            #expect(banding.probability(at: j) >= banding.probability(at: j - 0.01), "at \(j)")
        }
    }

    static func keys(_ banding: Banding, _ slots: [UInt32]) -> [UInt32] {
        Array(unsafeUninitializedCapacity: banding.bands) { keys, count in
            banding.writeKeys(of: slots, to: keys.baseAddress!)
            count = banding.bands
        }
    }

    /// Share of pairs of signatures that meet in a band, against the curve.
    @Test(arguments: [0.3, 0.5, 0.7, 0.9])
    func recallFollowsTheCurve(threshold: Double) {
        let banding = Banding(threshold: threshold)
        for j in [threshold - 0.2, threshold - 0.1, threshold, (1 + threshold) / 2] where j > 0 {
            var random = SplitMix64(seed: UInt64(j * 1000)), met = 0
            let rounds = 1500
            for _ in 0..<rounds {
                let a = (0..<128).map { _ in UInt32(truncatingIfNeeded: random.next()) }
                let b = a.map { random.flip(j) ? $0 : UInt32(truncatingIfNeeded: random.next()) }
                met += zip(Self.keys(banding, a), Self.keys(banding, b)).contains { $0 == $1 } ? 1 : 0
            }
            let expected = banding.probability(at: j), found = Double(met) / Double(rounds)
            let slack = 4 * (expected * (1 - expected) / Double(rounds)).squareRoot() + 0.002
            #expect(abs(found - expected) < slack, "threshold \(threshold), jaccard \(j): \(found), not \(expected)")
        }
    }

    /// A key depends on all rows of its band and on no other slot.
    @Test func keysFollowTheirRows() {
        var random = SplitMix64(seed: 2)
        for (bands, rows) in [(25, 5), (128, 1), (1, 128), (64, 2), (42, 3)] {
            let banding = Banding(bands: bands, rows: rows)
            let slots = (0..<128).map { _ in UInt32(truncatingIfNeeded: random.next()) }
            let keys = Self.keys(banding, slots)
            for slot in 0..<128 {
                var other = slots
                other[slot] ^= 1 << UInt32(random.below(32))
                let changed = zip(keys, Self.keys(banding, other)).enumerated().filter { $0.element.0 != $0.element.1 }
                let expected = slot < bands * rows ? [slot / rows] : []
                #expect(changed.map(\.offset) == expected, "\(bands) × \(rows), slot \(slot)")
            }
        }
    }
}

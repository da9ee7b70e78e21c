/// What stands first on a page: what several papers found out, then what they took from one, then what one outlet
/// printed twice, and last tables, lists and notes.
enum Newsworth: Int, Sendable {
    case severalVoices, severalOutlets, oneOutlet, scrap

    /// What is in doubt stands behind all that is not, and before what is no news.
    func rank(isInDoubt: Bool) -> Int {
        let kinds = Self.scrap.rawValue
        return self == .scrap ? 2 * kinds : rawValue + (isInDoubt ? kinds : 0)
    }

    /// - Parameter text: of the representative, where it is at hand.
    init(_ order: ClusterOrder, _ content: PageContent, text: some Sequence<UInt8>) {
        let voices = Set(order.groups.map { content.stories[$0.stories[0]].outlet }).subtracting([""])
        let outlets = Set(order.stories.map { content.stories[$0].outlet }).subtracting([""])
        if Self.isScrap(text) {
            self = .scrap
        } else if voices.count > 1 || outlets.isEmpty && order.groups.count > 1 {
            self = .severalVoices
        } else {
            self = outlets.count == 1 ? .oneOutlet : .severalOutlets
        }
    }

    /// Bytes below which a text is a note: some thirty words, or eighty Chinese characters.
    private static let note = 200

    /// Whether a text is figures rather than sentences, or hardly any: in news, one sign in fifteen is no letter; in
    /// tables of results and prices, one in six at least. A text that is not at hand is given its due.
    static func isScrap(_ text: some Sequence<UInt8>) -> Bool {
        var letters = 0, others = 0
        for byte in text where byte > 0x20 {
            if (byte | 0x20) &- 0x61 < 26 || byte >= 0x80 { letters += 1 } else { others += 1 }
        }
        let all = letters + others
        return all > 0 && (all < note || others * 6 > all)
    }
}

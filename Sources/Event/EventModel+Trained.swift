// Made by `make fit`; see docs/decisions/019-events-on-real-dumps.md.
extension EventModel {
    static let trained = EventModel(
        words: Regression(
            bias: -11.592,
            weights: [
                -6.3662,  // cosine
                18.8868,  // root of cosine
                0.0588,  // root of shared weight
                -0.2504,  // log length of shorter
                0.47,  // log ratio of lengths
                -1.3467,  // weekdays contradict
                -1.9675,  // dated
                -0.4842,  // log days apart
                3.958,  // within a day
                0.1444,  // cosine of leads
                2.7072,  // root of cosine of leads
                -17.0367,  // phrases
                4.8276,  // root of phrases
                1.8237,  // contrast
                1.5543,  // same words
                -4.8165,  // contrast in the same words
                -6.0447,  // rivals
                -1.4419,  // root of rivals
            ]),
        company: Regression(
            bias: -10.8345,
            weights: [
                -10.254,  // cosine
                24.0803,  // root of cosine
                -0.0173,  // root of shared weight
                0.1017,  // log length of shorter
                0.1874,  // log ratio of lengths
                -1.3658,  // weekdays contradict
                -2.881,  // dated
                -0.259,  // log days apart
                3.4304,  // within a day
                0.8898,  // cosine of leads
                1.1868,  // root of cosine of leads
                -17.3191,  // phrases
                6.5996,  // root of phrases
                2.4076,  // contrast
                1.4528,  // same words
                -5.159,  // contrast in the same words
                -9.5474,  // rivals
                -0.6978,  // root of rivals
                -0.9381,  // log of common company
                -0.205,  // common by all
                3.3535,  // common by lesser
                -1.4455,  // log of company of one
                1.5966,  // log odds of company
                -1.9987,  // log of as like on other days
            ]),
        cut: EventCut(base: -1.15, perDocuments: 0.72, perMissing: 1.27),
        most: 2.0, least: 0.95)
}

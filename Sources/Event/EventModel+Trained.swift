// Made by `make fit`; see docs/decisions/019-events-on-real-dumps.md.
extension EventModel {
    static let trained = EventModel(
        words: Regression(
            bias: -9.4542,
            weights: [
                21.8864,  // cosine
                6.0514,  // root of cosine
                0.0062,  // root of shared weight
                -3.6543,  // overlap
                -11.5966,  // Tanimoto
                0.1199,  // log length of shorter
                0.9726,  // log ratio of lengths
                -1.4151,  // weekdays contradict
                -0.8593,  // dated
                -0.8397,  // log days apart
                3.4064,  // within a day
                2.7424,  // cosine of leads
                0.6573,  // root of cosine of leads
                -13.8566,  // phrases
                3.6095,  // root of phrases
            ]),
        company: Regression(
            bias: -11.168,
            weights: [
                2.7543,  // cosine
                19.6106,  // root of cosine
                -0.1005,  // root of shared weight
                -2.9474,  // overlap
                0.4984,  // Tanimoto
                0.7158,  // log length of shorter
                0.7005,  // log ratio of lengths
                -1.3438,  // weekdays contradict
                -2.371,  // dated
                -0.4477,  // log days apart
                3.0137,  // within a day
                1.4364,  // cosine of leads
                0.2926,  // root of cosine of leads
                -16.5325,  // phrases
                5.6914,  // root of phrases
                -0.6005,  // log of common company
                0.7405,  // common by all
                3.306,  // common by lesser
                -1.6635,  // log of company of one
                1.6404,  // log odds of company
            ]),
        cut: EventCut(base: -0.75, perDocuments: 0.55, perMissing: 0.95),
        most: 1.75, least: 1.25)
}

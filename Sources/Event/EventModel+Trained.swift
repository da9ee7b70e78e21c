// Made by `make fit`; see docs/decisions/019-events-on-real-dumps.md.
extension EventModel {
    static let trained = EventModel(
        words: Regression(
            bias: -8.5033,
            weights: [
                44.6416,  // cosine
                -0.8743,  // root of cosine
                0.0305,  // root of shared weight
                -6.2741,  // overlap
                -32.6041,  // Tanimoto
                0.0103,  // log length of shorter
                0.9084,  // log ratio of lengths
                -1.3481,  // weekdays contradict
                -1.6902,  // dated
                -0.5565,  // log days apart
                3.854,  // within a day
                1.8409,  // cosine of leads
                1.3544,  // root of cosine of leads
                -18.7281,  // phrases
                5.106,  // root of phrases
                0.8478,  // contrast
                0.8753,  // same words
                -4.4239,  // contrast in the same words
            ]),
        company: Regression(
            bias: -8.9844,
            weights: [
                35.1237,  // cosine
                6.9122,  // root of cosine
                -0.0514,  // root of shared weight
                -5.7471,  // overlap
                -28.0131,  // Tanimoto
                0.5014,  // log length of shorter
                0.7955,  // log ratio of lengths
                -1.3069,  // weekdays contradict
                -2.547,  // dated
                -0.3006,  // log days apart
                3.3422,  // within a day
                1.3032,  // cosine of leads
                0.6933,  // root of cosine of leads
                -18.624,  // phrases
                6.6549,  // root of phrases
                1.2383,  // contrast
                0.596,  // same words
                -4.11,  // contrast in the same words
                -0.4698,  // log of common company
                -0.9693,  // common by all
                3.2093,  // common by lesser
                -1.5741,  // log of company of one
                1.3886,  // log odds of company
                -2.0292,  // log of as like on other days
            ]),
        cut: EventCut(base: -1.1, perDocuments: 0.6, perMissing: 1.1),
        most: 1.75, least: 1.2)
}

// Made by `make fit`; see docs/decisions/019-events-on-real-dumps.md.
extension EventModel {
    static let trained = EventModel(
        words: Regression(
            bias: -8.3068,
            weights: [
                46.5977,  // cosine
                -0.9783,  // root of cosine
                0.0353,  // root of shared weight
                -6.6274,  // overlap
                -35.7134,  // Tanimoto
                -0.0599,  // log length of shorter
                0.8847,  // log ratio of lengths
                -1.3608,  // weekdays contradict
                -1.9396,  // dated
                -0.4719,  // log days apart
                3.9616,  // within a day
                1.1174,  // cosine of leads
                1.9196,  // root of cosine of leads
                -16.4448,  // phrases
                4.5854,  // root of phrases
                0.7136,  // contrast
                1.0176,  // same words
                -4.484,  // contrast in the same words
            ]),
        company: Regression(
            bias: -8.1571,
            weights: [
                39.8002,  // cosine
                5.7143,  // root of cosine
                -0.0455,  // root of shared weight
                -6.3328,  // overlap
                -33.0533,  // Tanimoto
                0.3689,  // log length of shorter
                0.6734,  // log ratio of lengths
                -1.3408,  // weekdays contradict
                -2.8113,  // dated
                -0.2383,  // log days apart
                3.4802,  // within a day
                1.4164,  // cosine of leads
                0.5909,  // root of cosine of leads
                -16.9264,  // phrases
                6.4032,  // root of phrases
                1.1127,  // contrast
                0.686,  // same words
                -4.1004,  // contrast in the same words
                -0.5223,  // log of common company
                -1.4184,  // common by all
                3.4115,  // common by lesser
                -1.5274,  // log of company of one
                1.5238,  // log odds of company
                -2.199,  // log of as like on other days
            ]),
        cut: EventCut(base: -1.1, perDocuments: 0.65, perMissing: 1.05),
        most: 1.75, least: 1.15)
}

// Made by `make fit`; see docs/decisions/019-events-on-real-dumps.md.
extension EventModel {
    static let trained = EventModel(
        words: Regression(
            bias: -11.3855,
            weights: [
                -3.2134,  // cosine
                16.3682,  // root of cosine
                0.0493,  // root of shared weight
                -0.1564,  // log length of shorter
                0.612,  // log ratio of lengths
                -1.3586,  // weekdays contradict
                -2.0039,  // dated
                -0.4811,  // log days apart
                3.916,  // within a day
                0.4213,  // cosine of leads
                2.533,  // root of cosine of leads
                -17.3603,  // phrases
                5.0121,  // root of phrases
                0.428,  // contrast
                0.5731,  // same words
                -2.8405,  // contrast in the same words
                0.0,  // rivals
            ]),
        company: Regression(
            bias: -10.8316,
            weights: [
                -5.7396,  // cosine
                20.7276,  // root of cosine
                -0.0288,  // root of shared weight
                0.277,  // log length of shorter
                0.4281,  // log ratio of lengths
                -1.3559,  // weekdays contradict
                -2.8797,  // dated
                -0.297,  // log days apart
                3.385,  // within a day
                1.0749,  // cosine of leads
                1.1458,  // root of cosine of leads
                -18.6082,  // phrases
                7.162,  // root of phrases
                0.9422,  // contrast
                0.4194,  // same words
                -3.0583,  // contrast in the same words
                0.0,  // rivals
                -0.7336,  // log of common company
                -1.1587,  // common by all
                3.4472,  // common by lesser
                -1.4775,  // log of company of one
                1.4481,  // log odds of company
                -1.9125,  // log of as like on other days
            ]),
        cut: EventCut(base: -1.15, perDocuments: 0.72, perMissing: 1.27),
        most: 1.75, least: 0.95)
}

// Made by `make fit`; see docs/decisions/019-events-on-real-dumps.md.
extension EventModel {
    static let trained = EventModel(
        words: Regression(
            bias: -9.4201,
            weights: [
                22.1534,  // cosine
                6.1243,  // root of cosine
                0.0057,  // root of shared weight
                -3.7067,  // overlap
                -11.6964,  // Tanimoto
                0.1119,  // log length of shorter
                0.9686,  // log ratio of lengths
                -1.4298,  // weekdays contradict
                -0.6386,  // dated
                -0.3931,  // log days apart
                1.1979,  // days apart up to 30
                2.9089,  // within a day
                3.0294,  // cosine of leads
                0.4104,  // root of cosine of leads
                -14.4401,  // phrases
                3.7388,  // root of phrases
            ]),
        company: Regression(
            bias: -11.3838,
            weights: [
                2.4726,  // cosine
                19.8092,  // root of cosine
                -0.1024,  // root of shared weight
                -2.9094,  // overlap
                0.7703,  // Tanimoto
                0.7598,  // log length of shorter
                0.719,  // log ratio of lengths
                -1.3534,  // weekdays contradict
                -1.5127,  // dated
                -0.2823,  // log days apart
                1.1637,  // days apart up to 30
                2.394,  // within a day
                1.5068,  // cosine of leads
                0.1704,  // root of cosine of leads
                -16.9921,  // phrases
                5.9427,  // root of phrases
                -0.7945,  // log of common company
                1.0035,  // common by all
                3.64,  // common by lesser
                -1.69,  // log of company of one
                1.6697,  // log odds of company
            ]),
        cut: EventCut(base: -0.75, perDocuments: 0.55, perMissing: 0.95),
        most: 1.75, least: 1.25)
}

// Made by `make fit`; see docs/decisions/007-events.md.
extension EventModel {
    static let trained = EventModel(
        bias: 8.5542,
        weights: [
            30.1314,  // cosine
            -24.166,  // root of cosine
            0.0784,  // root of shared weight
            -1.0614,  // overlap
            -5.9876,  // Tanimoto
            -0.7244,  // log length of shorter
            0.1878,  // log ratio of lengths
            -1.5719,  // weekdays contradict
            -0.1539,  // dated
            -0.6768,  // log days apart
            -6.7039,  // days apart up to 30
            1.9311,  // within a day
            1.2865,  // log cosine to lesser neighbour 1
            0.5147,  // log cosine to greater neighbour 1
            0.9135,  // log cosine to lesser neighbour 2
            2.6918,  // log cosine to greater neighbour 2
            0.3594,  // log cosine to lesser neighbour 5
            -1.4508,  // log cosine to greater neighbour 5
            0.7241,  // log cosine to lesser neighbour 10
            0.9502,  // log cosine to greater neighbour 10
        ])
}

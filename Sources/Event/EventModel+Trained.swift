// Made by `make fit`; see docs/decisions/007-events.md.
extension EventModel {
    static let trained = EventModel(
        bias: 6.4517,
        strictness: 2.0,
        ceiling: TopicCeiling(certainty: 20.0, topic: 0.25, perLength: 0.02, perLead: 0.1),
        weights: [
            36.3747,  // cosine
            -21.6379,  // root of cosine
            0.0425,  // root of shared weight
            -2.5334,  // overlap
            -14.8025,  // Tanimoto
            -0.3866,  // log length of shorter
            0.3384,  // log ratio of lengths
            -1.5554,  // weekdays contradict
            0.4377,  // dated
            -0.6303,  // log days apart
            -8.5029,  // days apart up to 30
            1.8337,  // within a day
            1.3299,  // log cosine to lesser neighbour 1
            0.4814,  // log cosine to greater neighbour 1
            0.7299,  // log cosine to lesser neighbour 2
            1.8891,  // log cosine to greater neighbour 2
            -0.4541,  // log cosine to lesser neighbour 5
            -0.9281,  // log cosine to greater neighbour 5
            0.9356,  // log cosine to lesser neighbour 10
            1.3068,  // log cosine to greater neighbour 10
        ])
}

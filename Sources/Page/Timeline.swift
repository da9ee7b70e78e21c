import Report

/// The largest clusters along one axis of time, a dot for each story.
struct Timeline {
    let filling: Template.Filling

    private static let lanes = 14, ticks = 4
    /// Dots of a lane that fall on the same thousandth of the axis are one.
    private static let steps = 1000.0

    /// Nil where no two stories of different dates are to be shown.
    init?(_ content: PageContent, _ orders: [ClusterOrder], headlines: [String]) {
        var lanes: [(number: Int, times: [Int64])] = []
        for (at, order) in orders.enumerated() where lanes.count < Self.lanes {
            let times = order.stories.compactMap { content.stories[$0].time }
            if times.count > 1 { lanes.append((at + 1, times.sorted())) }
        }
        guard let first = lanes.map({ $0.times[0] }).min(), let last = lanes.map({ $0.times.last! }).max(),
            first < last
        else { return nil }
        // Dots at the ends are not cut.
        func share(_ time: Int64) -> Double { 0.015 + 0.97 * Double(time - first) / Double(last - first) }
        let rows: [Template.Filling] = lanes.map { number, times in
            var seen: Set<Int> = []
            let dots = times.map(share).filter { seen.insert(Int($0 * Self.steps)).inserted }
            return [
                "number": "\(number)", "headline": "\(headlines[number - 1])", "size": "\(times.count)",
                "from": "\(percent(share(times[0])))", "to": "\(percent(share(times.last!)))",
                "span": "\(day(times[0])) to \(day(times.last!))",
                "dots": .list(dots.map { ["x": "\(percent($0))"] }),
            ]
        }
        filling = [
            "lanes": .list(rows),
            "ticks": .list(
                (0...Self.ticks).map { tick in
                    ["day": "\(day(first + (last - first) * Int64(tick) / Int64(Self.ticks)))"]
                }),
        ]
    }
}

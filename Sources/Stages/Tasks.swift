/// Work cut into tasks of so many items in a row.
struct Tasks: Sendable {
    private let size, total: Int

    init(of size: Int, in total: Int) { (self.size, self.total) = (size, total) }

    var count: Int { (total + size - 1) / size }

    /// The items of a task.
    subscript(task: Int) -> Range<Int> { task * size..<min(total, (task + 1) * size) }

    /// The results of the items, task by task, each at the place where its item belongs.
    func scattered<Result>(_ results: [[Result]], to places: [Int]) -> [Result] {
        guard let first = results.first?.first else { return [] }
        var all = [Result](repeating: first, count: total)
        for (place, result) in zip(places, results.joined()) { all[place] = result }
        return all
    }
}

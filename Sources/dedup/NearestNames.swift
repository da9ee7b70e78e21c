/// Of many names those most like a wanted one, the most like first: what somebody may have meant.
///
/// Levenshtein distance of at most a third of its length, or one name inside the other.
public func nearestNames(to wanted: String, among count: Int, _ name: (Int) -> String, limit: Int = 3) -> [String] {
    let target = Array(wanted.lowercased().unicodeScalars)
    let furthest = max(2, target.count / 3)
    var found: [(distance: Int, name: String)] = []
    for number in 0..<count {
        let name = name(number)
        let other = Array(name.lowercased().unicodeScalars.prefix(200))
        var distance = abs(other.count - target.count) > furthest ? furthest + 1 : editDistance(target, other)
        if distance > furthest, target.count > 2, name.lowercased().contains(wanted.lowercased()) {
            distance = furthest
        }
        guard distance <= furthest, found.count < limit || distance < found.last!.distance else { continue }
        found.insert((distance, name), at: found.firstIndex { $0.distance > distance } ?? found.count)
        if found.count > limit { found.removeLast() }
    }
    return found.map(\.name)
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var row = Array(0...b.count)
    for i in 0..<a.count {
        var diagonal = row[0]
        row[0] = i + 1
        for j in 0..<b.count {
            (diagonal, row[j + 1]) = (row[j + 1], min(diagonal + (a[i] == b[j] ? 0 : 1), row[j] + 1, row[j + 1] + 1))
        }
    }
    return row[b.count]
}

/// Where two arrays first differ, in few words; nil where they are equal.
public func difference<T: Equatable>(_ found: [T], _ expected: [T]) -> String? {
    guard found != expected else { return nil }
    let at = zip(found, expected).enumerated().first { $1.0 != $1.1 }?.offset ?? min(found.count, expected.count)
    func item(_ array: [T]) -> String { at < array.count ? "\(array[at])" : "nothing" }
    return "\(found.count) for \(expected.count) items, and item \(at) is \(item(found)), expected \(item(expected))"
}

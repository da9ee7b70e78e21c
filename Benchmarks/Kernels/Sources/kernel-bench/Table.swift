/// A table in Markdown: the first column to the left, numbers to the right.
struct Table {
    private let header: [String]
    private var rows: [[String]] = []

    init(_ header: [String]) { self.header = header }

    mutating func append(_ row: [String]) { rows.append(row) }

    var markdown: String {
        let rule = header.indices.map { $0 == 0 ? "---" : "---:" }
        return ([header, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
    }
}

/// Decimal text with `places` digits behind the point.
func fixed(_ value: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return sign + String(scaled) }
    return sign + "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
}

/// Three significant digits, or as many as there are before the point.
func short(_ value: Double) -> String { fixed(value, value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0) }

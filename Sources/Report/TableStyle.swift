/// How rows of fields are written for spreadsheets and scripts.
public enum TableStyle: Sendable {
    /// Tabs between fields. There is no quoting: a tab or line end inside one becomes a space.
    case tsv
    /// Commas between fields, quotes where they are needed (RFC 4180).
    case csv

    func append(_ fields: [some Sequence<UInt8>], to bytes: inout [UInt8]) {
        for (number, field) in fields.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: self == .tsv ? "\t" : ",")) }
            append(field, to: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private func append(_ field: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        if self == .tsv { return bytes += field.lazy.map { (9...13).contains($0) ? 32 : $0 } }
        let quote = UInt8(ascii: "\""), field = Array(field)
        guard field.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") || $0 == 10 || $0 == 13 }) else {
            return bytes += field
        }
        bytes.append(quote)
        for byte in field { bytes += byte == quote ? [quote, quote] : [byte] }
        bytes.append(quote)
    }
}

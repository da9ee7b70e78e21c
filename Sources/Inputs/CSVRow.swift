import Records

/// A row of a table, taken apart as Python's csv does: a quote opens a field only at its start; behind the quote that closes
/// it, what is no separator belongs to the field as it stands.
@safe final class CSVRow {
    private enum Place {
        /// In the row.
        case row(Range<Int>)
        /// In `bytes`, without the doubling of quotes.
        case copy(Range<Int>)
    }

    private let separator: UInt8
    /// By column; what is in others is not kept. Nil: all are.
    private let wanted: [Bool]?
    private var row = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var places: [Place] = []
    private var bytes = PaddedBuffer()
    /// Whether a carriage return stands outside quotes.
    private var hasReturn = false

    private static let quote = UInt8(ascii: "\"")

    init(separator: UInt8, wanted: [Bool]? = nil) { (self.separator, self.wanted) = (separator, wanted) }

    /// Columns.
    var count: Int { places.count }

    /// A field, lent until the next row or the end of this one; `Record.padding` bytes may be read after it.
    subscript(column: Int) -> UnsafeBufferPointer<UInt8> {
        switch places[column] {
        case .row(let range): unsafe UnsafeBufferPointer(rebasing: row[range])
        case .copy(let range): unsafe UnsafeBufferPointer(rebasing: bytes.bytes[range])
        }
    }

    /// Takes a row without its line end apart.
    func read(_ row: UnsafeBufferPointer<UInt8>) -> Fault? {
        unsafe self.row = unsafe row
        places.removeAll(keepingCapacity: true)
        bytes.count = 0
        hasReturn = false
        var position = 0, isOpen = false
        while true {
            let start = position
            if unsafe position < row.count && row[position] == Self.quote {
                isOpen = unsafe !readQuoted(&position, in: row)
            } else {
                position = unsafe row.index(of: separator, from: position) ?? row.count
                places.append(.row(start..<position))
                findReturn(in: start..<position)
            }
            if position >= row.count { break }
            position += 1
        }
        bytes.pad()
        return isOpen ? .openQuote : hasReturn ? .bareReturn : nil
    }

    /// Reads a field from its opening quote to the separator or the end. False if no quote closes it.
    private func readQuoted(_ position: inout Int, in row: UnsafeBufferPointer<UInt8>) -> Bool {
        let isWanted = wanted.map { places.count < $0.count && $0[places.count] } ?? true
        let first = bytes.count
        var start = position + 1
        func keep(_ range: Range<Int>) {
            if isWanted { unsafe bytes.append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: row[range]))) }
        }
        while let quote = unsafe row.index(of: Self.quote, from: start) {
            if unsafe quote + 1 < row.count && row[quote + 1] == Self.quote {
                keep(start..<quote + 1)
                start = quote + 2
                continue
            }
            let end = unsafe row.index(of: separator, from: quote + 1) ?? row.count
            if bytes.count == first, end == quote + 1 {
                places.append(.row(start..<quote))
            } else {
                keep(start..<quote)
                keep(quote + 1..<end)
                findReturn(in: quote + 1..<end)
                places.append(.copy(first..<bytes.count))
            }
            position = end
            return true
        }
        keep(start..<row.count)
        places.append(.copy(first..<bytes.count))
        position = row.count
        return false
    }

    private func findReturn(in range: Range<Int>) {
        if unsafe row.index(of: UInt8(ascii: "\r"), from: range.lowerBound, to: range.upperBound) != nil {
            hasReturn = true
        }
    }

    /// Gives back what a giant row took beyond so many bytes.
    func trim(to capacity: Int) { bytes.trim(to: capacity) }
}

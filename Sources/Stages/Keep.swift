import Columns
import Records

/// Which of several alike documents is preferred.
public enum Keep: String, Sendable, CaseIterable {
    /// The earliest, then the longest, then the first; undated ones come last, but known ones first.
    case earliest
    /// The newest, then the longest, then the first; those of which only a year or month is known come behind the dated
    /// ones, undated ones last.
    case newest
    /// The longest, then the first.
    case longest
    /// The first.
    case first
}

/// What documents are preferred for, before all else: that a column has the first of some values, or the second, …
public struct Favour: Sendable, Equatable {
    public enum Column: String, Sendable, CaseIterable {
        case outlet, language
        /// The file, or a folder that it lies in.
        case path
    }

    public var column: Column
    /// Compared without regard to the case of Latin letters.
    public var values: [String]

    public init(_ column: Column, values: [String]) { (self.column, self.values) = (column, values) }

    /// Of each document the place of its value, `values.count` where it has none of them. O(documents).
    func ranks(of documents: Documents) -> [Int] {
        let places = Dictionary(zip(values.map { folded($0) }, values.indices)) { first, _ in first }
        func ranks(_ numbers: Columns.Column<UInt32>, _ names: Names) -> [Int] {
            let ofName = names.all.map { places[folded($0)] ?? values.count }
            return numbers.map { ofName[Int($0)] }
        }
        switch column {
        case .outlet: return ranks(documents.sources, documents.sourceNames)
        case .language: return ranks(documents.languages, documents.languageNames)
        case .path:
            var ofFile: [UInt32: Int] = [:]
            return documents.locations.map { location in
                if let known = ofFile[location.file] { return known }
                let path = documents.source.path(ofFile: Int(location.file))
                let rank = values.firstIndex { isPath(path, in: $0) } ?? values.count
                ofFile[location.file] = rank
                return rank
            }
        }
    }

    /// The values that no document has. O(documents).
    public func unmet(in documents: Documents) -> [String] {
        let met = Set(ranks(of: documents))
        return values.indices.filter { !met.contains($0) }.map { values[$0] }
    }
}

private func folded(_ name: String) -> String {
    String(decoding: name.utf8.map { (65...90).contains($0) ? $0 | 32 : $0 }, as: UTF8.self)
}

private func isPath(_ path: String, in folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
}

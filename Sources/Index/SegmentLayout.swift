import Store

/// Where everything stands in a segment: the last bytes of the file are these numbers (64 bits each), and how many they are.
struct SegmentLayout {
    /// Bytes or values of one kind, from an offset on.
    enum Section: Int, CaseIterable {
        /// What each document is called by within the index, ascending: 32 bits.
        case numbers
        /// Of each text, two words of 64 bits.
        case fingerprints
        /// `RecordDate.key`; `Documents.undated` where unknown: 64 bits.
        case dates
        /// Tokens: 32 bits.
        case lengths
        /// Of each document the number of its outlet's name: 32 bits.
        case sources
        /// The names, the empty one first: of each its length and its bytes.
        case names
        /// Of each document where its id ends in `ids`: 64 bits.
        case idEnds
        case ids
        /// Of each document where its record ends in `records`: 64 bits.
        case recordEnds
        /// As `StoredRecord` has them, compressed or not.
        case records

        /// Bytes a document; 0 where that differs.
        var width: Int {
            switch self {
            case .numbers, .lengths, .sources: 4
            case .dates, .idEnds, .recordEnds: 8
            case .fingerprints: 16
            case .names, .ids, .records: 0
            }
        }
    }

    /// As what records are kept: as they are, compressed, or as what is left without their texts.
    enum RecordForm: Int { case plain, packed, withoutText }

    /// Tables of keys, all before the bands: hashes of ids, words of fingerprints, sampled shingles.
    enum Table: Int { case ids, fingerprints, samples }
    static let tablesBeforeBands = 3

    var documents = 0
    var form = RecordForm.plain
    /// By section.
    var starts = [Int](repeating: 0, count: Section.allCases.count)
    var sizes = [Int](repeating: 0, count: Section.allCases.count)
    /// By table.
    var tables: [KeyPages] = []

    init(documents: Int) { self.documents = documents }

    var bands: Int { tables.count - Self.tablesBeforeBands }

    /// Its last word counts those before.
    var words: [UInt64] {
        var words = [documents, form.rawValue] + zip(starts, sizes).flatMap { [$0, $1] }
        for table in tables { words += [table.firstPage, table.pageCount] }
        return (words + [words.count]).map { UInt64($0).littleEndian }
    }

    /// As a file tells it; each number is checked against the file.
    init(_ reader: PageReader) throws(StoreError) {
        let bytes = reader.file.name.bytes
        let damage = StoreError(path: reader.file.path, .damaged("it does not say where things are"))
        guard bytes >= 8 else { throw damage }
        let count = try reader.values(UInt64.self, at: bytes - 8, 0..<1)[0]
        let fixed = 2 + 2 * Section.allCases.count
        guard count <= 1024, count >= UInt64(fixed + 2 * Self.tablesBeforeBands), (Int(count) - fixed) % 2 == 0,
            bytes >= 8 * (Int(count) + 1)
        else { throw damage }
        let words = try reader.values(UInt64.self, at: bytes - 8 * (Int(count) + 1), 0..<Int(count))
        guard words.allSatisfy({ $0 <= UInt64(bytes) }) else { throw damage }
        documents = Int(words[0])
        guard documents <= 1 << KeyPages.mostPlaceBits, let form = RecordForm(rawValue: Int(words[1])) else {
            throw damage
        }
        self.form = form
        for section in Section.allCases {
            let start = Int(words[2 + 2 * section.rawValue]), size = Int(words[3 + 2 * section.rawValue])
            guard start + size <= bytes, section.width == 0 || size == section.width * documents else { throw damage }
            starts[section.rawValue] = start
            sizes[section.rawValue] = size
        }
        for at in stride(from: fixed, to: Int(count), by: 2) {
            let first = Int(words[at]), pages = Int(words[at + 1])
            guard (first + pages) * PageReader.pageSize <= bytes else { throw damage }
            tables.append(KeyPages(firstPage: first, pageCount: pages, documents: documents))
        }
    }
}

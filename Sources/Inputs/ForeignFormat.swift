import Records

extension ForeignFormat {
    /// By the extension, whatever it is compressed with.
    init?(named path: String) {
        switch PathName.fileExtension(Compression.inner(path)) {
        case "parquet": self = .parquet
        case "7z", "rar": self = .archive
        default: return nil
        }
    }

    private static let magic: [(bytes: [UInt8], format: ForeignFormat)] = [
        (Array("PAR1".utf8), .parquet), (Array("ARROW1".utf8), .arrow), (Array("FEA1".utf8), .arrow),
        (Array("Obj\u{1}".utf8), .avro), (Array("SQLite format 3\0".utf8), .sqlite), (Array("%PDF-".utf8), .pdf),
        (Array("{\\rtf".utf8), .rtf), (Array("WARC/".utf8), .warc),
        (Array("7z\u{BC}\u{AF}".unicodeScalars.map { UInt8($0.value) }), .archive),
        (Array("Rar!".utf8), .archive), ([0xD0, 0xCF, 0x11, 0xE0], .oldWord), ([0x80, 0x03], .pickle),
        ([0x80, 0x04], .pickle), ([0x80, 0x05], .pickle),
    ]

    /// By first bytes that none of the formats begins with.
    init?(head: some Collection<UInt8>) {
        if let known = Self.magic.first(where: { head.starts(with: $0.bytes) }) {
            self = known.format
            return
        }
        let start = head.prefix(2048).drop { $0.isJSONSpace || byteOrderMark.contains($0) }
        guard start.first == UInt8(ascii: "<") else { return nil }
        let text = String(decoding: start, as: UTF8.self).lowercased()
        let isMarkup = text.dropFirst().first.map { $0.isLetter || "!?".contains($0) } ?? false
        guard isMarkup else { return nil }
        let isFeed = ["<rss", "<feed", "<rdf:rdf"].contains { text.contains($0) }
        self = isFeed ? .feed : text.contains("<html") || text.contains("<!doctype html") ? .html : .xml
    }

    /// By the name of a member of a zip archive that is a document.
    init?(member name: String) {
        switch name {
        case "word/document.xml": self = .word
        case "xl/workbook.xml": self = .excel
        case "META-INF/container.xml": self = .epub
        case "META-INF/manifest.xml": self = .openDocument
        default: return nil
        }
    }
}

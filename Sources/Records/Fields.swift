/// The names under which a record's fields are looked for; the first that is present with a usable value wins.
public struct Fields: Sendable, Equatable {
    public var text, id, title, date, source, language, url: [String]
    /// Of JSON that is one object around its records: the path of the array that holds them, where there are several.
    public var records: String?
    /// Of a table without a row of names: the column, counted from 1, that holds the text. Other names are numbers then, too.
    public var textColumn: Int?

    public init(
        text: [String], id: [String] = [], title: [String] = [], date: [String] = [], source: [String] = [],
        language: [String] = [], url: [String] = []
    ) {
        self.text = text
        self.id = id
        self.title = title
        self.date = date
        self.source = source
        self.language = language
        self.url = url
    }

    /// Text, id, title, date, source, language, url.
    package var byRole: [[String]] { [text, id, title, date, source, language, url] }
    package static let roleCount = 7

    /// The names that news crawlers and news APIs use.
    public static let standard = Fields(
        text: ["text", "maintext", "body", "content", "article"],
        id: ["id", "doc_id", "uri", "url"],
        title: ["title", "headline"],
        date: [
            "published_at", "date_publish", "publishedAt", "publish_date", "pubDate", "date_published", "date",
            "dateTime",
            "created_at", "timestamp",
        ],
        source: ["source", "source_domain", "domain", "publication"],
        language: ["language", "lang"],
        url: ["url", "link"])
}

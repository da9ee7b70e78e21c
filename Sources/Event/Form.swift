import Background

/// Forms: market tables, results, lists of names. They tell no event, however much two of them have in common.
///
/// Prose of any kind needs the few words that hold a language together; what is filled in or lined up does without most
/// of them. Short texts vary more, so they must have fewer; one of less than twenty words may have none.
enum Form {
    /// Of what general text has of such words, what the shortest and the longest prose still has of them.
    private static let leastShare = 0.42, perRootLength = 1.8

    static func isForm(_ counts: TermCounts, length: Int, _ table: FrequencyTable?) -> Bool {
        guard let table, table.tellsForms else { return false }
        let least =
            table.functionShare * (leastShare - perRootLength / Double(max(length, 1)).squareRoot())
        return counts.share(upTo: FrequencyTable.functionWord) < least
    }
}

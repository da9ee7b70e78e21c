import Background

/// Documents of before that new ones may report the same event as, and the new ones: first those that have weights, with
/// the pairs that they made when they got them, then those that have none yet.
///
/// Of a document with weights the terms stay in memory where one of the others could be compared with it: thousands of
/// documents are gone through for a single new one. So the others are added before.
package struct EventHistory: Sendable {
    private var headers: [TermStore.Header] = []
    private var slabs: [[Term]] = []
    private var ends: [UInt32] = [0]
    /// Of those that have weights, in any order.
    private(set) var pairs: [CandidatePair] = []
    private var others: [(header: TermStore.Header, terms: [Term])] = []
    /// The terms of the others.
    private(set) var asked = AskedTerms()
    /// Of these terms in those that have weights.
    private(set) var frequencies = DocumentFrequencies()

    package init() {}

    package var count: Int { headers.count + others.count }
    /// How many have weights.
    package var weighed: Int { headers.count }

    /// Whether a document that was kept has weights, by its header.
    package static func isWeighed(_ header: ArraySlice<UInt64>) -> Bool { TermStore.Header.isWeighed(header) }

    /// Adds a document that is weighed for the first time.
    package mutating func append(_ document: EventDocument) {
        append(TermStore.Header(document), document.terms.terms)
    }

    /// Adds a document that was kept.
    ///
    /// - Returns: whether it can be one; it is not added else.
    package mutating func append(header: ArraySlice<UInt64>, terms: ArraySlice<UInt64>) -> Bool {
        guard let read = TermStore.Header(header) else { return false }
        let isWeighed = TermStore.Header.isWeighed(header)
        return terms.withUnsafeBufferPointer { words in
            words.withMemoryRebound(to: Term.self) { terms in
                let look = asked.look(through: terms)
                guard look.isAscending else { return false }
                if !isWeighed {
                    append(read, Array(terms))
                } else {
                    let none = UnsafeBufferPointer(rebasing: terms[..<0])
                    frequencies.add(look.isAsked ? terms : none, read.language, asked)
                    Self.append(read, look.isFound ? terms : none, &headers, &slabs, &ends)
                }
                return true
            }
        }
    }

    private mutating func append(_ header: TermStore.Header, _ terms: [Term]) {
        precondition(weighed == 0, "those without weights are added first")
        others.append((header, terms))
        terms.withUnsafeBufferPointer { asked.insert($0) }
    }

    private static func append(
        _ header: TermStore.Header, _ terms: UnsafeBufferPointer<Term>, _ headers: inout [TermStore.Header],
        _ slabs: inout [[Term]], _ ends: inout [UInt32]
    ) {
        if headers.count % TermSlab.size == 0 { slabs.append([]) }
        headers.append(header)
        slabs[slabs.count - 1].append(contentsOf: terms)
        ends.append(UInt32(slabs[slabs.count - 1].count))
    }

    /// Adds a pair of two of those that have weights.
    ///
    /// - Returns: whether it can be one.
    package mutating func append(_ pair: KeptReport.Pair, of document: Int) -> Bool {
        let (first, second) = (min(pair.other, document), max(pair.other, document))
        let most = Int32(CandidatePair.most * SimilarPair.unit)
        guard first >= 0, first < second, second < weighed, (-most...most).contains(pair.alone),
            (-most...most).contains(pair.part)
        else { return false }
        pairs.append(CandidatePair(first, second, rawAlone: pair.alone, rawPart: pair.part))
        return true
    }

    /// All documents; they are not here any more.
    mutating func takeStore() -> TermStore {
        for (header, terms) in others {
            terms.withUnsafeBufferPointer { Self.append(header, $0, &headers, &slabs, &ends) }
        }
        defer { (headers, slabs, ends, others) = ([], [], [0], []) }
        return TermStore(headers: headers, slabs: slabs, ends: ends)
    }
}

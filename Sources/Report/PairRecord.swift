import DedupKit
import JSON
public import Output

extension JSONWriter {
    /// The fields of a `pair` record that say what two texts have in common.
    mutating func fields(of overlap: PassageOverlap) {
        field("share_a", overlap.a.share)
        field("share_b", overlap.b.share)
        field("longest_run", overlap.longestRun)
        key("passages")
        array { json in
            for passage in overlap.passages {
                json.object { json in
                    json.field("a", passage.a)
                    json.field("b", passage.b)
                    json.field("tokens", passage.equalTokens)
                    if passage.isBoilerplate { json.field("boilerplate", true) }
                    let differences = passage.pieces.filter { $0.kind != .equal }
                    guard !differences.isEmpty else { return }
                    json.key("differences")
                    json.array { json in
                        for piece in differences {
                            json.object { json in
                                json.field("kind", piece.kind.rawValue)
                                json.field("a", piece.a)
                                json.field("b", piece.b)
                            }
                        }
                    }
                }
            }
        }
    }

    mutating func field(of facts: FactOverlap) {
        key("facts")
        array { json in
            for fact in facts.facts {
                json.object { json in
                    json.field("kind", fact.kind.rawValue)
                    json.field("text", fact.text)
                    json.field("weight", fact.weight)
                    json.key("a")
                    json.array { json in for place in fact.a { json.range(place) } }
                    json.key("b")
                    json.array { json in for place in fact.b { json.range(place) } }
                }
            }
        }
    }

    private mutating func field(_ name: String, _ range: Range<Int>) {
        key(name)
        self.range(range)
    }

    private mutating func range(_ range: Range<Int>) {
        array { json in
            json.number(range.lowerBound)
            json.number(range.upperBound)
        }
    }
}

/// A comparison as JSON Lines: `run` and `pair`. docs/output.md is the schema.
public enum ComparisonJSONLinesReport {
    public static func write(_ comparison: Comparison, to output: OutputFile) throws(OutputError) {
        var records = RecordWriter(output)
        try records.add("run") { json in
            json.field("version", dedupVersion)
            json.field("schema", JSONLinesReport.schema)
            json.field("command", "compare")
        }
        try records.add("pair") { json in
            let overlap = comparison.overlap
            json.field("a", comparison.a.name)
            json.field("b", comparison.b.name)
            json.field("jaccard", overlap.shingles.jaccard)
            json.field("containment_a", overlap.shingles.containmentA)
            json.field("containment_b", overlap.shingles.containmentB)
            json.fields(of: overlap)
            json.field(of: comparison.facts)
        }
        try records.flush()
    }
}

import Glibc
import Testing

/// Compares with `Golden/NAME`. `DEDUP_RENEW_GOLDEN=1 swift test --filter dedupTests` writes the files instead: look at
/// what `git diff` says before committing them.
func expectGolden(_ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let path = "\(Place.golden)/\(name)"
    if getenv("DEDUP_RENEW_GOLDEN") != nil {
        let file = fopen(path, "wb")!
        fputs(text, file)
        fclose(file)
        return
    }
    let golden = Scratch.read(path).map { String(decoding: $0, as: UTF8.self) }
    guard let golden else {
        Issue.record("Golden/\(name) is missing: run with DEDUP_RENEW_GOLDEN=1", sourceLocation: sourceLocation)
        return
    }
    guard text != golden else { return }
    let (is_, was) = (lines(text), lines(golden))
    let at = zip(is_, was).enumerated().first { $1.0 != $1.1 }?.offset ?? min(is_.count, was.count)
    Issue.record(
        """
        Golden/\(name), line \(at + 1)
          golden: \(at < was.count ? was[at] : "no such line")
          now:    \(at < is_.count ? is_[at] : "no such line")
        """, sourceLocation: sourceLocation)
}

private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

public import MinHash

/// Pages of one form: a weather page, a rubric, a greeting that an outlet fills in anew each time.
///
/// Three texts or more of one outlet share one passage, and each has a rest of its own beside it. A story that an
/// outlet runs again has no such rest: the shorter version is in the longer one. Boilerplate is found by how often it
/// recurs; this is how a form shows that recurs three to ten times.
public enum PageForm {
    /// Of each link, whether it is one of a form.
    ///
    /// - Parameter sources: of each item, the number of its source, 0 for none.
    public static func areLinks(_ links: [CopyLink<OfItem>], sources: [UInt32]) -> [Bool] {
        var ofItem: [ItemNumber: [Int]] = [:]
        for (number, link) in links.enumerated() where link.haveRests {
            guard sources[link.a.index] != 0, sources[link.a.index] == sources[link.b.index] else { continue }
            ofItem[link.a, default: []].append(number)
            ofItem[link.b, default: []].append(number)
        }
        var areLinks = [Bool](repeating: false, count: links.count)
        for (item, numbers) in ofItem where numbers.count > 1 {
            var passages: [(parts: UInt64, links: [Int])] = []
            for number in numbers {
                let parts = links[number].a == item ? links[number].partsOfA : links[number].partsOfB
                if let known = passages.firstIndex(where: { isSamePassage($0.parts, parts) }) {
                    passages[known].links.append(number)
                } else {
                    passages.append((parts, [number]))
                }
            }
            for passage in passages where passage.links.count > 1 {
                for number in passage.links { areLinks[number] = true }
            }
        }
        return areLinks
    }

    private static func isSamePassage(_ a: UInt64, _ b: UInt64) -> Bool {
        (a & b).nonzeroBitCount * 10 >= 8 * (a | b).nonzeroBitCount
    }
}

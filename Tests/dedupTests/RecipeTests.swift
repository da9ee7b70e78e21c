import Testing

/// docs/recipes.md, as it stands.
@Suite struct RecipeTests {
    private let scratch = Scratch()
    private static let hasTools = ["gzip", "awk", "realpath"].allSatisfy { Place.command($0) != nil }

    private func run(_ recipe: String) throws -> Tool.Run {
        let run = try Tool.shell("Tools/recipe \(recipe) \"$DEDUP\" \(scratch.path)/run")
        #expect(run.code == 0, "\(run.talk)")
        return run
    }

    @Test(.enabled("needs gzip and awk") { hasTools })
    func newsroom() throws {
        _ = try run("newsroom")
        let isPage = scratch.text("run/report.html").hasPrefix("<!doctype html>")
        #expect(isPage)
        #expect(scratch.text("run/groups.tsv").split(separator: "\n").count == 62)
        #expect(try !Records(scratch.read("run/copies.jsonl"))("pair").isEmpty)
        let clusters = try Tool.shell("gzip -dc run/clusters.jsonl.gz", in: scratch.path)
        #expect(try Records(clusters).ids.count == 61)
    }

    @Test(.enabled("needs gzip and awk") { hasTools })
    func syndication() throws {
        _ = try run("syndication")
        let copies = scratch.text("run/copies.tsv").split(separator: "\n").map { $0.split(separator: "\t") }
        let today = scratch.text("run/today.jsonl")
        #expect(copies.count > 3)
        for copy in copies {
            #expect(copy.count == 4 && today.contains("\"\(copy[0])\""), "\(copy)")
            #expect(["exact", "near", "abridged", "embedded", "reprint"].contains(copy[2]), "\(copy)")
        }
    }

    @Test(.enabled("needs gzip and awk") { hasTools })
    func morning() throws {
        _ = try run("morning")
        let days = (0..<7).map { scratch.text("run/flags-\($0).csv").split(separator: "\n") }
        #expect(days.map(\.count) == [10, 10, 10, 10, 10, 10, 8])
        #expect(days.allSatisfy { $0[0].hasPrefix("id,standing,exact,near,copy,event,status,of,relation,") })
        // Later days have copies of what came before.
        let copies = days.flatMap { $0.dropFirst() }.filter { $0.contains(",copy,") }
        #expect(copies.count > 8)
        let isPage = scratch.text("run/week.html").hasPrefix("<!doctype html>")
        #expect(isPage)
        #expect(scratch.text("run/moved-by-adding.tsv").isEmpty)
        #expect(scratch.text("run/moved.tsv").hasPrefix("id\tlevel\tfrom\tto\n"))
        #expect(scratch.text("run/before.tsv").split(separator: "\n").count == 62)
        let check = try Tool.run(["index", "check", "copy-of-news.index"], in: scratch.path + "/run")
        #expect(check.code == 0 && check.said.hasSuffix(" stories, all as they were written\n"), "\(check.said)")
    }

    @Test(.enabled("needs gzip and awk") { hasTools })
    func training() throws {
        let talk = try run("training")
        #expect(
            talk.text.contains("61 documents, ")
                && talk.text.hasSuffix("\n0 would go (0.0 %)\n0 bytes would go (0.0 %)\n"))
        let kept = try Tool.shell(
            "gzip -dc clean/crawl/en/0.jsonl.gz | cat - clean/crawl/1.jsonl | wc -l", in: scratch.path + "/run")
        #expect(kept.text == "48\n")
    }

    @Test(.enabled("needs gzip and awk") { hasTools })
    func everyRecipeIsATarget() throws {
        let page = String(decoding: try #require(Scratch.read(Place.root + "/docs/recipes.md")), as: UTF8.self)
        let makefile = String(decoding: try #require(Scratch.read(Place.root + "/Makefile")), as: UTF8.self)
        let names = page.matches(of: /\n```sh ([a-z]+)\n/).map(\.1)
        #expect(names == ["newsroom", "syndication", "morning", "training"])
        for name in names { #expect(makefile.contains("\nrecipe-\(name): ##"), "\(name)") }
    }
}

import DedupKit
import Corpus
@main struct Main { static func main() throws {
  var p = Parameters(); let args = CommandLine.arguments
  p.level = Level(rawValue: args[1])!; p.threads = Int(args[2])!; p.timesStages = args.count > 5 ; p.pairs = args[4] == "pairs"; p.linkage = args[4] == "single" ? .single : .star
  let inputs = try InputSet(paths: [args[3]])
  let pipe = Pipeline(p); let c = pipe.run(inputs)
  print(c.documents.count, c.problems.count, c.pairs.count, c.levels.map { l in "\(l) \(Set(c.labels[l]!).count)" })
  for s in Stage.allCases { print(s, pipe.stages[s]) }
} }

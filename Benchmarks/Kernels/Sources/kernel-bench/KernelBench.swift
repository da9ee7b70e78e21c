import Glibc

@main
struct KernelBench {
    static let usage = """
        kernel-bench accuracy [PAIRS]    error of the estimated similarity, four sketches (4000 random pairs a cell)
        kernel-bench speed [ROUNDS]      nanoseconds a shingle of the sketches, least of ROUNDS (500)
        kernel-bench kernels [ROUNDS]    every kernel on every instruction set of this CPU, least of ROUNDS (500)
        kernel-bench banding [CORPUS]    S-curves; candidates and recall on a JSON Lines corpus

        """

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let count = arguments.dropFirst().first.flatMap { Int($0) }
        switch arguments.first {
        case "accuracy": Accuracy(pairs: count ?? 4000).print()
        case "speed": SketchSpeed(rounds: count ?? 500).print()
        case "kernels": KernelSpeed(rounds: count ?? 500).print()
        case "banding":
            BandingQuality.printCurve()
            if arguments.count > 1 { try BandingQuality(path: arguments[1]).print() }
        default:
            Swift.print(usage, terminator: "")
            exit(2)
        }
    }
}

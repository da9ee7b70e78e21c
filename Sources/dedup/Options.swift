import ArgumentParser
import DedupKit
import Glibc
import Inputs
import Output
import Report

extension Level: ExpressibleByArgument {}
extension DateOrder: ExpressibleByArgument {}

struct OutputOptions: ParsableArguments {
    @Option(
        help: "How to write the result. (default: as the name of the file says; text on a terminal, jsonl elsewhere)")
    var format: Format?
    @Option(
        name: .shortAndLong, help: ArgumentHelp("Where the result goes: complete, or not at all.", valueName: "file"),
        completion: .file())
    var output: String?
    @Option(help: ArgumentHelp("When to use colour.", valueName: "when"))
    var color = ColorChoice.auto
    @Option(
        help: ArgumentHelp("Write the seconds spent in each stage to a file, as JSON.", valueName: "file"),
        completion: .file())
    var stats: String?
    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    func validate() throws {
        if output == "" || stats == "" {
            throw ValidationError("\(stats == "" ? "--stats" : "-o") needs the name of a file.")
        }
        if let stats, stats == output { throw ValidationError("-o and --stats need different files.") }
    }

    /// Makes sure before hours of work that the result can be written, and that it does not overwrite what it is
    /// made from.
    func open(besides inputs: InputSet) throws -> OutputFile {
        try inputs.refuseOverwriting([file, stats])
        do { return try OutputFile(file) } catch { throw Failure(.cannotWrite, error) }
    }

    /// Whether the name of the file asks for a page.
    var isPage: Bool { format == nil && file.map(PathName.fileExtension) == "html" }

    /// Nil for standard output.
    private var file: String? { output == "-" ? nil : output }

    var chosenFormat: Format {
        format ?? file.flatMap(Format.init(ofFile:)) ?? (file == nil && Terminal.isOutput ? .text : .jsonl)
    }

    var style: TextStyle {
        guard file == nil, Terminal.isOutput else { return TextStyle(isColoured: color == .always) }
        return TextStyle(width: Terminal.width, isColoured: color.isOn)
    }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never

    var isOn: Bool {
        switch self {
        case .auto: Terminal.isOutput && !Terminal.wantsNoColour
        case .always: true
        case .never: false
        }
    }
}

enum Thresholds {
    static func check(_ near: Double) throws {
        guard near > 0, near <= 1 else { throw ValidationError("--threshold is above 0 and at most 1.") }
    }
}

struct EventOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Least average score, 0 to 1, of the reports of an event.", valueName: "score"))
    var eventThreshold = Definition().event.threshold
    @Option(help: ArgumentHelp("Most days between two reports of an event that have dates.", valueName: "days"))
    var window = Definition().event.window

    func validate() throws {
        guard eventThreshold > 0, eventThreshold <= 1 else {
            throw ValidationError("--event-threshold is above 0 and at most 1.")
        }
        guard window >= 0, window.isFinite else {
            throw ValidationError("--window is a number of days, 0 or more.")
        }
    }

    var parameters: EventParameters {
        var parameters = EventParameters()
        parameters.threshold = eventThreshold
        parameters.window = window
        return parameters
    }
}

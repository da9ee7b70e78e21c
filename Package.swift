// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order a document meets them; each imports only what stands above it.
let package = Package(
    name: "dedup",
    products: [
        .library(name: "Shingle", targets: ["Shingle"]),
        .library(name: "MinHash", targets: ["MinHash"]),
        .library(name: "Inputs", targets: ["Inputs"]),
        .library(name: "DedupKit", targets: ["DedupKit"]),
        .library(name: "Index", targets: ["Index"]),
        .library(name: "Report", targets: ["Report"]),
        .library(name: "Page", targets: ["Page"]),
        .library(name: "Evaluation", targets: ["Evaluation"]),
        // The door for C: header Sources/CDedup/include/dedup.h.
        .library(name: "dedup_c", type: .dynamic, targets: ["Door"]),
        .executable(name: "dedup", targets: ["dedup"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .target(name: "CDedupKernels", exclude: ["data"], linkerSettings: [.linkedLibrary("utf8proc")]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive"), .linkedLibrary("z")]),
        .systemLibrary(name: "CNettle"),
        .systemLibrary(name: "CUchardet"),
        .systemLibrary(name: "CXXHash"),
        .systemLibrary(name: "CZstd"),
        .target(name: "Workers"),
        .target(name: "Tables"),
        .target(name: "Columns"),
        .target(name: "Shingle", dependencies: ["CDedupKernels", "Tables"]),
        .target(name: "CBackground", exclude: ["README.md", "data"]),
        .target(name: "Background", dependencies: ["CBackground", "Shingle", "Tables"]),
        .target(name: "JSON", dependencies: ["CSimdjson"]),
        .target(name: "Dates"),
        .target(name: "Records", dependencies: ["Columns", "Shingle", "Tables"]),
        .target(
            name: "Inputs",
            dependencies: ["CArchive", "CSimdjson", "CUchardet", "Columns", "JSON", "Records", "Workers"]),
        .target(name: "MinHash", dependencies: ["CDedupKernels", "Columns", "Tables"]),
        .target(name: "Containment", dependencies: ["CDedupKernels", "Columns", "MinHash", "Tables", "Workers"]),
        .target(name: "Overlap", dependencies: ["CDedupKernels", "Containment", "MinHash", "Shingle", "Tables"]),
        .target(name: "Cluster", dependencies: ["MinHash", "Overlap", "Shingle", "Tables"]),
        .target(name: "Event", dependencies: ["Background", "CDedupKernels", "Tables", "Workers"]),
        .target(name: "Facts", dependencies: ["Background", "CDedupKernels", "Shingle", "Tables"]),
        .target(
            name: "Stages",
            dependencies: [
                "Background", "Cluster", "Columns", "Containment", "Dates", "Event", "MinHash", "Overlap", "Records",
                "Shingle", "Tables", "Workers",
            ]),
        .target(
            name: "DedupKit",
            dependencies: [
                "Background", "Cluster", "Columns", "Containment", "Dates", "Event", "Facts", "MinHash", "Overlap",
                "Records", "Shingle", "Stages", "Tables", "Workers",
            ]),
        .target(name: "Store", dependencies: ["CXXHash"]),
        .target(
            name: "Index",
            dependencies: [
                "CZstd", "Columns", "Containment", "Dates", "DedupKit", "Event", "JSON", "MinHash", "Overlap",
                "Records", "Shingle", "Stages", "Store", "Tables", "Workers",
            ]),
        .target(name: "Output", dependencies: ["CArchive"]),
        .target(
            name: "Report",
            dependencies: ["CNettle", "Dates", "DedupKit", "Index", "Inputs", "JSON", "Output", "Workers"]),
        .target(name: "CPage", exclude: ["page"]),
        .target(
            name: "Page",
            dependencies: [
                "Background", "CNettle", "CPage", "Dates", "DedupKit", "Facts", "JSON", "Output", "Records", "Report",
                "Tables", "Workers",
            ]),
        .target(name: "Evaluation", dependencies: ["JSON", "Records"]),
        .target(name: "CDedup"),
        .target(name: "Arrow", dependencies: ["CDedup", "Dates", "Records", "Tables"]),
        .target(
            name: "Door",
            dependencies: [
                "Arrow", "CDedup", "Columns", "DedupKit", "Evaluation", "Page", "Records", "Report", "Stages", "Tables",
                "Workers",
            ]),
        .executableTarget(
            name: "dedup",
            dependencies: [
                "Columns", "DedupKit", "Evaluation", "Index", "Inputs", "JSON", "Output", "Page", "Records", "Report",
                "Workers", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Fits the weights of the event model; see `make fit`.
        .executableTarget(
            name: "fit", dependencies: ["DedupKit", "Event", "Inputs", "Workers"], path: "Tools/Fit"),
        .target(
            name: "CTestArchive", path: "Tests/CTestArchive", linkerSettings: [.linkedLibrary("archive")]),
        .target(name: "TestSupport", dependencies: ["CDedupKernels", "CTestArchive"], path: "Tests/TestSupport"),
        .testTarget(name: "HouseTests"),
        .testTarget(name: "KernelTests", dependencies: ["CDedupKernels", "TestSupport"]),
        .testTarget(name: "WorkersTests", dependencies: ["Workers", "TestSupport"]),
        .testTarget(name: "TablesTests", dependencies: ["Tables", "TestSupport"]),
        .testTarget(name: "ColumnsTests", dependencies: ["Columns", "TestSupport"]),
        .testTarget(name: "ShingleTests", dependencies: ["Shingle", "TestSupport"]),
        .testTarget(name: "DatesTests", dependencies: ["Dates", "TestSupport"]),
        .testTarget(name: "RecordsTests", dependencies: ["Columns", "Inputs", "Records", "TestSupport"]),
        .testTarget(name: "InputsTests", dependencies: ["Columns", "CSimdjson", "Inputs", "Records", "TestSupport"]),
        .testTarget(name: "MinHashTests", dependencies: ["Columns", "MinHash", "TestSupport"]),
        .testTarget(
            name: "ContainmentTests", dependencies: ["Columns", "Containment", "Tables", "TestSupport", "Workers"]),
        .testTarget(name: "OverlapTests", dependencies: ["Overlap", "Shingle", "TestSupport"]),
        .testTarget(name: "ClusterTests", dependencies: ["Cluster", "MinHash", "Overlap", "Shingle", "TestSupport"]),
        .testTarget(name: "EventTests", dependencies: ["Background", "Evaluation", "Event", "TestSupport", "Workers"]),
        .testTarget(name: "FactsTests", dependencies: ["Background", "Facts", "Shingle", "TestSupport"]),
        .testTarget(
            name: "CopyTests",
            dependencies: [
                "Cluster", "Columns", "DedupKit", "Inputs", "MinHash", "Overlap", "Shingle", "Tables", "TestSupport",
            ]),
        .testTarget(
            name: "DedupKitTests",
            dependencies: ["Cluster", "Columns", "DedupKit", "Inputs", "MinHash", "Records", "Shingle", "TestSupport"]),
        .testTarget(name: "ArrowTests", dependencies: ["Arrow", "CDedup", "DedupKit", "TestSupport"]),
        .testTarget(
            name: "FilterTests", dependencies: ["DedupKit", "Inputs", "Output", "Report", "Shingle", "TestSupport"]),
        .testTarget(
            name: "PageTests",
            dependencies: [
                "DedupKit", "Inputs", "JSON", "Output", "Overlap", "Page", "Records", "Report", "TestSupport",
                "Workers",
            ]),
        .testTarget(name: "ReportTests", dependencies: ["DedupKit", "Output", "Report", "TestSupport"]),
        .testTarget(name: "StoreTests", dependencies: ["Store", "TestSupport"]),
        .testTarget(
            name: "IndexTests", dependencies: ["DedupKit", "Index", "Inputs", "Store", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "Records", "TestSupport"]),
        .testTarget(name: "dedupTests", dependencies: ["Evaluation", "TestSupport", "dedup"], exclude: ["Golden"]),
    ],
    cxxLanguageStandard: .cxx17
)

// A short run of some suites builds no others: DEDUP_TESTS=InputsTests,PageTests.
let wanted = Context.environment["DEDUP_TESTS", default: ""].split(separator: ",").map(String.init)
if !wanted.isEmpty {
    package.targets.removeAll { $0.type == .test && !wanted.contains($0.name) }
}

// `make lint` takes what these warn of for errors.
let inC = ["CArchive", "CBackground", "CDedup", "CDedupKernels", "CPage", "CSimdjson", "CTestArchive"]
for target in package.targets where inC.contains(target.name) {
    target.cSettings = [.enableWarning("all"), .enableWarning("extra")]
    target.cxxSettings = [.enableWarning("all"), .enableWarning("extra")]
}

// Each use of a pointer is marked in Swift, but where texts are scanned and counted in plain memory and every line
// would be: what these lend to others is marked there.
let hot = ["Shingle", "MinHash", "Containment", "Overlap", "Event"]
let inSwift = package.targets.filter { $0.path == nil && $0.type != .test && $0.type != .system }
for target in inSwift where !(hot + inC).contains(target.name) { target.swiftSettings = [.strictMemorySafety()] }

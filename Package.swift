// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order a document meets them; each imports only what stands above it.
let package = Package(
    name: "dedup",
    products: [
        .library(name: "Shingle", targets: ["Shingle"]),
        .library(name: "MinHash", targets: ["MinHash"]),
        .library(name: "DedupKit", targets: ["DedupKit", "Report", "Page", "Evaluation"]),
        .executable(name: "dedup", targets: ["dedup"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .target(name: "CDedupKernels", linkerSettings: [.linkedLibrary("utf8proc")]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("archive"), .linkedLibrary("z")]),
        .systemLibrary(name: "CCSV"),
        .systemLibrary(name: "CNettle"),
        .target(name: "Workers"),
        .target(name: "Spill"),
        .target(name: "Corpus", dependencies: ["CArchive", "CCSV", "CSimdjson", "Spill", "Workers"]),
        .target(name: "Shingle", dependencies: ["CDedupKernels"]),
        .target(name: "MinHash", dependencies: ["CDedupKernels", "Spill"]),
        .target(name: "Overlap", dependencies: ["CDedupKernels", "Shingle", "MinHash"]),
        .target(name: "Cluster", dependencies: ["MinHash", "Overlap"]),
        .target(name: "CBackground", exclude: ["README.md", "data"]),
        .target(name: "Event", dependencies: ["CBackground", "CDedupKernels", "Workers"]),
        .target(name: "Facts", dependencies: ["CDedupKernels", "Shingle", "Event"]),
        .target(name: "Evaluation", dependencies: ["Corpus"]),
        .target(
            name: "DedupKit",
            dependencies: ["Corpus", "Shingle", "MinHash", "Overlap", "Cluster", "Event", "Facts", "Workers", "Spill"]),
        .target(name: "Report", dependencies: ["CArchive", "CNettle", "CSimdjson", "DedupKit", "Spill", "Workers"]),
        .target(name: "CPage", exclude: ["page"]),
        .target(
            name: "Page",
            dependencies: [
                "CNettle", "CPage", "Corpus", "DedupKit", "Facts", "Overlap", "Report", "Shingle", "Workers",
            ]),
        .executableTarget(
            name: "dedup",
            dependencies: [
                "DedupKit", "Report", "Page", "Evaluation",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Fits the weights of the event model; see `make fit`.
        .executableTarget(
            name: "fit", dependencies: ["Corpus", "DedupKit", "Evaluation", "Event", "Workers"], path: "Tools/Fit"),
        .testTarget(
            name: "CopyTests",
            dependencies: ["Corpus", "Shingle", "MinHash", "Overlap", "Cluster", "DedupKit", "Spill", "TestSupport"]),
        .target(
            name: "CTestArchive", path: "Tests/CTestArchive", linkerSettings: [.linkedLibrary("archive")]),
        .target(name: "TestSupport", dependencies: ["CDedupKernels", "CTestArchive"], path: "Tests/TestSupport"),
        .testTarget(name: "KernelTests", dependencies: ["CDedupKernels", "TestSupport"]),
        .testTarget(name: "SpillTests", dependencies: ["Spill", "TestSupport"]),
        .testTarget(name: "ShingleTests", dependencies: ["Shingle", "TestSupport"]),
        .testTarget(name: "MinHashTests", dependencies: ["MinHash", "Spill", "TestSupport"]),
        .testTarget(name: "OverlapTests", dependencies: ["Overlap", "Shingle", "TestSupport"]),
        .testTarget(name: "ClusterTests", dependencies: ["Cluster", "MinHash", "Overlap", "Shingle", "TestSupport"]),
        .testTarget(
            name: "DedupKitTests",
            dependencies: ["Cluster", "Corpus", "DedupKit", "MinHash", "Shingle", "Spill", "TestSupport"]),
        .testTarget(name: "CorpusTests", dependencies: ["Corpus", "CSimdjson", "Spill", "TestSupport"]),
        .testTarget(name: "dedupTests", dependencies: ["dedup", "TestSupport"], exclude: ["Golden"]),
        .testTarget(name: "FactsTests", dependencies: ["Event", "Facts", "Shingle", "TestSupport"]),
        .testTarget(
            name: "FilterTests", dependencies: ["Corpus", "DedupKit", "Report", "Shingle", "TestSupport"]),
        .testTarget(name: "EventTests", dependencies: ["Event", "Evaluation", "TestSupport", "Workers"]),
        .testTarget(
            name: "PageTests",
            dependencies: ["Page", "Corpus", "DedupKit", "Overlap", "Report", "TestSupport", "Workers"]),
        .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "TestSupport"]),
    ],
    cxxLanguageStandard: .cxx17
)

// `make lint` takes what these warn of for errors.
let inC = ["CArchive", "CBackground", "CDedupKernels", "CPage", "CSimdjson", "CTestArchive"]
for target in package.targets where inC.contains(target.name) {
    target.cSettings = [.enableWarning("all"), .enableWarning("extra")]
    target.cxxSettings = [.enableWarning("all"), .enableWarning("extra")]
}

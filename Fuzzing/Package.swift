// swift-tools-version: 6.2
import PackageDescription

// libFuzzer brings `main`.
let package = Package(
    name: "Fuzzing",
    dependencies: [.package(name: "dedup", path: "..")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: ["DedupKit", "Inputs", "Page"].map { .product(name: $0, package: "dedup") },
            path: "Swift",
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ]
)

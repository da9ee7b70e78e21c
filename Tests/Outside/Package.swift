// swift-tools-version: 6.2
import PackageDescription

// As a user's package: each target has one product alone, `Together` has all. `run.py` writes the sources, which are
// the examples of the documentation.
let products = ["Shingle", "MinHash", "Inputs", "DedupKit", "Index", "Report", "Page", "Evaluation"]

func examples(_ name: String, of products: [String]) -> Target {
    .executableTarget(
        name: name + "Examples", dependencies: products.map { .product(name: $0, package: "dedup") },
        path: ".build/examples/" + name, swiftSettings: [.unsafeFlags(["-suppress-warnings"])])
}

let package = Package(
    name: "outside",
    dependencies: [.package(name: "dedup", path: "../..")],
    targets: products.map { examples($0, of: [$0]) } + [examples("Together", of: products)]
)

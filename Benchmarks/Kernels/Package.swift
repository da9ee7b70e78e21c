// swift-tools-version: 6.2
import PackageDescription

// A package of its own: what the measurements need is never resolved by those who use dedup.
let package = Package(
    name: "kernel-bench",
    dependencies: [.package(name: "dedup", path: "../..")],
    targets: [
        .target(name: "CRivals", dependencies: [.product(name: "Shingle", package: "dedup")]),
        .executableTarget(
            name: "kernel-bench",
            dependencies: [
                "CRivals", .product(name: "Shingle", package: "dedup"), .product(name: "MinHash", package: "dedup"),
                .product(name: "Inputs", package: "dedup"),
            ]),
    ]
)

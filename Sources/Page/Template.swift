import CPage

/// A Mustache template of Sources/CPage/page. Values are escaped for HTML text and quoted attributes unless the
/// template says otherwise. For one thread at a time.
@safe final class Template {
    /// What stands for a name in a template.
    enum Value {
        case text(String)
        case utf8([UInt8])
        case truth(Bool)
        case list([Filling])
    }
    typealias Filling = KeyValuePairs<String, Value>

    private let compiled: OpaquePointer

    /// Traps where the text is no template, which tests would have seen.
    init(_ text: cpage_bytes) { unsafe compiled = unsafe cpage_template_create(text)! }

    deinit { unsafe cpage_template_destroy(compiled) }

    /// Appends the filled template.
    func render(_ filling: Filling, to bytes: inout [UInt8]) {
        let data = unsafe cpage_data_create()!
        defer { unsafe cpage_data_destroy(data) }
        unsafe Self.fill(data, filling)
        unsafe withUnsafeMutablePointer(to: &bytes) { bytes in
            unsafe cpage_template_render(compiled, data, bytes) { context, piece, count in
                unsafe context!.assumingMemoryBound(to: [UInt8].self).pointee
                    .append(contentsOf: UnsafeBufferPointer(start: piece, count: count))
            }
        }
    }

    private static func fill(_ data: OpaquePointer, _ filling: Filling) {
        for (name, value) in filling {
            switch value {
            case .text(var text): text.withUTF8 { unsafe cpage_data_set(data, name, $0.baseAddress, $0.count) }
            case .utf8(let bytes):
                unsafe bytes.withUnsafeBufferPointer { unsafe cpage_data_set(data, name, $0.baseAddress, $0.count) }
            case .truth(let truth): unsafe cpage_data_set_truth(data, name, truth)
            // Not left out: the name may stand for something further out.
            case .list(let items) where items.isEmpty: unsafe cpage_data_set_truth(data, name, false)
            case .list(let items): for item in items { unsafe fill(cpage_data_append(data, name), item) }
            }
        }
    }
}

extension Tie {
    var filling: Template.Filling { ["class": "\(rawValue)", "name": "\(name)"] }
}

extension Template.Value: ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral {
    init(stringLiteral text: String) { self = .text(text) }
    init(booleanLiteral truth: Bool) { self = .truth(truth) }
}

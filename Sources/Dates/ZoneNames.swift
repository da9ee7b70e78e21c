/// Names of time zones in news data, with the hours that they are east of UTC: those of North America as RFC 2822 has them,
/// of Europe, and others that name one offset.
enum ZoneNames {
    private static let hours: [String: Double] = [
        "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2,
        "eet": 2, "eest": 3, "msk": 3, "trt": 3, "sast": 2, "ist": 5.5, "pkt": 5, "wib": 7, "ict": 7, "hkt": 8,
        "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
        "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
        "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "brt": -3, "art": -3,
    ]

    /// Seconds east of UTC.
    static func offset(_ name: String) -> Int? { hours[name].map { Int($0 * 3600) } }

    static func isUTC(_ name: String) -> Bool { ["gmt", "utc", "ut"].contains(name) }
}

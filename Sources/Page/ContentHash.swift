import CNettle
import Report

/// SHA-256 in base 64: the form in which a Content-Security-Policy names the only script and style that a browser may
/// run.
func contentHash(_ bytes: [UInt8]) -> String {
    var state = sha256_ctx()
    unsafe nettle_sha256_init(&state)
    unsafe nettle_sha256_update(&state, bytes.count, bytes)
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    unsafe nettle_sha256_digest(&state, digest.count, &digest)
    return base64(digest.span)
}

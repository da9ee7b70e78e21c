import Glibc
import Synchronization

/// Takes an unfinished file away where the process is killed and cannot do it itself: a shell in a session of its own
/// that is told the name, waits for the end of the process, and then looks whether there is one to remove.
///
/// A file cannot get the name of another in one step: first it needs a name of its own. A kill between the two came as
/// often as once in a hundred at random moments, since the disk is busy then.
final class Janitor: Sendable {
    /// Of outputs that are put in place, several threads at a time.
    static let shared = Janitor()

    /// Where names are written to.
    private let socket: Int32
    /// The shell remembers one file.
    private let turn = Mutex<Void>(())

    // POSIX_SPAWN_SETSID is a macro that Swift does not import.
    private static let setSession: Int16 = 0x80
    private static let script =
        #"while IFS= read -r name; do part=$name; done; [ -z "$part" ] || rm -f -- "$part""#

    init() {
        // Not a pipe: should the shell be gone, that must end nothing.
        var ends: [Int32] = [-1, -1]
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue
        guard unsafe socketpair(AF_UNIX, Int32(kind), 0, &ends) == 0 else {
            socket = -1
            return
        }
        socket = ends[0]
        Self.start(reading: ends[1])
        close(ends[1])
    }

    deinit { if socket >= 0 { close(socket) } }

    /// - Parameter part: the file that is to go; nil where there is none any more.
    func watch(_ part: String?) {
        guard part?.utf8.contains(UInt8(ascii: "\n")) != true else { return }
        let line = Array("\(part ?? "")\n".utf8)
        unsafe send(socket, line, line.count, Int32(MSG_NOSIGNAL))
    }

    /// Watches a file while something is done, one after the other.
    func whileWatching<Result>(_ part: String, _ body: () -> Result) -> Result {
        turn.withLock { _ in
            watch(part)
            defer { watch(nil) }
            return body()
        }
    }

    private static func start(reading names: Int32) {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, names, STDIN_FILENO)
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
        }
        // What ends the process, from a terminal also its whole group, must not end the janitor.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawnattr_setflags(&attributes, setSession)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("sh"), strdup("-c"), strdup(script), nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var process: pid_t = 0
        unsafe posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, environ)
    }
}

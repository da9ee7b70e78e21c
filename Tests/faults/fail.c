/// Preloaded, it lets the n-th call of some kind go wrong, and counts all of them.
///
///   FAULT_KIND  an error: EIO, ENOSPC, EMFILE, ENOMEM, EAGAIN, EINTR;
///               "short": less is read or written than was asked; "malloc": there is no memory;
///               "kill": the process is killed before the call; or what happens to FAULT_FILE before a call that has to
///               do with files: it "shrinks" to its half, "changes" a letter for another, "grows" by its first line,
///               "vanishes"
///   FAULT_AT    which call goes wrong, from 1; 0 for none
///   FAULT_LOG   a file that gets the number of calls, and the name of the one that went wrong
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind {
  NONE,
  SHORT,
  INTERRUPTED,
  BROKEN,
  FULL,
  TOO_MANY,
  NO_MEMORY,
  NO_THREAD,
  NO_ALLOCATION,
  KILLED,
  ANOTHER_FILE
};

static const struct {
  const char *name;
  enum kind kind;
  int error;
} kinds[] = {{"short", SHORT, 0},           {"EINTR", INTERRUPTED, EINTR},     {"EIO", BROKEN, EIO},
             {"ENOSPC", FULL, ENOSPC},      {"EMFILE", TOO_MANY, EMFILE},      {"ENOMEM", NO_MEMORY, ENOMEM},
             {"EAGAIN", NO_THREAD, EAGAIN}, {"malloc", NO_ALLOCATION, ENOMEM}, {"kill", KILLED, 0},
             {"shrinks", ANOTHER_FILE, 0},  {"changes", ANOTHER_FILE, 0},      {"grows", ANOTHER_FILE, 0},
             {"vanishes", ANOTHER_FILE, 0}};

static enum kind wanted;
static char what;  // happens to the file: the first letter
static int error_number;
static long at;
static atomic_long calls;
static const char *_Atomic failed;
static pid_t owner;  // of the log

__attribute__((constructor)) static void begin(void) {
  char *kind = getenv("FAULT_KIND");
  const char *place = getenv("FAULT_AT");
  if (!kind || !*kind) return;
  at = place ? atol(place) : 0;
  what = *kind;
  owner = getpid();
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (!strcmp(kind, kinds[i].name)) wanted = kinds[i].kind, error_number = kinds[i].error;
  // In place, since Swift looks for the arguments beside the environment; what the process starts is spared.
  *kind = '\0';
}

static void tell(void) {
  const char *log = getpid() == owner ? getenv("FAULT_LOG") : NULL;
  char line[100];
  int size = snprintf(line, sizeof line, "%ld %s\n", atomic_load(&calls), failed ? failed : "-");
  int file = log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
  if (file >= 0) syscall(SYS_write, file, line, size), syscall(SYS_close, file);
}

__attribute__((destructor)) static void end(void) { tell(); }

/// Whether this call is the one that goes wrong. That is told at once: the process may not come to its end.
static bool fails(enum kind kind, const char *name) {
  if (kind != wanted || atomic_fetch_add(&calls, 1) + 1 != at) return false;
  failed = name;
  tell();
  errno = error_number;
  return true;
}

/// What happens to the file, by system calls of its own.
static void befall(const char *path) {
  static char bytes[1 << 16];
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR);
  long size = syscall(SYS_pread64, file, bytes, sizeof bytes, 0);
  if (file < 0 || size < 0) abort();
  const char *line = memchr(bytes, '\n', size);
  for (long i = 0; i < size && what == 'c'; i++)
    if (bytes[i] == 'w') bytes[i] = 'v';
  if (what == 's') syscall(SYS_ftruncate, file, size / 2);
  if (what == 'c') syscall(SYS_pwrite64, file, bytes, size, 0);
  if (what == 'g') syscall(SYS_pwrite64, file, bytes, line ? line + 1 - bytes : size, size);
  if (what == 'v') syscall(SYS_unlink, path);
  syscall(SYS_close, file);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static bool any_fails(const enum kind *kinds, size_t count, const char *name) {
  if (kinds[0] != NO_ALLOCATION && fails(KILLED, name)) kill(getpid(), SIGKILL);
  for (size_t i = 0; i < count; i++)
    if (fails(kinds[i], name)) {
      if (kinds[i] != ANOTHER_FILE) return true;
      befall(secure_getenv("FAULT_FILE"));
    }
  return false;
}

#define FAIL(name, result, ...)                                            \
  do {                                                                     \
    const enum kind each[] = {__VA_ARGS__};                                \
    if (any_fails(each, sizeof each / sizeof *each, #name)) return result; \
  } while (0)
/// A call that fails in these ways, with this result.
#define CALL(type, name, parameters, words, result, ...) \
  type name parameters {                                 \
    FAIL(name, result, __VA_ARGS__);                     \
    return REAL(name) words;                             \
  }

/// Standard error is how a fault is told.
static bool is_told(int fd) { return fd == STDERR_FILENO; }
/// How much of `count` bytes a short call does.
static size_t some(size_t count, const char *name) { return count > 1 && fails(SHORT, name) ? count / 2 : count; }

CALL(
    ssize_t, read, (int fd, void *to, size_t count), (fd, to, some(count, "read")), -1, ANOTHER_FILE, INTERRUPTED,
    BROKEN)
CALL(
    ssize_t, pread, (int fd, void *to, size_t count, off_t from), (fd, to, some(count, "pread"), from), -1,
    ANOTHER_FILE, INTERRUPTED, BROKEN)
CALL(
    ssize_t, pwrite, (int fd, const void *from, size_t count, off_t to), (fd, from, some(count, "pwrite"), to), -1,
    ANOTHER_FILE, INTERRUPTED, BROKEN, FULL)
ssize_t write(int fd, const void *from, size_t count) {
  if (is_told(fd)) return REAL(write)(fd, from, count);
  FAIL(write, -1, ANOTHER_FILE, INTERRUPTED, BROKEN, FULL);
  return REAL(write)(fd, from, some(count, "write"));
}

#define OPEN(name, parameters, words)                                       \
  int name parameters {                                                     \
    va_list rest;                                                           \
    va_start(rest, flags);                                                  \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
    va_end(rest);                                                           \
    FAIL(name, -1, ANOTHER_FILE, INTERRUPTED, BROKEN, TOO_MANY, NO_MEMORY); \
    if (flags & (O_CREAT | O_TMPFILE)) FAIL(name, -1, FULL);                \
    return REAL(name) words;                                                \
  }
OPEN(open, (const char *path, int flags, ...), (path, flags, mode))
OPEN(openat, (int folder, const char *path, int flags, ...), (folder, path, flags, mode))
/// Closed all the same, as Linux does.
int close(int fd) {
  int result = REAL(close)(fd);
  FAIL(close, -1, INTERRUPTED, BROKEN, FULL);
  return result;
}
CALL(int, mkstemp, (char *name), (name), -1, BROKEN, FULL, TOO_MANY)
CALL(DIR *, opendir, (const char *path), (path), NULL, BROKEN, TOO_MANY, NO_MEMORY)
CALL(struct dirent *, readdir, (DIR * folder), (folder), NULL, BROKEN)
CALL(int, dup, (int fd), (fd), -1, TOO_MANY)
CALL(int, fstat, (int fd, struct stat *status), (fd, status), -1, ANOTHER_FILE, BROKEN, NO_MEMORY)
CALL(int, stat, (const char *path, struct stat *status), (path, status), -1, ANOTHER_FILE, BROKEN, NO_MEMORY)
CALL(int, lstat, (const char *path, struct stat *status), (path, status), -1, ANOTHER_FILE, BROKEN, NO_MEMORY)
CALL(int, access, (const char *path, int mode), (path, mode), -1, BROKEN, NO_MEMORY)
CALL(ssize_t, readlink, (const char *path, char *to, size_t count), (path, to, count), -1, BROKEN, NO_MEMORY)
CALL(int, statvfs, (const char *path, struct statvfs *status), (path, status), -1, INTERRUPTED, BROKEN, NO_MEMORY)
CALL(off_t, lseek, (int fd, off_t to, int whence), (fd, to, whence), -1, ANOTHER_FILE, BROKEN)
CALL(int, fsync, (int fd), (fd), -1, INTERRUPTED, BROKEN, FULL)
CALL(int, flock, (int fd, int what), (fd, what), -1, INTERRUPTED, BROKEN, NO_MEMORY)
CALL(int, fchmod, (int fd, mode_t mode), (fd, mode), -1, INTERRUPTED, BROKEN)
CALL(int, rename, (const char *from, const char *to), (from, to), -1, BROKEN, FULL)
CALL(
    int, linkat, (int from_folder, const char *from, int to_folder, const char *to, int flags),
    (from_folder, from, to_folder, to, flags), -1, BROKEN, FULL)
CALL(int, unlink, (const char *path), (path), -1, BROKEN, NO_MEMORY)
CALL(int, mkdir, (const char *path, mode_t mode), (path, mode), -1, BROKEN, FULL)
CALL(
    void *, mmap, (void *near, size_t count, int protection, int flags, int fd, off_t from),
    (near, count, protection, flags, fd, from), MAP_FAILED, NO_MEMORY)
CALL(
    int, socketpair, (int domain, int type, int protocol, int ends[2]), (domain, type, protocol, ends), -1, TOO_MANY,
    NO_MEMORY)
CALL(
    int, posix_spawn,
    (pid_t * process, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
     char *const words[], char *const environment[]),
    (process, path, actions, attributes, words, environment), error_number, NO_MEMORY, NO_THREAD)
CALL(
    int, pthread_create, (pthread_t * thread, const pthread_attr_t *attributes, void *(*body)(void *), void *with),
    (thread, attributes, body, with), EAGAIN, NO_THREAD)

// dlsym takes memory itself, so these go by the names that glibc has beside.
#define ALLOCATE(name, parameters, real, words) \
  void *real parameters;                        \
  void *name parameters {                       \
    FAIL(name, NULL, NO_ALLOCATION);            \
    return real words;                          \
  }
ALLOCATE(malloc, (size_t size), __libc_malloc, (size))
ALLOCATE(calloc, (size_t count, size_t size), __libc_calloc, (count, size))
ALLOCATE(realloc, (void *old, size_t size), __libc_realloc, (old, size))
ALLOCATE(aligned_alloc, (size_t alignment, size_t size), __libc_memalign, (alignment, size))
int posix_memalign(void **to, size_t alignment, size_t size) {
  FAIL(posix_memalign, ENOMEM, NO_ALLOCATION);
  return (*to = __libc_memalign(alignment, size)) ? 0 : ENOMEM;
}

/// Preloaded, it lets the n-th call of some kind fail, and counts all of them.
///
///   FAULT_KIND  an error (EIO, ENOSPC, EMFILE, ENOMEM, EAGAIN, EINTR), or "short": less is read or written than was
///   asked FAULT_AT    which call fails, from 1; 0 for none FAULT_LOG   a file that gets the number of calls, and the
///   name of the one that failed
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { NONE, SHORT, INTERRUPTED, BROKEN, FULL, TOO_MANY, NO_MEMORY, NO_THREAD };

static const struct {
  const char *name;
  enum kind kind;
  int error;
} kinds[] = {{"short", SHORT, 0},          {"EINTR", INTERRUPTED, EINTR}, {"EIO", BROKEN, EIO},
             {"ENOSPC", FULL, ENOSPC},     {"EMFILE", TOO_MANY, EMFILE},  {"ENOMEM", NO_MEMORY, ENOMEM},
             {"EAGAIN", NO_THREAD, EAGAIN}};

static enum kind wanted;
static int error_number;
static long at;
static atomic_long calls;
static const char *_Atomic failed;
static pid_t owner;  // of the log

__attribute__((constructor)) static void begin(void) {
  char *kind = getenv("FAULT_KIND");
  const char *place = getenv("FAULT_AT");
  if (!kind || !*kind) return;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (!strcmp(kind, kinds[i].name)) wanted = kinds[i].kind, error_number = kinds[i].error;
  at = place ? atol(place) : 0;
  owner = getpid();
  // In place, since Swift looks for the arguments beside the environment; what the process starts is spared.
  *kind = '\0';
}

__attribute__((destructor)) static void end(void) {
  const char *log = getpid() == owner ? getenv("FAULT_LOG") : NULL;
  char line[100];
  int size = snprintf(line, sizeof line, "%ld %s\n", atomic_load(&calls), failed ? failed : "-");
  int file = log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
  if (file >= 0) syscall(SYS_write, file, line, size);
}

/// Whether this call is the one that fails.
static bool fails(enum kind kind, const char *name) {
  if (kind != wanted || atomic_fetch_add(&calls, 1) + 1 != at) return false;
  failed = name;
  errno = error_number;
  return true;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(kinds, result)                                 \
  do {                                                      \
    const enum kind each[] = kinds;                         \
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) \
      if (fails(each[i], __func__)) return result;          \
  } while (0)
#define KINDS(...) \
  { __VA_ARGS__ }

/// Standard error is how a fault is told.
static bool is_told(int fd) { return fd == STDERR_FILENO; }
/// How much of `count` bytes a short call does.
static size_t some(size_t count, const char *name) { return count > 1 && fails(SHORT, name) ? count / 2 : count; }

ssize_t read(int fd, void *to, size_t count) {
  FAIL(KINDS(INTERRUPTED, BROKEN), -1);
  return REAL(read)(fd, to, some(count, __func__));
}
ssize_t pread(int fd, void *to, size_t count, off_t from) {
  FAIL(KINDS(INTERRUPTED, BROKEN), -1);
  return REAL(pread)(fd, to, some(count, __func__), from);
}
ssize_t write(int fd, const void *from, size_t count) {
  if (is_told(fd)) return REAL(write)(fd, from, count);
  FAIL(KINDS(INTERRUPTED, BROKEN, FULL), -1);
  return REAL(write)(fd, from, some(count, __func__));
}
ssize_t pwrite(int fd, const void *from, size_t count, off_t to) {
  FAIL(KINDS(INTERRUPTED, BROKEN, FULL), -1);
  return REAL(pwrite)(fd, from, some(count, __func__), to);
}
int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  FAIL(KINDS(INTERRUPTED, BROKEN, TOO_MANY), -1);
  if (flags & (O_CREAT | O_TMPFILE)) FAIL(KINDS(FULL), -1);
  return REAL(open)(path, flags, mode);
}
int openat(int folder, const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  FAIL(KINDS(INTERRUPTED, BROKEN, TOO_MANY), -1);
  if (flags & (O_CREAT | O_TMPFILE)) FAIL(KINDS(FULL), -1);
  return REAL(openat)(folder, path, flags, mode);
}
DIR *opendir(const char *path) {
  FAIL(KINDS(BROKEN, TOO_MANY, NO_MEMORY), NULL);
  return REAL(opendir)(path);
}
struct dirent *readdir(DIR *folder) {
  FAIL(KINDS(BROKEN), NULL);
  return REAL(readdir)(folder);
}
int dup(int fd) {
  FAIL(KINDS(TOO_MANY), -1);
  return REAL(dup)(fd);
}
int fstat(int fd, struct stat *status) {
  FAIL(KINDS(BROKEN), -1);
  return REAL(fstat)(fd, status);
}
int stat(const char *path, struct stat *status) {
  FAIL(KINDS(BROKEN), -1);
  return REAL(stat)(path, status);
}
off_t lseek(int fd, off_t to, int whence) {
  FAIL(KINDS(BROKEN), -1);
  return REAL(lseek)(fd, to, whence);
}
int fsync(int fd) {
  FAIL(KINDS(INTERRUPTED, BROKEN, FULL), -1);
  return REAL(fsync)(fd);
}
int rename(const char *from, const char *to) {
  FAIL(KINDS(BROKEN, FULL), -1);
  return REAL(rename)(from, to);
}
int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  FAIL(KINDS(BROKEN, FULL), -1);
  return REAL(linkat)(from_folder, from, to_folder, to, flags);
}
int mkdir(const char *path, mode_t mode) {
  FAIL(KINDS(BROKEN, FULL), -1);
  return REAL(mkdir)(path, mode);
}
void *mmap(void *near, size_t count, int protection, int flags, int fd, off_t from) {
  FAIL(KINDS(NO_MEMORY), MAP_FAILED);
  return REAL(mmap)(near, count, protection, flags, fd, from);
}
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *with) {
  FAIL(KINDS(NO_THREAD), EAGAIN);
  return REAL(pthread_create)(thread, attributes, body, with);
}

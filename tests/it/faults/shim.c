/* Loaded before the C library. Counts changes of files, folders and sockets, and at the nth of them
   kills the process (FAULT=kill), with half of the bytes written, or fails:
     FAULT=ENOSPC  that change and all later ones that need room, as on a full disk
     FAULT=EIO     that change alone, as by a bad block
     FAULT=ECONNRESET  that change of a socket and all later ones
   FAULT_AT is n, FAULT_ON is disk or socket. The number of changes goes into CHANGES_COUNTED. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NOTHING, KILL, FULL, BAD, RESET };
enum { DISK, SOCKET };

static atomic_long changes[2];
static int kind, on, own;
static long at;

__attribute__((constructor)) static void begin(void) {
  const char *fault = getenv("FAULT"), *place = getenv("FAULT_ON"), *n = getenv("FAULT_AT");
  on = place && strcmp(place, "socket") == 0 ? SOCKET : DISK;
  at = n ? atol(n) : 0;
  if (!fault) kind = NOTHING;
  else if (strcmp(fault, "kill") == 0) kind = KILL;
  else if (strcmp(fault, "ENOSPC") == 0) kind = FULL;
  else if (strcmp(fault, "EIO") == 0) kind = BAD;
  else if (strcmp(fault, "ECONNRESET") == 0) kind = RESET;
}

__attribute__((destructor)) static void tell(void) {
  const char *path = getenv("CHANGES_COUNTED");
  own = 1;
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) {
    fprintf(file, "%ld %ld", (long)changes[DISK], (long)changes[SOCKET]);
    fclose(file);
  }
}

static void end(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* What is to happen at this change. `grows`: it needs room on the disk. */
static int due(int where, int grows) {
  if (own) return NOTHING;
  long n = atomic_fetch_add(&changes[where], 1) + 1;
  if (where != on || at == 0 || n < at) return NOTHING;
  if (kind == FULL) return grows ? FULL : NOTHING;
  if (kind == RESET) return RESET;
  return n == at ? kind : NOTHING;
}

static int failed(int what) {
  errno = what == FULL ? ENOSPC : what == RESET ? ECONNRESET : EIO;
  return -1;
}

static int sort(int file) {
  struct stat about;
  if (fstat(file, &about) != 0) return -1;
  if (S_ISREG(about.st_mode)) return DISK;
  return S_ISSOCK(about.st_mode) ? SOCKET : -1;
}

#define REAL(type, name, ...)                                  \
  static type (*real)(__VA_ARGS__);                            \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* A change without bytes. */
#define ACT(grows)                                             \
  int what = due(DISK, grows);                                 \
  if (what == KILL) end();                                     \
  if (what) return failed(what)

/* A change with bytes: half of them are written before it ends. */
#define GIVE(half)                                             \
  int where = sort(file);                                      \
  int what = where < 0 ? NOTHING : due(where, 1);              \
  if (what == KILL) { half; end(); }                           \
  if (what) return failed(what)

ssize_t write(int file, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  GIVE(real(file, bytes, length / 2));
  return real(file, bytes, length);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t from) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  GIVE(real(file, bytes, length / 2, from));
  return real(file, bytes, length, from);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  GIVE(real(file, parts, count / 2));
  return real(file, parts, count);
}

ssize_t send(int file, const void *bytes, size_t length, int flags) {
  REAL(ssize_t, "send", int, const void *, size_t, int);
  GIVE(real(file, bytes, length / 2, flags));
  return real(file, bytes, length, flags);
}

ssize_t sendmsg(int file, const struct msghdr *message, int flags) {
  REAL(ssize_t, "sendmsg", int, const struct msghdr *, int);
  GIVE((void)0);
  return real(file, message, flags);
}

ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t length, unsigned flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
  ACT(1);
  return real(from, in, to, out, length, flags);
}

ssize_t sendfile64(int to, int from, off64_t *in, size_t length) {
  REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
  ACT(1);
  return real(to, from, in, length);
}

/* A new file needs a place in its folder. */
static int makes(int folder, const char *path, int flags) {
  return (flags & O_CREAT) && faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
}

#define MODE                                                   \
  mode_t mode = 0;                                             \
  if (flags & (O_CREAT | O_TMPFILE)) {                         \
    va_list more;                                              \
    va_start(more, flags);                                     \
    mode = va_arg(more, mode_t);                               \
    va_end(more);                                              \
  }

int open(const char *path, int flags, ...) {
  REAL(int, "open", const char *, int, mode_t);
  MODE
  if (makes(AT_FDCWD, path, flags)) { ACT(1); }
  return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  REAL(int, "open64", const char *, int, mode_t);
  MODE
  if (makes(AT_FDCWD, path, flags)) { ACT(1); }
  return real(path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...) {
  REAL(int, "openat64", int, const char *, int, mode_t);
  MODE
  if (makes(folder, path, flags)) { ACT(1); }
  return real(folder, path, flags, mode);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  ACT(0);
  return real(from, to);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
  REAL(int, "renameat2", int, const char *, int, const char *, unsigned);
  ACT(0);
  return real(a, from, b, to, flags);
}

int link(const char *from, const char *to) {
  REAL(int, "link", const char *, const char *);
  ACT(1);
  return real(from, to);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
  REAL(int, "linkat", int, const char *, int, const char *, int);
  ACT(1);
  return real(a, from, b, to, flags);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  ACT(0);
  return real(path);
}

int unlinkat(int folder, const char *path, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  ACT(0);
  return real(folder, path, flags);
}

int rmdir(const char *path) {
  REAL(int, "rmdir", const char *);
  ACT(0);
  return real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  ACT(1);
  return real(path, mode);
}

int ftruncate64(int file, off64_t length) {
  REAL(int, "ftruncate64", int, off64_t);
  ACT(0);
  return real(file, length);
}

int fsync(int file) {
  REAL(int, "fsync", int);
  ACT(1);
  return real(file);
}

int fdatasync(int file) {
  REAL(int, "fdatasync", int);
  ACT(1);
  return real(file);
}

/* Kills the process at its nth change of a file or folder, before the change or with half of it
   written. Loaded before the C library; counts in CHANGES_COUNTED, kills at KILL_AT_CHANGE. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long changes;

static int due(void) {
  const char *at = getenv("KILL_AT_CHANGE");
  return atomic_fetch_add(&changes, 1) + 1 == (at ? atol(at) : 0);
}

static int on_disk(int file) {
  struct stat about;
  return fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

static void end(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

__attribute__((destructor)) static void tell(void) {
  const char *path = getenv("CHANGES_COUNTED");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) {
    fprintf(file, "%ld", (long)changes);
    fclose(file);
  }
}

#define REAL(type, name, ...)                                  \
  static type (*real)(__VA_ARGS__);                            \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int file, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if (on_disk(file) && due()) { real(file, bytes, length / 2); end(); }
  return real(file, bytes, length);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  if (on_disk(file) && due()) { real(file, bytes, length / 2, at); end(); }
  return real(file, bytes, length, at);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  if (on_disk(file) && due()) end();
  return real(file, parts, count);
}

ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t length, unsigned flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
  if (due()) end();
  return real(from, in, to, out, length, flags);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (due()) end();
  return real(from, to);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
  REAL(int, "linkat", int, const char *, int, const char *, int);
  if (due()) end();
  return real(a, from, b, to, flags);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (due()) end();
  return real(path);
}

int unlinkat(int dir, const char *path, int flags) {
  REAL(int, "unlinkat", int, const char *, int);
  if (due()) end();
  return real(dir, path, flags);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  if (due()) end();
  return real(path, mode);
}

int ftruncate64(int file, off64_t length) {
  REAL(int, "ftruncate64", int, off64_t);
  if (due()) end();
  return real(file, length);
}

int fsync(int file) {
  REAL(int, "fsync", int);
  if (due()) end();
  return real(file);
}

int fdatasync(int file) {
  REAL(int, "fdatasync", int);
  if (due()) end();
  return real(file);
}

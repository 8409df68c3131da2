/* failing-io.c: preloaded, it makes the NUDGE_FAIL_AT-th call that changes the disk fail, with the error NUDGE_FAIL_ERRNO. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int
fails (void)
{
  static int calls;
  const char *at = getenv ("NUDGE_FAIL_AT");
  const char *error = getenv ("NUDGE_FAIL_ERRNO");

  if (at == NULL || ++calls != atoi (at))
    return 0;
  errno = error == NULL ? EIO : atoi (error);
  return 1;
}

#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))
#define EXPORTED __attribute__ ((visibility ("default")))

EXPORTED int
renameat (int from, const char *old, int to, const char *new)
{
  return fails () ? -1 : NEXT (renameat) (from, old, to, new);
}

EXPORTED int
fsync (int fd)
{
  return fails () ? -1 : NEXT (fsync) (fd);
}

EXPORTED int
mkdirat (int folder, const char *name, mode_t mode)
{
  return fails () ? -1 : NEXT (mkdirat) (folder, name, mode);
}

EXPORTED int
unlinkat (int folder, const char *name, int flags)
{
  return fails () ? -1 : NEXT (unlinkat) (folder, name, flags);
}

/* Half of what was asked for is written before a write fails. */
EXPORTED ssize_t
write (int fd, const void *data, size_t length)
{
  if (fd > STDERR_FILENO && fails ())
    {
      int saved = errno;

      if (length > 1)
        NEXT (write) (fd, data, length / 2);
      errno = saved;
      return -1;
    }
  return NEXT (write) (fd, data, length);
}

EXPORTED int
openat (int folder, const char *name, int flags, ...)
{
  va_list args;
  mode_t mode;

  va_start (args, flags);
  mode = flags & O_CREAT ? va_arg (args, mode_t) : 0;
  va_end (args);
  if ((flags & O_CREAT) != 0 && fails ())
    return -1;
  return NEXT (openat) (folder, name, flags, mode);
}

// Preloaded into a process that writes: says on its standard error what was not yet synced when it
// acknowledged something, by a line with « ack » on its standard output.
//
//     CARNET_WATCH   the folder whose files count
//     CARNET_UNSYNC  syncs of files whose path holds this text are left out: the proof that it is seen
//
// Memory maps are not seen: SQLite's -shm file, the only one, is rebuilt after a crash.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 512
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *dirty[MOST];
static int synced;

#define NEXT(name, result, ...) \
    static result (*next)(__VA_ARGS__); \
    if (!next) next = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

static int counts(const char *path) {
    const char *root = getenv("CARNET_WATCH");
    size_t length = strlen(path);
    return root && !strncmp(path, root, strlen(root))
        && !(length > 4 && !strcmp(path + length - 4, "-shm"));
}

static void mark(const char *path) {
    if (!counts(path)) return;
    pthread_mutex_lock(&lock);
    int free_place = -1;
    for (int i = 0; i < MOST; i++) {
        if (dirty[i] && !strcmp(dirty[i], path)) { free_place = -2; break; }
        if (!dirty[i] && free_place == -1) free_place = i;
    }
    if (free_place == -1) { dprintf(2, "UNSYNCED more than can be held\n"); abort(); }
    if (free_place >= 0) dirty[free_place] = strdup(path);
    pthread_mutex_unlock(&lock);
}

static void mark_fd(int fd) {
    char path[PATH_MAX];
    if (fd > 2 && path_of(fd, path)) mark(path);
}

static void mark_parent(const char *path) {
    char parent[PATH_MAX];
    snprintf(parent, sizeof parent, "%s", path);
    char *slash = strrchr(parent, '/');
    if (!slash || slash == parent) return;
    *slash = 0;
    mark(parent);
}

// Whether the sync is to be done; it is left out when the test wants to see it missed.
static int clean(int fd) {
    char path[PATH_MAX];
    const char *without = getenv("CARNET_UNSYNC");
    if (!path_of(fd, path)) return 1;
    if (without && strstr(path, without)) return 0;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MOST; i++)
        if (dirty[i] && !strcmp(dirty[i], path)) { free(dirty[i]); dirty[i] = NULL; }
    if (counts(path)) synced++;
    pthread_mutex_unlock(&lock);
    return 1;
}

static void acknowledged(const char *text, size_t length) {
    const char *ack = memmem(text, length, "ack ", 4);
    if (!ack) return;
    int told = (int)(text + length - ack);
    if (told && ack[told - 1] == '\n') told--;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < MOST; i++)
        if (dirty[i]) {
            dprintf(2, "UNSYNCED %s at %.*s\n", dirty[i], told, ack);
            free(dirty[i]);
            dirty[i] = NULL;
        }
    dprintf(2, "SYNCED %d before %.*s\n", synced, told, ack);
    synced = 0;
    pthread_mutex_unlock(&lock);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    NEXT("write", ssize_t, int, const void *, size_t);
    if (fd == 1) acknowledged(bytes, length);
    mark_fd(fd);
    return next(fd, bytes, length);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    NEXT("writev", ssize_t, int, const struct iovec *, int);
    mark_fd(fd);
    return next(fd, parts, count);
}

#define POSITIONED(name, offset) \
    ssize_t name(int fd, const void *bytes, size_t length, offset at) { \
        NEXT(#name, ssize_t, int, const void *, size_t, offset); \
        mark_fd(fd); \
        return next(fd, bytes, length, at); \
    }
POSITIONED(pwrite, off_t)
POSITIONED(pwrite64, off64_t)

#define VECTORED(name, offset) \
    ssize_t name(int fd, const struct iovec *parts, int count, offset at) { \
        NEXT(#name, ssize_t, int, const struct iovec *, int, offset); \
        mark_fd(fd); \
        return next(fd, parts, count, at); \
    }
VECTORED(pwritev, off_t)
VECTORED(pwritev64, off64_t)

#define CUT(name, offset) \
    int name(int fd, offset length) { \
        NEXT(#name, int, int, offset); \
        mark_fd(fd); \
        return next(fd, length); \
    }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

#define SYNC(name) \
    int name(int fd) { \
        NEXT(#name, int, int); \
        return clean(fd) ? next(fd) : 0; \
    }
SYNC(fsync)
SYNC(fdatasync)

// A new name is durable once its folder is synced.
#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        NEXT(#name, int, const char *, int, ...); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int made = (flags & O_CREAT) && access(path, F_OK); \
        int fd = next(path, flags, mode); \
        char whole[PATH_MAX]; \
        if (fd >= 0 && made && path_of(fd, whole)) mark_parent(whole); \
        return fd; \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        NEXT(#name, int, int, const char *, int, ...); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        int made = (flags & O_CREAT) && faccessat(at, path, F_OK, 0); \
        int fd = next(at, path, flags, mode); \
        char whole[PATH_MAX]; \
        if (fd >= 0 && made && path_of(fd, whole)) mark_parent(whole); \
        return fd; \
    }
OPENAT(openat)
OPENAT(openat64)

int mkdir(const char *path, mode_t mode) {
    NEXT("mkdir", int, const char *, mode_t);
    int done = next(path, mode);
    char whole[PATH_MAX];
    if (!done && realpath(path, whole)) mark_parent(whole);
    return done;
}

int rename(const char *from, const char *to) {
    NEXT("rename", int, const char *, const char *);
    int done = next(from, to);
    char whole[PATH_MAX];
    if (!done && realpath(to, whole)) mark_parent(whole);
    return done;
}

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/system.h"
#include "base/text.h"

/* A write in progress. */
struct writing {
    const char *path;
    char *folder;
    char *temporary; /* NULL once there is nothing to remove */
    int descriptor;
};

static int refuse(const char *path, int number, struct error *err)
{
    struct bilingual reason = system_reason(number);

    error_set(err, ERROR_WRITE, "无法写入：%s%.0s（错误号 %d）",
              "cannot be written: %.0s%s (errno %d)", reason.zh, reason.en, number);
    error_place(err, path, 0, 0);
    return ERROR_WRITE;
}

static int name_parts(struct writing *writing, struct error *err)
{
    static const char suffix[] = ".XXXXXX";
    const char *slash = strrchr(writing->path, '/');
    size_t head = slash == NULL ? 0 : (size_t)(slash - writing->path) + 1;
    size_t size = head + 1 + sizeof ".dingjia" + sizeof suffix;

    writing->folder = head == 0 ? text_copy(".") : text_copy_part(writing->path, head);
    writing->temporary = malloc(size);
    if (writing->folder == NULL || writing->temporary == NULL)
        return (int)error_memory(err);
    snprintf(writing->temporary, size, "%.*s.dingjia%s", (int)head, writing->path, suffix);
    return 0;
}

static int open_temporary(struct writing *writing, unsigned flags, struct error *err)
{
    mode_t mode = (flags & FILE_PRIVATE) != 0 ? 0600 : 0644;

    writing->descriptor = mkstemp(writing->temporary);
    if (writing->descriptor < 0) {
        int number = errno;
        free(writing->temporary);
        writing->temporary = NULL;
        return refuse(writing->path, number, err);
    }
    if (fchmod(writing->descriptor, mode) != 0)
        return refuse(writing->path, errno, err);
    return 0;
}

static int write_all(struct writing *writing, const char *octets, size_t length, struct error *err)
{
    while (length > 0) {
        ssize_t written = write(writing->descriptor, octets, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return refuse(writing->path, errno, err);
        octets += written;
        length -= (size_t)written;
    }
    if (fsync(writing->descriptor) != 0)
        return refuse(writing->path, errno, err);
    int closed = close(writing->descriptor);
    writing->descriptor = -1;
    return closed == 0 ? 0 : refuse(writing->path, errno, err);
}

/* link() fails when the target exists, however late it appeared; rename() replaces it. File
 * systems without hard links fall back to a reservation of the name with O_EXCL. */
static int link_new(struct writing *writing)
{
    if (link(writing->temporary, writing->path) == 0)
        return unlink(writing->temporary);
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK)
        return -1;
    int reserved = open(writing->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (reserved < 0)
        return -1;
    close(reserved);
    if (rename(writing->temporary, writing->path) == 0)
        return 0;
    int number = errno;
    unlink(writing->path);
    errno = number;
    return -1;
}

static int publish(struct writing *writing, unsigned flags, struct error *err)
{
    int done =
        (flags & FILE_REPLACE) != 0 ? rename(writing->temporary, writing->path) : link_new(writing);
    if (done != 0)
        return refuse(writing->path, errno, err);
    free(writing->temporary);
    writing->temporary = NULL;
    return 0;
}

/* The name is durable only once its folder is. Some file systems cannot sync a folder (EINVAL). */
static int sync_folder(const struct writing *writing, struct error *err)
{
    int folder = open(writing->folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    int number = 0;

    if (folder < 0)
        return errno == EACCES ? 0 : refuse(writing->path, errno, err);
    if (fsync(folder) != 0 && errno != EINVAL)
        number = errno;
    close(folder);
    return number == 0 ? 0 : refuse(writing->path, number, err);
}

/* Renaming over a device or a link would put a file in its place: /dev/null itself, for root. */
static int refuse_kind(const char *path, struct error *err)
{
    error_set(err, ERROR_WRITE, "这里已有的是链接、管道或设备，不能用文件替换它",
              "what is there is a link, a pipe or a device, which a file must not replace");
    error_place(err, path, 0, 0);
    return ERROR_WRITE;
}

/* Found early, so that nothing is written in vain; link_new() decides. */
static int check_target(const char *path, unsigned flags, struct error *err)
{
    struct stat status;

    if (lstat(path, &status) != 0)
        return 0;
    if (S_ISDIR(status.st_mode))
        return refuse(path, EISDIR, err);
    if ((flags & FILE_REPLACE) == 0)
        return refuse(path, EEXIST, err);
    if (!S_ISREG(status.st_mode))
        return refuse_kind(path, err);
    return 0;
}

int file_write(const char *path, const void *octets, size_t length, unsigned flags,
               struct error *err)
{
    struct writing writing = {.path = path, .descriptor = -1};
    int result = check_target(path, flags, err);

    if (result == 0)
        result = name_parts(&writing, err);
    if (result == 0)
        result = open_temporary(&writing, flags, err);
    if (result == 0)
        result = write_all(&writing, octets, length, err);
    if (result == 0)
        result = publish(&writing, flags, err);
    if (result == 0)
        result = sync_folder(&writing, err);

    if (writing.descriptor >= 0)
        close(writing.descriptor);
    if (writing.temporary != NULL)
        unlink(writing.temporary);
    free(writing.temporary);
    free(writing.folder);
    return result;
}

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/system.h"

static int refuse_open(const char *path, int number, struct error *err)
{
    struct bilingual reason = system_reason(number);
    int code =
        (int)error_set(err, ERROR_OPEN, "无法打开或读取：%s%.0s（错误号 %d）",
                       "cannot be opened or read: %.0s%s (errno %d)", reason.zh, reason.en, number);

    error_place(err, path, 0, 0);
    return code;
}

static int refuse_kind(const char *path, mode_t mode, struct error *err)
{
    enum error_code code = S_ISDIR(mode)
                               ? error_set(err, ERROR_OPEN, "这是文件夹，需要的是一个文件",
                                           "it is a folder; a file is needed")
                               : error_set(err, ERROR_OPEN, "这是管道或设备，需要的是一个普通文件",
                                           "it is a pipe or a device; a regular file is needed");

    error_place(err, path, 0, 0);
    return (int)code;
}

int file_open(const char *path, int *descriptor, struct error *err)
{
    struct stat status;
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    *descriptor = -1;
    if (opened < 0)
        return refuse_open(path, errno, err);
    if (fstat(opened, &status) != 0) {
        int number = errno;
        close(opened);
        return refuse_open(path, number, err);
    }
    if (!S_ISREG(status.st_mode)) {
        close(opened);
        return refuse_kind(path, status.st_mode, err);
    }
    *descriptor = opened;
    return 0;
}

static int refuse_large(const char *path, size_t maximum, struct error *err)
{
    error_set(err, ERROR_INPUT, "文件过大：最多允许 %zu 字节",
              "too large: at most %zu octets allowed", maximum);
    error_place(err, path, 0, 0);
    return ERROR_INPUT;
}

/* Reads to the end; a file that grows meanwhile is caught by the buffer's maximum. */
static int read_all(int descriptor, const char *path, struct buffer *out, struct error *err)
{
    int result = ERROR_MEMORY;
    char *chunk = malloc(LIMIT_READ_CHUNK_OCTETS);

    if (chunk == NULL)
        return (int)error_memory(err);
    for (;;) {
        ssize_t got = read(descriptor, chunk, LIMIT_READ_CHUNK_OCTETS);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            result = refuse_open(path, errno, err);
            break;
        }
        if (got == 0) {
            result = 0;
            break;
        }
        if ((size_t)got > out->maximum - out->length) {
            result = refuse_large(path, out->maximum, err);
            break;
        }
        if (buffer_append(out, chunk, (size_t)got) != 0) {
            error_memory(err);
            break;
        }
    }
    free(chunk);
    return result;
}

static int check_size(int descriptor, const char *path, size_t maximum, struct error *err)
{
    struct stat status;

    if (fstat(descriptor, &status) != 0)
        return refuse_open(path, errno, err);
    if (status.st_size < 0 || (uintmax_t)status.st_size > maximum)
        return refuse_large(path, maximum, err);
    return 0;
}

int file_read(const char *path, size_t maximum, struct buffer *out, struct error *err)
{
    int descriptor = -1;
    int result;

    buffer_init(out, maximum);
    if (strcmp(path, "-") == 0) {
        result = read_all(STDIN_FILENO, path, out, err);
    } else {
        result = file_open(path, &descriptor, err);
        if (result == 0)
            result = check_size(descriptor, path, maximum, err);
        if (result == 0)
            result = read_all(descriptor, path, out, err);
    }
    if (descriptor >= 0)
        close(descriptor);
    if (result != 0)
        buffer_free(out);
    return result;
}

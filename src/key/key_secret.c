#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "base/file.h"
#include "base/system.h"
#include "key/key_source.h"

static int refuse_open(const char *path, struct error *err)
{
    struct bilingual reason = system_reason(errno);

    error_set(err, ERROR_OPEN, "无法打开或读取：%s%.0s", "cannot be opened or read: %.0s%s",
              reason.zh, reason.en);
    error_place(err, path, 0, 0);
    return ERROR_OPEN;
}

/* A secret that others may read is no longer only the issuer's. */
static int check_mode(int file, const char *path, struct error *err)
{
    struct stat status;

    if (fstat(file, &status) != 0) {
        return refuse_open(path, err);
    }
    if ((status.st_mode & 077) != 0) {
        error_set(err, ERROR_CONFIG,
                  "文件的权限是 %03o，所有者以外的人也能访问；请执行 chmod 600 %s 后再试",
                  "the file has mode %03o, so that others than its owner can get at it; run "
                  "chmod 600 %s and try again",
                  (unsigned)(status.st_mode & 0777), path);
        error_place(err, path, 0, 0);
        return ERROR_CONFIG;
    }
    return 0;
}

static int refuse_large(const char *path, struct error *err)
{
    error_set(err, ERROR_CONFIG, "文件过大：最多允许 %d 字节",
              "too large: at most %d octets allowed", SECRET_FILE_MAX);
    error_place(err, path, 0, 0);
    return ERROR_CONFIG;
}

int secret_read(const char *path, unsigned char *octets, size_t *length, struct error *err)
{
    int file = -1;
    ssize_t got = 1;
    int code = file_open(path, &file, err);

    *length = 0;
    if (code != 0) {
        return code;
    }
    code = check_mode(file, path, err);
    while (code == 0 && got > 0 && *length < SECRET_FILE_MAX) {
        got = read(file, octets + *length, SECRET_FILE_MAX - *length);
        *length += got > 0 ? (size_t)got : 0;
    }
    if (code == 0 && got < 0) {
        code = refuse_open(path, err);
    } else if (code == 0 && *length == SECRET_FILE_MAX) {
        code = refuse_large(path, err);
    }
    close(file);
    return code;
}

/* The first line of `octets`, whose end may be written either way. */
static int take_line(const unsigned char *octets, size_t length, char *text, size_t size,
                     struct error *err)
{
    const unsigned char *end = memchr(octets, '\n', length);
    size_t line = end != NULL ? (size_t)(end - octets) : length;

    if (line > 0 && octets[line - 1] == '\r') {
        line--;
    }
    if (line >= size || memchr(octets, '\0', line) != NULL) {
        return (int)error_set(err, ERROR_CONFIG, "密码文件的第一行应是不超过 %zu 字节的密码",
                              "the first line of the password file has to be the password, of at "
                              "most %zu octets",
                              size - 1);
    }
    memcpy(text, octets, line);
    text[line] = '\0';
    return 0;
}

static int read_password(const char *path, char *text, size_t size, struct error *err)
{
    unsigned char *octets = OPENSSL_malloc(SECRET_FILE_MAX);
    size_t length = 0;
    int code = octets == NULL ? (int)error_memory(err) : secret_read(path, octets, &length, err);

    code = code == 0 ? take_line(octets, length, text, size, err) : code;
    error_place(err, path, 0, 0);
    OPENSSL_clear_free(octets, SECRET_FILE_MAX);
    return code;
}

static int get_password(const struct key_source *source, char *text, size_t size, struct error *err)
{
    const struct key_password *password = &source->password;

    if (password->file != NULL) {
        return read_password(password->file, text, size, err);
    }
    if (password->ask != NULL) {
        return password->ask(password->context, source->name, text, size, err);
    }
    return (int)error_set(err, ERROR_CONFIG, "需要密码，但没有给出密码文件",
                          "a password is needed, but no password file was named");
}

int password_answer(char *text, int size, int writing, void *query)
{
    struct password_query *asking = query;

    (void)writing;
    if (size <= 0) {
        return -1;
    }
    text[0] = '\0';
    if (asking->asked++ > 0) {
        return -1;
    }
    asking->code = get_password(asking->source, text, (size_t)size, asking->err);
    if (asking->code != 0) {
        OPENSSL_cleanse(text, (size_t)size);
        return -1;
    }
    return (int)strlen(text);
}

#include "key/revocation.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/system.h"
#include "key/openssl.h"

/* PEM is a third longer than DER, and may hold several. */
enum { FILE_OCTETS_MAX = 2 * REVOCATION_OCTETS_MAX };

static const char pem_mark[] = "-----BEGIN ";

/* Adds one block; 1 at the end of the file, 0 to go on, -1 on damage. */
static int read_block(BIO *bio, struct revocations *revocations, struct error *err)
{
    char *name = NULL;
    char *header = NULL;
    unsigned char *der = NULL;
    long length = 0;
    int state = -1;

    if (PEM_read_bio(bio, &name, &header, &der, &length) != 1) {
        state = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE ? 1 : -1;
    } else if (strcmp(name, PEM_STRING_X509_CRL) == 0 && length > 0) {
        state =
            revocations_add(revocations, REVOCATION_CRL, der, (size_t)length, err) == 0 ? 0 : -1;
    }
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(der);
    ERR_clear_error();
    return state;
}

static int read_pem(const struct buffer *file, struct revocations *revocations, struct error *err)
{
    BIO *bio = BIO_new_mem_buf(file->data, (int)file->length);
    struct error reason = {0};
    int state = 0;
    size_t blocks = 0;

    if (bio == NULL) {
        return (int)error_memory(err);
    }
    for (; state == 0; blocks += state == 0) {
        state = read_block(bio, revocations, &reason);
    }
    BIO_free(bio);
    if (reason.code == ERROR_MEMORY) {
        return (int)error_memory(err);
    }
    if (state < 0 || blocks == 0) {
        return (int)error_set(err, ERROR_CONFIG,
                              "第 %zu 个 PEM 块不是可用的 CRL%s%s%.0s（PEM 文件中只可有 CRL）",
                              "PEM block %zu is not a CRL that can be used%s%.0s%s (a PEM file may "
                              "hold CRLs only)",
                              blocks + 1, reason.code != 0 ? ": " : "", reason.zh, reason.en);
    }
    return 0;
}

static int is_pem(const struct buffer *file)
{
    const size_t mark = sizeof(pem_mark) - 1;

    for (size_t i = 0; i + mark <= file->length; i++) {
        if (memcmp(file->data + i, pem_mark, mark) == 0) {
            return 1;
        }
    }
    return 0;
}

static int read_der(const struct buffer *file, struct revocations *revocations, struct error *err)
{
    const unsigned char *der = (const unsigned char *)file->data;
    struct error reasons[2] = {{0}, {0}};

    if (file->length == 0) {
        return (int)error_set(err, ERROR_CONFIG, "文件是空的", "the file is empty");
    }
    if (revocations_add(revocations, REVOCATION_CRL, der, file->length, &reasons[0]) == 0 ||
        revocations_add(revocations, REVOCATION_OCSP, der, file->length, &reasons[1]) == 0) {
        return 0;
    }
    if (reasons[1].code == ERROR_MEMORY) {
        return (int)error_memory(err);
    }
    return (int)error_set(err, ERROR_CONFIG,
                          "既不是 CRL（PEM 或 DER），也不是 OCSP 应答（DER）：%s%.0s；%s%.0s",
                          "neither a CRL (PEM or DER) nor an OCSP response (DER): %.0s%s; %.0s%s",
                          reasons[0].zh, reasons[0].en, reasons[1].zh, reasons[1].en);
}

static int read_file(struct revocations *revocations, const char *path, struct error *err)
{
    struct buffer file = {0};
    int code = file_read(path, FILE_OCTETS_MAX, &file, err);

    if (code == ERROR_INPUT) {
        code = ERROR_CONFIG; /* too large: not an input, but a setting that is refused */
        if (err != NULL) {
            err->code = ERROR_CONFIG;
        }
    }
    if (code == 0) {
        code =
            is_pem(&file) ? read_pem(&file, revocations, err) : read_der(&file, revocations, err);
        error_place(err, path, 0, 0);
    }
    buffer_free(&file);
    return code;
}

/* ---- folders ---- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Regular files only; a link could lead anywhere. */
static int read_entry(struct revocations *revocations, const char *folder, const char *name,
                      struct error *err)
{
    struct buffer path;
    struct stat status;
    int code = 0;

    buffer_init(&path, ERROR_SOURCE_MAX * 8);
    if (buffer_append_format(&path, "%s/%s", folder, name) != 0) {
        code = (int)error_memory(err);
    } else if (lstat(path.data, &status) == 0 && S_ISREG(status.st_mode)) {
        code = read_file(revocations, path.data, err);
    }
    buffer_free(&path);
    return code;
}

static int read_folder(struct revocations *revocations, const char *path, struct error *err)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_shown, by_name);
    int code = 0;

    if (count < 0) {
        struct bilingual reason = system_reason(errno);

        code = (int)error_set(err, ERROR_OPEN, "无法列出文件夹：%s%.0s",
                              "the folder cannot be listed: %.0s%s", reason.zh, reason.en);
        error_place(err, path, 0, 0);
    }
    for (int i = 0; i < count; i++) {
        code = code == 0 ? read_entry(revocations, path, entries[i]->d_name, err) : code;
        free(entries[i]);
    }
    free(entries);
    return code;
}

int revocations_read(struct revocations *revocations, const char *path, struct error *err)
{
    struct stat status;

    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return read_folder(revocations, path, err);
    }
    return read_file(revocations, path, err);
}

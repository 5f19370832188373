#include "base/digest.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/system.h"

static const EVP_MD *algorithm_of(enum digest_algorithm algorithm)
{
    switch (algorithm) {
    case DIGEST_SHA256:
        return EVP_sha256();
    case DIGEST_SM3:
        return EVP_sm3();
    }
    return NULL;
}

static int refuse(struct error *err)
{
    return (int)error_set(err, ERROR_INTERNAL, "密码库无法计算摘要",
                          "the cryptographic library could not compute a digest");
}

int digest_compute(enum digest_algorithm algorithm, const void *octets, size_t length,
                   unsigned char digest[DIGEST_LENGTH], struct error *err)
{
    unsigned char result[EVP_MAX_MD_SIZE];
    unsigned size = 0;

    if (EVP_Digest(octets, length, result, &size, algorithm_of(algorithm), NULL) != 1 ||
        size != DIGEST_LENGTH)
        return refuse(err);
    for (size_t i = 0; i < DIGEST_LENGTH; i++)
        digest[i] = result[i];
    return 0;
}

int digest_compute_hex(enum digest_algorithm algorithm, const void *octets, size_t length,
                       char hex[DIGEST_HEX_SIZE], struct error *err)
{
    unsigned char digest[DIGEST_LENGTH];
    int result = digest_compute(algorithm, octets, length, digest, err);

    if (result == 0)
        encoding_hex(digest, DIGEST_LENGTH, hex);
    return result;
}

/* One step of reading: 1 while there is more, 0 at the end, -1 with errno or a digest failure. */
static int read_step(int descriptor, unsigned char *chunk, EVP_MD_CTX *context, long long *total)
{
    ssize_t got = read(descriptor, chunk, LIMIT_READ_CHUNK_OCTETS);

    if (got < 0)
        return errno == EINTR ? 1 : -1;
    if (got == 0)
        return 0;
    *total += got;
    if (*total > LIMIT_EVIDENCE_OCTETS) {
        errno = EFBIG;
        return -1;
    }
    errno = 0;
    return EVP_DigestUpdate(context, chunk, (size_t)got) == 1 ? 1 : -1;
}

static int refuse_read(int number, struct error *err)
{
    struct bilingual reason = system_reason(number);

    if (number == 0)
        return refuse(err);
    return (int)error_set(err, ERROR_OPEN, "读取失败：%s%.0s", "cannot be read: %.0s%s", reason.zh,
                          reason.en);
}

int digest_descriptor_hex(enum digest_algorithm algorithm, int descriptor,
                          char hex[DIGEST_HEX_SIZE], struct error *err)
{
    int result = ERROR_MEMORY;
    int more = 1;
    long long total = 0;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned char *chunk = malloc(LIMIT_READ_CHUNK_OCTETS);
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    if (chunk == NULL || context == NULL) {
        error_memory(err);
        goto out;
    }
    if (EVP_DigestInit_ex(context, algorithm_of(algorithm), NULL) != 1) {
        result = refuse(err);
        goto out;
    }
    while (more > 0)
        more = read_step(descriptor, chunk, context, &total);
    if (more < 0) {
        result = refuse_read(errno, err);
        goto out;
    }
    if (EVP_DigestFinal_ex(context, digest, NULL) != 1) {
        result = refuse(err);
        goto out;
    }
    encoding_hex(digest, DIGEST_LENGTH, hex);
    result = 0;
out:
    EVP_MD_CTX_free(context);
    free(chunk);
    return result;
}

int digest_file_hex(enum digest_algorithm algorithm, const char *path, char hex[DIGEST_HEX_SIZE],
                    struct error *err)
{
    int descriptor = -1;
    int result = file_open(path, &descriptor, err);

    if (result != 0)
        return result;
    result = digest_descriptor_hex(algorithm, descriptor, hex, err);
    if (result != 0)
        error_place(err, path, 0, 0);
    close(descriptor);
    return result;
}

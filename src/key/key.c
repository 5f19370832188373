#include "key/key.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include "base/encoding.h"
#include "base/file.h"
#include "base/system.h"
#include "key/openssl.h"
#include "key/suite.h"

enum { KEY_FILE_MAX = 64 * 1024, KEY_RANDOM_MAX = 64, RULES_SIZE = 512 };

enum error_code key_openssl_error(struct error *err, const char *what)
{
    char reason[256];

    ERR_error_string_n(ERR_peek_last_error(), reason, sizeof(reason));
    ERR_clear_error();
    return error_set(err, ERROR_INTERNAL, "密码库在“%s”一步失败：%s",
                     "the cryptographic library failed at \"%s\": %s", what, reason);
}

static int refuse_open(const char *path, struct error *err)
{
    struct bilingual reason = system_reason(errno);

    error_set(err, ERROR_OPEN, "无法打开或读取私钥：%s%.0s",
              "the key cannot be opened or read: %.0s%s", reason.zh, reason.en);
    error_place(err, path, 0, 0);
    return ERROR_OPEN;
}

/* A key that others may read is no longer only the issuer's. */
static int check_mode(int file, const char *path, struct error *err)
{
    struct stat status;

    if (fstat(file, &status) != 0) {
        return refuse_open(path, err);
    }
    if ((status.st_mode & 077) != 0) {
        error_set(err, ERROR_CONFIG,
                  "私钥文件的权限是 %03o，所有者以外的人也能访问；请执行 chmod 600 %s 后再试",
                  "the key file has mode %03o, so that others than its owner can get at it; run "
                  "chmod 600 %s and try again",
                  (unsigned)(status.st_mode & 0777), path);
        error_place(err, path, 0, 0);
        return ERROR_CONFIG;
    }
    return 0;
}

static int read_secret(const char *path, unsigned char *octets, size_t *length, struct error *err)
{
    int file = -1;
    ssize_t got = 1;
    int code = file_open(path, &file, err);

    *length = 0;
    if (code != 0) {
        return code;
    }
    code = check_mode(file, path, err);
    while (code == 0 && got > 0 && *length < KEY_FILE_MAX) {
        got = read(file, octets + *length, KEY_FILE_MAX - *length);
        *length += got > 0 ? (size_t)got : 0;
    }
    if (code == 0 && got < 0) {
        code = refuse_open(path, err);
    }
    close(file);
    return code;
}

/* No passphrase is ever asked for: an encrypted key is refused instead. */
static int refuse_passphrase(char *text, int size, int writing, void *unused)
{
    if (size > 0) {
        text[0] = '\0';
    }
    (void)writing;
    (void)unused;
    return -1;
}

/* "A; B; C": the rules of all suites, in one language. */
static void list_rules(char *text, size_t size, int zh)
{
    const struct key_suite *suite;
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; (suite = key_suite_at(i)) != NULL && used < size; i++) {
        int added = snprintf(text + used, size - used, "%s%s",
                             i == 0 ? ""
                             : zh   ? "；"
                                    : "; ",
                             zh ? suite->key_rule.zh : suite->key_rule.en);

        used += added > 0 ? (size_t)added : 0;
    }
}

/* Which suite the key signs under; a weak one is told apart from a foreign one. */
static int judge_kind(struct key *key, struct error *err)
{
    enum suite_fit fit = SUITE_FOREIGN;
    const struct key_suite *suite = key_suite_like(key->pkey, &fit);
    char rules[2][RULES_SIZE];

    if (fit == SUITE_FIT) {
        key->suite = suite;
        return 0;
    }
    if (fit == SUITE_WEAK) {
        return (int)error_set(err, ERROR_CONFIG, "这把 %d 位的私钥不能使用：套件 %s 要求 %s%.0s",
                              "this key of %d bits cannot be used: suite %s requires an %.0s%s",
                              EVP_PKEY_get_bits(key->pkey), suite->name, suite->key_rule.zh,
                              suite->key_rule.en);
    }
    list_rules(rules[0], sizeof(rules[0]), 1);
    list_rules(rules[1], sizeof(rules[1]), 0);
    return (int)error_set(err, ERROR_CONFIG, "这把私钥不能使用：只接受 %s%.0s",
                          "this key cannot be used; only these are: %.0s%s", rules[0], rules[1]);
}

static int parse_key(const unsigned char *octets, size_t length, struct key *key, struct error *err)
{
    BIO *bio = BIO_new_mem_buf(octets, (int)length);

    if (bio == NULL) {
        return (int)error_memory(err);
    }
    key->pkey = PEM_read_bio_PrivateKey(bio, NULL, refuse_passphrase, NULL);
    BIO_free(bio);
    ERR_clear_error();
    if (key->pkey == NULL) {
        return (int)error_set(err, ERROR_CONFIG, "不是未加密的 PEM 私钥",
                              "not an unencrypted PEM private key");
    }
    return judge_kind(key, err);
}

int key_read(const char *path, struct key **out, struct error *err)
{
    unsigned char *octets = OPENSSL_malloc(KEY_FILE_MAX);
    struct key *key = OPENSSL_zalloc(sizeof(*key));
    size_t length = 0;
    int code = ERROR_MEMORY;

    *out = NULL;
    if (octets == NULL || key == NULL) {
        error_memory(err);
        goto out;
    }
    code = read_secret(path, octets, &length, err);
    if (code == 0) {
        code = parse_key(octets, length, key, err);
        error_place(err, path, 0, 0);
    }
    if (code == 0) {
        *out = key;
        key = NULL;
    }
out:
    key_free(key);
    OPENSSL_clear_free(octets, KEY_FILE_MAX);
    return code;
}

void key_free(struct key *key)
{
    if (key == NULL) {
        return;
    }
    EVP_PKEY_free(key->pkey);
    OPENSSL_clear_free(key, sizeof(*key));
}

const struct key_suite *key_suite(const struct key *key)
{
    return key->suite;
}

int key_matches(const struct key *key, const struct x509 *certificate)
{
    const EVP_PKEY *public = X509_get0_pubkey(certificate->handle);
    int equal = public != NULL && EVP_PKEY_eq(key->pkey, public) == 1;

    ERR_clear_error();
    return equal;
}

int key_random_hex(size_t length, char *hex, struct error *err)
{
    unsigned char octets[KEY_RANDOM_MAX];

    if (length > sizeof(octets) || RAND_bytes(octets, (int)length) != 1) {
        return (int)key_openssl_error(err, "RAND_bytes");
    }
    encoding_hex(octets, length, hex);
    return 0;
}

int key_octets_equal(const void *a, const void *b, size_t length)
{
    return CRYPTO_memcmp(a, b, length) == 0;
}

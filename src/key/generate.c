#include "key/generate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "base/file.h"
#include "base/system.h"
#include "key/openssl.h"
#include "key/suite.h"

enum {
    NAME_CHARACTERS_MAX = 64,
    DAYS_MAX = 3650,
    SERIAL_OCTETS = 16,
    TAG_OCTETS = 4,
    PATH_SIZE = 4096
};

/* So that nobody takes it for more than it is, wherever the name is shown. */
static const char throw_away[] = "throw-away key made by dingjia key new - no legal effect";

struct generated {
    const struct key_suite *suite;
    EVP_PKEY *ca_key;
    EVP_PKEY *issuer_key;
    X509 *ca;
    X509 *issuer;
};

struct extension {
    int nid;
    const char *value;
};

static const struct extension ca_extensions[] = {
    {NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
    {NID_key_usage, "critical,keyCertSign,cRLSign"},
    {NID_subject_key_identifier, "hash"},
    {0, NULL},
};

static const struct extension issuer_extensions[] = {
    {NID_basic_constraints, "critical,CA:FALSE"},
    {NID_key_usage, "critical,digitalSignature,nonRepudiation"},
    {NID_subject_key_identifier, "hash"},
    {NID_authority_key_identifier, "keyid:always"},
    {0, NULL},
};

static int add_entry(X509_NAME *name, const char *field, const char *text)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)text, -1,
                                      -1, 0);
}

static int set_name(X509_NAME *name, const char *common)
{
    return add_entry(name, "OU", throw_away) == 1 && add_entry(name, "CN", common) == 1;
}

static int add_extensions(X509 *certificate, X509 *issuer, const struct extension *extensions)
{
    X509V3_CTX context;

    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    for (; extensions->value != NULL; extensions++) {
        X509_EXTENSION *made =
            X509V3_EXT_conf_nid(NULL, &context, extensions->nid, extensions->value);
        int added = made != NULL && X509_add_ext(certificate, made, -1) == 1;

        X509_EXTENSION_free(made);
        if (!added) {
            return 0;
        }
    }
    return 1;
}

static int set_serial(X509 *certificate)
{
    unsigned char octets[SERIAL_OCTETS];
    BIGNUM *number = NULL;
    int done = 0;

    if (RAND_bytes(octets, sizeof(octets)) == 1) {
        octets[0] = (unsigned char)((octets[0] & 0x7f) | 0x40); /* positive, always 16 octets */
        number = BN_bin2bn(octets, sizeof(octets), NULL);
        done = number != NULL &&
               BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    }
    BN_free(number);
    return done;
}

static X509 *start_certificate(const struct key_plan *plan, EVP_PKEY *key, const char *common)
{
    X509 *made = X509_new();
    int64_t last = plan->from + (int64_t)plan->days * 86400 - 1;

    if (made != NULL && X509_set_version(made, X509_VERSION_3) == 1 && set_serial(made) &&
        ASN1_TIME_set(X509_getm_notBefore(made), (time_t)plan->from) != NULL &&
        ASN1_TIME_set(X509_getm_notAfter(made), (time_t)last) != NULL &&
        X509_set_pubkey(made, key) == 1 && set_name(X509_get_subject_name(made), common)) {
        return made;
    }
    X509_free(made);
    return NULL;
}

static int sign_certificate(X509 *certificate, const struct generated *made)
{
    const struct suite_signer signer = {NULL, made->ca_key};
    EVP_MD_CTX *context = made->suite->methods->start_signing(&signer);
    int done = context != NULL && X509_sign_ctx(certificate, context) > 0;

    EVP_MD_CTX_free(context);
    return done;
}

static int finish_certificate(const struct generated *made, X509 *certificate,
                              const struct extension *extensions)
{
    return X509_set_issuer_name(certificate, X509_get_subject_name(made->ca)) == 1 &&
           add_extensions(certificate, made->ca, extensions) && sign_certificate(certificate, made);
}

static int make(const struct key_plan *plan, struct generated *made, struct error *err)
{
    char common[64] = "Dingjia throw-away CA ";
    size_t length = strlen(common);

    if (key_random_hex(TAG_OCTETS, common + length, err) != 0) {
        return ERROR_INTERNAL;
    }
    made->ca_key = made->suite->methods->generate();
    made->issuer_key = made->suite->methods->generate();
    if (made->ca_key == NULL || made->issuer_key == NULL) {
        return (int)key_openssl_error(err, "EVP_PKEY_generate");
    }
    made->ca = start_certificate(plan, made->ca_key, common);
    made->issuer = start_certificate(plan, made->issuer_key, plan->name);
    if (made->ca == NULL || made->issuer == NULL ||
        !finish_certificate(made, made->ca, ca_extensions) ||
        !finish_certificate(made, made->issuer, issuer_extensions)) {
        return (int)key_openssl_error(err, "X509_sign");
    }
    return 0;
}

static void free_generated(struct generated *made)
{
    EVP_PKEY_free(made->ca_key);
    EVP_PKEY_free(made->issuer_key);
    X509_free(made->ca);
    X509_free(made->issuer);
}

/* What is in a memory BIO, to folder/name. */
static int write_bio(BIO *bio, const char *path, unsigned flags, struct error *err)
{
    char *data = NULL;
    long length = BIO_get_mem_data(bio, &data);

    return file_write(path, data, (size_t)length, flags, err);
}

static int write_certificate(X509 *certificate, const char *path, struct error *err)
{
    BIO *bio = BIO_new(BIO_s_mem());
    int code;

    if (bio == NULL || PEM_write_bio_X509(bio, certificate) != 1) {
        code = (int)key_openssl_error(err, "PEM_write_bio_X509");
    } else {
        code = write_bio(bio, path, 0, err);
    }
    BIO_free(bio);
    return code;
}

static int write_key(EVP_PKEY *key, const char *path, struct error *err)
{
    BIO *bio = BIO_new(BIO_s_secmem()); /* wiped when freed */
    int code;

    if (bio == NULL || PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1) {
        code = (int)key_openssl_error(err, "PEM_write_bio_PrivateKey");
    } else {
        code = write_bio(bio, path, FILE_PRIVATE, err);
    }
    BIO_free(bio);
    return code;
}

enum { FILE_CA, FILE_ISSUER, FILE_KEY, FILE_COUNT };
static const char *const file_names[FILE_COUNT] = {"ca.pem", "issuer.pem", "issuer.key"};

/* ERROR_USAGE when the folder's name leaves no room; otherwise the paths of the three files. */
static int make_paths(const char *folder, char paths[FILE_COUNT][PATH_SIZE], struct error *err)
{
    for (size_t i = 0; i < FILE_COUNT; i++) {
        int length = snprintf(paths[i], PATH_SIZE, "%s/%s", folder, file_names[i]);

        if (length < 0 || length >= PATH_SIZE) {
            return (int)error_set(err, ERROR_USAGE, "文件夹名太长：%.60s…",
                                  "the folder name is too long: %.60s...", folder);
        }
    }
    return 0;
}

static int refuse_folder(const char *folder, struct error *err)
{
    struct bilingual reason = system_reason(errno);

    error_set(err, ERROR_WRITE, "无法新建文件夹：%s%.0s（文件夹须是新的，以免覆盖已有的密钥）",
              "the folder cannot be made: %.0s%s (it has to be new, so that no key is overwritten)",
              reason.zh, reason.en);
    error_place(err, folder, 0, 0);
    return ERROR_WRITE;
}

static int write_all(const struct key_plan *plan, const struct generated *made, struct error *err)
{
    char(*paths)[PATH_SIZE] = calloc(FILE_COUNT, PATH_SIZE);
    int code;

    if (paths == NULL) {
        return (int)error_memory(err);
    }
    code = make_paths(plan->folder, paths, err);
    if (code == 0 && mkdir(plan->folder, 0700) != 0) {
        code = refuse_folder(plan->folder, err);
        goto out;
    }
    if (code == 0) {
        code = write_certificate(made->ca, paths[FILE_CA], err);
        code = code == 0 ? write_certificate(made->issuer, paths[FILE_ISSUER], err) : code;
        code = code == 0 ? write_key(made->issuer_key, paths[FILE_KEY], err) : code;
        for (size_t i = 0; code != 0 && i < FILE_COUNT; i++) {
            unlink(paths[i]);
        }
        if (code != 0) {
            rmdir(plan->folder);
        }
    }
out:
    free(paths);
    return code;
}

static size_t count_characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return count;
}

int key_generate(const struct key_plan *plan, struct error *err)
{
    struct generated made = {0};
    size_t characters = count_characters(plan->name);
    int code;

    if (characters == 0 || characters > NAME_CHARACTERS_MAX) {
        return (int)error_set(err, ERROR_USAGE, "名称须为 1 至 %d 个字，现为 %zu 个",
                              "the name must have 1 to %d characters, not %zu", NAME_CHARACTERS_MAX,
                              characters);
    }
    if (plan->days < 1 || plan->days > DAYS_MAX) {
        return (int)error_set(err, ERROR_USAGE, "有效天数须为 1 至 %d，现为 %d",
                              "the validity must be 1 to %d days, not %d", DAYS_MAX, plan->days);
    }
    made.suite = plan->suite == NULL ? key_suite_at(0) : key_suite_named(plan->suite);
    if (made.suite == NULL) {
        return (int)error_set(err, ERROR_USAGE, "没有密码套件“%.40s”；可选 p256、rsa3072、sm2",
                              "there is no suite \"%.40s\"; there are p256, rsa3072 and sm2",
                              plan->suite);
    }
    code = make(plan, &made, err);
    if (code == 0) {
        code = write_all(plan, &made, err);
    }
    free_generated(&made);
    return code;
}

#include "key/x509.h"

#include <string.h>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "base/file.h"
#include "key/openssl.h"
#include "key/suite.h"

/* A chain is a handful of certificates of a few kilobytes; more is an attack or a mistake. */
enum { CHAIN_MAX = 16, PEM_FILE_MAX = 1024 * 1024, NAME_MAX_OCTETS = 4096 };

struct x509_chain {
    struct x509 *items[CHAIN_MAX];
    size_t count;
};

static void x509_free(struct x509 *certificate)
{
    if (certificate == NULL) {
        return;
    }
    X509_free(certificate->handle);
    OPENSSL_free(certificate->der);
    OPENSSL_free(certificate->subject);
    OPENSSL_free(certificate->issuer);
    OPENSSL_free(certificate);
}

int x509_chain_new(struct x509_chain **out, struct error *err)
{
    *out = OPENSSL_zalloc(sizeof(**out));
    return *out == NULL ? (int)error_memory(err) : 0;
}

void x509_chain_free(struct x509_chain *chain)
{
    if (chain == NULL) {
        return;
    }
    for (size_t i = 0; i < chain->count; i++) {
        x509_free(chain->items[i]);
    }
    OPENSSL_free(chain);
}

/* UTF-8, controls escaped, so that a name can be printed as it is. */
static char *name_text(const X509_NAME *name)
{
    const unsigned long flags =
        (XN_FLAG_ONELINE & ~(unsigned long)XN_FLAG_SPC_EQ & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) |
        ASN1_STRFLGS_UTF8_CONVERT | ASN1_STRFLGS_ESC_CTRL;
    BIO *bio = BIO_new(BIO_s_mem());
    char *data = NULL;
    char *text = NULL;
    long length;

    if (bio != NULL && X509_NAME_print_ex(bio, name, 0, flags) >= 0) {
        length = BIO_get_mem_data(bio, &data);
        if (length >= 0 && length <= NAME_MAX_OCTETS) {
            text = OPENSSL_strndup(length > 0 ? data : "", (size_t)length);
        }
    }
    BIO_free(bio);
    return text;
}

/* The one form DER allows: what comes back from the parser must be what went in. */
static int is_strict_der(const X509 *handle, const unsigned char *der, size_t length)
{
    unsigned char *again = NULL;
    int size = i2d_X509(handle, &again);
    int equal = size > 0 && (size_t)size == length && memcmp(again, der, length) == 0;

    OPENSSL_free(again);
    return equal;
}

static int x509_parse(const unsigned char *der, size_t length, struct x509 **out, struct error *err)
{
    const unsigned char *at = der;
    struct x509 *made = OPENSSL_zalloc(sizeof(*made));
    int code = ERROR_INPUT;

    if (made == NULL) {
        return (int)error_memory(err);
    }
    made->handle = length <= PEM_FILE_MAX ? d2i_X509(NULL, &at, (long)length) : NULL;
    if (made->handle == NULL || at != der + length || !is_strict_der(made->handle, der, length)) {
        error_set(err, ERROR_INPUT, "不是一张严格按 DER 编码的 X.509 证书（%zu 字节）",
                  "not an X.509 certificate in strict DER (%zu octets)", length);
        goto out;
    }
    if (!suite_set_identifier(made->handle)) {
        code = (int)error_memory(err);
        goto out;
    }
    made->der = OPENSSL_memdup(der, length);
    made->der_length = length;
    made->subject = name_text(X509_get_subject_name(made->handle));
    made->issuer = name_text(X509_get_issuer_name(made->handle));
    if (made->der == NULL || made->subject == NULL || made->issuer == NULL) {
        code = (int)error_memory(err);
        goto out;
    }
    *out = made;
    made = NULL;
    code = 0;
out:
    ERR_clear_error();
    x509_free(made);
    return code;
}

int x509_chain_add(struct x509_chain *chain, const unsigned char *der, size_t length,
                   struct error *err)
{
    int code;

    if (chain->count == CHAIN_MAX) {
        return (int)error_set(err, ERROR_INPUT, "证书多于 %d 张", "more than %d certificates",
                              CHAIN_MAX);
    }
    code = x509_parse(der, length, &chain->items[chain->count], err);
    chain->count += code == 0;
    return code;
}

/* Adds each CERTIFICATE block; 1 at the end of the file, 0 to go on, -1 on damage. */
static int read_block(BIO *bio, struct x509_chain *chain)
{
    char *name = NULL;
    char *header = NULL;
    unsigned char *der = NULL;
    long length = 0;
    int state = -1;

    if (PEM_read_bio(bio, &name, &header, &der, &length) != 1) {
        state = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE ? 1 : -1;
    } else if (strcmp(name, PEM_STRING_X509) == 0 && length > 0) {
        state = x509_chain_add(chain, der, (size_t)length, NULL) == 0 ? 0 : -1;
    }
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(der);
    ERR_clear_error();
    return state;
}

static int read_blocks(const struct buffer *pem, struct x509_chain *chain, struct error *err)
{
    BIO *bio = BIO_new_mem_buf(buffer_text(pem), (int)pem->length);
    int state = 0;

    if (bio == NULL) {
        return (int)error_memory(err);
    }
    while (state == 0) {
        state = read_block(bio, chain);
    }
    BIO_free(bio);
    if (state < 0) {
        return (int)error_set(err, ERROR_CONFIG, "第 %zu 张证书损坏，或证书多于 %d 张",
                              "certificate %zu is damaged, or there are more than %d",
                              chain->count + 1, CHAIN_MAX);
    }
    if (chain->count == 0) {
        return (int)error_set(err, ERROR_CONFIG, "文件中没有 PEM 证书",
                              "there is no PEM certificate in the file");
    }
    return 0;
}

int x509_chain_read(const char *path, struct x509_chain **out, struct error *err)
{
    struct buffer pem = {0};
    struct x509_chain *chain = NULL;
    int code = file_read(path, PEM_FILE_MAX, &pem, err);

    *out = NULL;
    if (code == ERROR_INPUT) {
        code = ERROR_CONFIG; /* too large: not an input, but a setting that is refused */
        if (err != NULL) {
            err->code = ERROR_CONFIG;
        }
    }
    if (code == 0) {
        code = x509_chain_new(&chain, err);
    }
    if (code == 0) {
        code = read_blocks(&pem, chain, err);
        error_place(err, path, 0, 0);
    }
    if (code == 0) {
        *out = chain;
        chain = NULL;
    }
    x509_chain_free(chain);
    buffer_free(&pem);
    return code;
}

unsigned x509_key_bits(const struct x509 *certificate)
{
    const EVP_PKEY *pkey = X509_get0_pubkey(certificate->handle);
    int bits = pkey != NULL ? EVP_PKEY_get_bits(pkey) : 0;

    return bits > 0 ? (unsigned)bits : 0;
}

size_t x509_chain_count(const struct x509_chain *chain)
{
    return chain->count;
}

const struct x509 *x509_chain_at(const struct x509_chain *chain, size_t index)
{
    return index < chain->count ? chain->items[index] : NULL;
}

const unsigned char *x509_der(const struct x509 *certificate, size_t *length)
{
    *length = certificate->der_length;
    return certificate->der;
}

int x509_digest(const struct x509 *certificate, enum digest_algorithm algorithm,
                unsigned char digest[DIGEST_LENGTH], struct error *err)
{
    return digest_compute(algorithm, certificate->der, certificate->der_length, digest, err);
}

const char *x509_subject(const struct x509 *certificate)
{
    return certificate->subject;
}

const char *x509_issuer(const struct x509 *certificate)
{
    return certificate->issuer;
}

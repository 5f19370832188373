#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "key/key_source.h"

/* An encrypted file asks for its password; one that never asked holds no key at all. */
static int refuse_pem(const struct password_query *query)
{
    if (query->code != 0) {
        return query->code;
    }
    if (query->asked == 0) {
        return (int)error_set(query->err, ERROR_CONFIG, "既不是 PEM 私钥，也不是 PKCS#12 文件",
                              "neither a PEM private key nor a PKCS#12 file");
    }
    if (key_is_unsupported()) {
        return (int)error_set(query->err, ERROR_CONFIG,
                              "私钥是用已淘汰的算法加密的，不能读取；请用 openssl pkcs8 -topk8 "
                              "重新加密",
                              "the private key is encrypted with a retired algorithm and cannot be "
                              "read; encrypt it anew with openssl pkcs8 -topk8");
    }
    return (int)error_set(query->err, ERROR_CONFIG, "密码不对，或私钥文件已损坏",
                          "the password is wrong, or the private key is damaged");
}

static int parse_pem(const unsigned char *octets, size_t length, struct password_query *query,
                     struct key *key)
{
    BIO *bio = BIO_new_mem_buf(octets, (int)length);
    int code;

    if (bio == NULL) {
        return (int)error_memory(query->err);
    }
    key->pkey = PEM_read_bio_PrivateKey(bio, NULL, password_answer, query);
    BIO_free(bio);
    code = key->pkey == NULL ? refuse_pem(query) : 0;
    ERR_clear_error();
    return code;
}

int file_open_key(const struct key_source *source, struct key *key, struct x509_chain **bundled,
                  struct error *err)
{
    unsigned char *octets = OPENSSL_malloc(SECRET_FILE_MAX);
    struct password_query query = {.source = source, .err = err};
    size_t length = 0;
    int code =
        octets == NULL ? (int)error_memory(err) : secret_read(source->name, octets, &length, err);

    if (code == 0) {
        code = pkcs12_is(octets, length) ? pkcs12_open_key(octets, length, &query, key, bundled)
                                         : parse_pem(octets, length, &query, key);
    }
    OPENSSL_clear_free(octets, SECRET_FILE_MAX);
    return code;
}

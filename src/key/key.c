#include "key/key.h"

#include <stdio.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include "base/encoding.h"
#include "key/key_source.h"
#include "key/openssl.h"
#include "key/suite.h"

enum { KEY_RANDOM_MAX = 64, RULES_SIZE = 512, TRIAL_OCTETS = 16 };

enum error_code key_openssl_error(struct error *err, const char *what)
{
    char reason[256];

    ERR_error_string_n(ERR_peek_last_error(), reason, sizeof(reason));
    ERR_clear_error();
    return error_set(err, ERROR_INTERNAL, "密码库在“%s”一步失败：%s",
                     "the cryptographic library failed at \"%s\": %s", what, reason);
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

/* A weak key is told apart from a foreign one. */
int key_judge_kind(const EVP_PKEY *pkey, const struct key_suite **out, struct error *err)
{
    enum suite_fit fit = SUITE_FOREIGN;
    const struct key_suite *suite = key_suite_like(pkey, &fit);
    char rules[2][RULES_SIZE];

    if (fit == SUITE_FIT) {
        *out = suite;
        return 0;
    }
    if (fit == SUITE_WEAK) {
        return (int)error_set(err, ERROR_CONFIG, "这把 %d 位的密钥不能使用：套件 %s 要求 %s%.0s",
                              "this key of %d bits cannot be used: suite %s requires an %.0s%s",
                              EVP_PKEY_get_bits(pkey), suite->name, suite->key_rule.zh,
                              suite->key_rule.en);
    }
    list_rules(rules[0], sizeof(rules[0]), 1);
    list_rules(rules[1], sizeof(rules[1]), 0);
    return (int)error_set(err, ERROR_CONFIG, "这把密钥不能使用：只接受 %s%.0s",
                          "this key cannot be used; only these are: %.0s%s", rules[0], rules[1]);
}

int key_is_unsupported(void)
{
    unsigned long found;
    int unsupported = 0;

    while ((found = ERR_get_error()) != 0) {
        unsupported |= ERR_GET_REASON(found) == ERR_R_UNSUPPORTED ||
                       (ERR_GET_LIB(found) == ERR_LIB_EVP &&
                        (ERR_GET_REASON(found) == EVP_R_UNSUPPORTED_ALGORITHM ||
                         ERR_GET_REASON(found) == EVP_R_UNSUPPORTED_CIPHER));
    }
    return unsupported;
}

static int begins(const char *name, const char *scheme)
{
    return strncmp(name, scheme, strlen(scheme)) == 0;
}

static int open_source(const struct key_source *source, struct key *key,
                       struct x509_chain **bundled, struct error *err)
{
    if (begins(source->name, "pkcs11:")) {
        return store_open_key(source, key, bundled, err);
    }
    if (begins(source->name, "command:")) {
        return command_open_key(source, key, err);
    }
    return file_open_key(source, key, bundled, err);
}

int key_open(const struct key_source *source, struct key **out, struct x509_chain **bundled,
             struct error *err)
{
    struct key *key = OPENSSL_zalloc(sizeof(*key));
    int code;

    *out = NULL;
    *bundled = NULL;
    if (key == NULL || (key->name = OPENSSL_strdup(source->name)) == NULL) {
        key_free(key);
        return (int)error_memory(err);
    }
    ERR_clear_error();
    code = open_source(source, key, bundled, err);
    if (code == 0 && key->pkey != NULL) {
        code = key_judge_kind(key->pkey, &key->suite, err);
    }
    error_place(err, source->name, 0, 0);
    if (code != 0) {
        x509_chain_free(*bundled);
        *bundled = NULL;
        key_free(key);
        return code;
    }
    *out = key;
    return 0;
}

/* The context of a device goes last and while OpenSSL still works: some modules do not outlive its
 * own cleaning up at exit. */
void key_free(struct key *key)
{
    if (key == NULL) {
        return;
    }
    EVP_PKEY_free(key->pkey);
    EVP_PKEY_free(key->public);
    command_free(key->command);
    for (size_t i = 0; i < sizeof(key->providers) / sizeof(key->providers[0]); i++) {
        if (key->providers[i] != NULL) {
            OSSL_PROVIDER_unload(key->providers[i]);
        }
    }
    OSSL_LIB_CTX_free(key->library);
    OPENSSL_free(key->name);
    OPENSSL_clear_free(key, sizeof(*key));
}

const struct key_suite *key_suite(const struct key *key)
{
    return key->suite;
}

static int refuse_certificate(const struct x509 *certificate, struct error *err)
{
    return (int)error_set(err, ERROR_CONFIG,
                          "证书“%s”不是这把私钥的证书；证书文件须以签发人自己的证书开头",
                          "the certificate \"%s\" does not belong to the private key; a file of "
                          "certificates has to begin with the signer's own",
                          x509_subject(certificate));
}

/* Text that no document to be signed begins with, never the same twice. */
static int try_out(const struct key *key, struct error *err)
{
    static const char purpose[] = "dingjia: whose key is this? ";
    char text[sizeof(purpose) + 2 * TRIAL_OCTETS];
    struct key_value value;
    int code;

    memcpy(text, purpose, sizeof(purpose));
    code = key_random_hex(TRIAL_OCTETS, text + sizeof(purpose) - 1, err);
    return code == 0 ? key_sign(key, text, strlen(text), &value, err) : code;
}

int key_bind(struct key *key, const struct x509 *certificate, struct error *err)
{
    EVP_PKEY *public = X509_get0_pubkey(certificate->handle);
    const struct key_suite *suite = NULL;
    int code =
        public == NULL ? refuse_certificate(certificate, err) : key_judge_kind(public, &suite, err);

    if (code != 0) {
        return code;
    }
    if ((key->suite != NULL && key->suite != suite) ||
        (!key->foreign && EVP_PKEY_eq(key->pkey, public) != 1)) {
        ERR_clear_error();
        return refuse_certificate(certificate, err);
    }
    if (EVP_PKEY_up_ref(public) != 1) {
        return (int)key_openssl_error(err, "EVP_PKEY_up_ref");
    }
    EVP_PKEY_free(key->public);
    key->public = public;
    key->suite = suite;
    return key->foreign ? try_out(key, err) : 0;
}

/* Without a certificate the key's own public half has to do. */
static int check_value(const struct key *key, const struct key_signed *what, struct error *err)
{
    EVP_PKEY *public = key->public != NULL ? key->public : key->pkey;
    int answer = key->suite->methods->verify(public, what);

    if (answer < 0) {
        return (int)key_openssl_error(err, "EVP_DigestVerify");
    }
    ERR_clear_error();
    if (answer == 0) {
        return (int)error_set(err, ERROR_CONFIG,
                              "签名值用签发人证书中的公钥验证不通过，未予采用："
                              "密钥与证书不是一对，或者签名设备、程序计算有误",
                              "the signature value does not verify with the public key in the "
                              "issuer's certificate and is not used: the key is another "
                              "certificate's, or the device or program miscalculates");
    }
    return 0;
}

static int make_value(const struct key *key, const struct key_signed *what, struct key_value *value,
                      struct error *err)
{
    const struct suite_signer signer = {key->library, key->pkey};
    const struct suite_methods *methods = key->suite->methods;
    int code = 0;

    if (key->command != NULL) {
        code = command_sign(key, what->octets, what->length, value, err);
    } else if (!methods->sign(&signer, what->octets, what->length, value)) {
        code = (int)key_openssl_error(err, "EVP_DigestSign");
    }
    if (code == 0 && methods->settle != NULL && !methods->settle(value)) {
        code = (int)error_memory(err);
    }
    return code;
}

int key_sign(const struct key *key, const void *octets, size_t length, struct key_value *value,
             struct error *err)
{
    struct key_signed what = {octets, length, value->octets, 0};
    int code;

    *value = (struct key_value){0};
    if (key->suite == NULL) {
        return (int)error_set(err, ERROR_CONFIG, "签名程序还没有对应的证书",
                              "the signing program has no certificate yet");
    }
    code = make_value(key, &what, value, err);
    what.signature_length = value->length;
    code = code == 0 ? check_value(key, &what, err) : code;
    if (code != 0) {
        OPENSSL_cleanse(value, sizeof(*value));
        error_place(err, key->name, 0, 0);
    }
    return code;
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

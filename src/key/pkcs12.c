#include <openssl/pkcs12.h>

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "key/key_source.h"

static PKCS12 *parse(const unsigned char *octets, size_t length)
{
    const unsigned char *at = octets;
    PKCS12 *made = d2i_PKCS12(NULL, &at, (long)length);

    ERR_clear_error();
    return made;
}

int pkcs12_is(const unsigned char *octets, size_t length)
{
    PKCS12 *made = length > 0 && octets[0] == 0x30 ? parse(octets, length) : NULL;
    int is = made != NULL;

    PKCS12_free(made);
    return is;
}

/* The provider with RC2 and the like is never loaded: whoever has such a file converts it once. */
static int refuse_legacy(struct error *err)
{
    return (int)error_set(
        err, ERROR_CONFIG,
        "这个 PKCS#12 文件是用已淘汰的算法（如 RC2）加密的，不能读取；请转换后再试："
        "openssl pkcs12 -legacy -in 旧文件 -out 临时.pem，再用 openssl pkcs12 -export -in 临时.pem "
        "-out 新文件，最后删除临时文件",
        "this PKCS#12 file is protected with a retired algorithm (such as RC2) and cannot be read; "
        "convert it with openssl pkcs12 -legacy -in OLD -out TEMPORARY.pem, then openssl pkcs12 "
        "-export -in TEMPORARY.pem -out NEW, and delete the temporary file");
}

/* The code over the whole file tells a wrong password from damage and from odd algorithms. */
static int check_password(PKCS12 *file, const char *password, struct error *err)
{
    if (!PKCS12_mac_present(file)) {
        return (int)error_set(err, ERROR_CONFIG, "这个 PKCS#12 文件没有完整性校验码，不予采用",
                              "this PKCS#12 file has no integrity code and is not used");
    }
    if (PKCS12_verify_mac(file, password, -1) == 1 ||
        (password[0] == '\0' && PKCS12_verify_mac(file, NULL, 0) == 1)) {
        ERR_clear_error();
        return 0;
    }
    if (ERR_peek_error() != 0) {
        ERR_clear_error();
        return (int)error_set(err, ERROR_CONFIG,
                              "这个 PKCS#12 文件的完整性校验码所用的算法，本机的 OpenSSL 不支持",
                              "the integrity code of this PKCS#12 file uses an algorithm that the "
                              "OpenSSL of this machine does not know");
    }
    return (int)error_set(err, ERROR_CONFIG, "密码不对，或 PKCS#12 文件已损坏",
                          "the password is wrong, or the PKCS#12 file is damaged");
}

static int refuse_content(struct error *err)
{
    if (key_is_unsupported()) {
        return refuse_legacy(err);
    }
    return (int)error_set(err, ERROR_CONFIG, "PKCS#12 文件已损坏", "the PKCS#12 file is damaged");
}

/* The password is right. */
static int take_content(PKCS12 *file, const char *password, struct key *key,
                        struct x509_chain **bundled, struct error *err)
{
    STACK_OF(X509) *others = NULL;
    X509 *own = NULL;
    int code = 0;

    if (PKCS12_parse(file, password, &key->pkey, &own, &others) != 1) {
        code = refuse_content(err);
    } else if (key->pkey == NULL) {
        code = (int)error_set(err, ERROR_CONFIG, "PKCS#12 文件中没有私钥",
                              "there is no private key in the PKCS#12 file");
    } else if (own != NULL) {
        code = bundle_make(own, others, bundled, err);
    }
    X509_free(own);
    sk_X509_pop_free(others, X509_free);
    return code;
}

int pkcs12_open_key(const unsigned char *octets, size_t length, struct password_query *query,
                    struct key *key, struct x509_chain **bundled)
{
    PKCS12 *file = parse(octets, length);
    char password[PASSWORD_SIZE] = "";
    int code = file == NULL ? (int)error_memory(query->err) : 0;

    if (code == 0 && password_answer(password, (int)sizeof(password), 0, query) < 0) {
        code = query->code;
    }
    code = code == 0 ? check_password(file, password, query->err) : code;
    code = code == 0 ? take_content(file, password, key, bundled, query->err) : code;
    OPENSSL_cleanse(password, sizeof(password));
    PKCS12_free(file);
    ERR_clear_error();
    return code;
}

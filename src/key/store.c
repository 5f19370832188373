#include <openssl/store.h>

#include <string.h>
#include <strings.h>

#include <openssl/conf.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ui.h>

#include "key/key_source.h"

/* A URI may name every object of a token. */
enum { OBJECTS_MAX = 1000 };

/* Held ready before the provider starts, which would else ask in its own way, from standard input
 * if need be. Given out once: tokens lock themselves after a few wrong ones. */
struct pin {
    char text[PASSWORD_SIZE];
    int given;
};

static int give_pin(char *text, int size, int writing, void *context)
{
    struct pin *pin = context;
    size_t length = strlen(pin->text);

    (void)writing;
    if (pin->given++ > 0 || size <= 0 || length >= (size_t)size) {
        return -1;
    }
    memcpy(text, pin->text, length + 1);
    return (int)length;
}

/* What a store holds, as it is being read. */
struct findings {
    EVP_PKEY *key;
    int keys;
    STACK_OF(X509) * certificates;
};

/* RFC 7512 has PINs in the query; written in another case or with escapes they are refused too. */
static int asks_for_pin(const char *uri)
{
    const char *query = strchr(uri, '?');

    for (const char *at = query; at != NULL && *at != '\0'; at++) {
        if (*at == '%' || strncasecmp(at, "pin", 3) == 0) {
            return 1;
        }
    }
    return 0;
}

/* A PIN in the URI would stand in the list of processes and in the shell's history. */
static int check_uri(const char *uri, struct error *err)
{
    int code = 0;

    if (asks_for_pin(uri)) {
        code = (int)error_set(err, ERROR_USAGE,
                              "URI 中不能写 PIN（pin-value、pin-source）；请用 --password-file，"
                              "或在提示时输入",
                              "the PIN (pin-value, pin-source) must not be in the URI; use "
                              "--password-file or wait to be asked");
        error_place(err, "pkcs11:", 0, 0); /* not the PIN itself */
    }
    return code;
}

static int refuse_provider(struct error *err)
{
    ERR_clear_error();
    return (int)error_set(
        err, ERROR_CONFIG,
        "OpenSSL 的 pkcs11 provider 不可用：请安装软件包 pkcs11-provider（Debian 13 起，Debian 12 "
        "在 backports 中），并用 PKCS11_PROVIDER_MODULE 或 OPENSSL_CONF 所指的配置文件"
        "（pkcs11-module-path）写明设备的 PKCS#11 模块",
        "OpenSSL's provider \"pkcs11\" is not there: install the package pkcs11-provider (Debian "
        "13; for Debian 12 from backports), and name the PKCS#11 module of the device in "
        "PKCS11_PROVIDER_MODULE or in the configuration OPENSSL_CONF points to "
        "(pkcs11-module-path)");
}

/* A context of its own: nothing else is ever computed in the device, and its module is closed with
 * the key. A broken configuration shows in the provider that is then missing. */
static int load_provider(struct key *key, struct error *err)
{
    char *configuration = CONF_get1_default_config_file();

    key->library = OSSL_LIB_CTX_new();
    if (key->library == NULL || configuration == NULL) {
        OPENSSL_free(configuration);
        return (int)error_memory(err);
    }
    (void)OSSL_LIB_CTX_load_config(key->library, configuration);
    OPENSSL_free(configuration);
    key->providers[0] = OSSL_PROVIDER_load(key->library, "default");
    key->providers[1] = OSSL_PROVIDER_load(key->library, "pkcs11");
    if (key->providers[0] == NULL || key->providers[1] == NULL) {
        return refuse_provider(err);
    }
    ERR_clear_error();
    return 0;
}

/* Takes what the object holds. 1 done, 0 out of memory. */
static int take_object(OSSL_STORE_INFO *object, struct findings *found)
{
    X509 *certificate;

    if (OSSL_STORE_INFO_get_type(object) == OSSL_STORE_INFO_PKEY) {
        found->keys++;
        EVP_PKEY_free(found->key);
        found->key = OSSL_STORE_INFO_get1_PKEY(object);
        return found->key != NULL;
    }
    if (OSSL_STORE_INFO_get_type(object) != OSSL_STORE_INFO_CERT) {
        return 1;
    }
    certificate = OSSL_STORE_INFO_get1_CERT(object);
    if (certificate == NULL || sk_X509_push(found->certificates, certificate) <= 0) {
        X509_free(certificate);
        return 0;
    }
    return 1;
}

/* Objects that cannot be read are left out; what matters is whether the key is there. */
static int read_objects(OSSL_STORE_CTX *store, struct findings *found)
{
    int done = 1;

    for (int i = 0; done && i < OBJECTS_MAX && !OSSL_STORE_eof(store); i++) {
        OSSL_STORE_INFO *object = OSSL_STORE_load(store);

        if (object != NULL) {
            done = take_object(object, found);
            OSSL_STORE_INFO_free(object);
        }
    }
    return done;
}

static int refuse_keys(const struct findings *found, const struct pin *pin, struct error *err)
{
    if (found->keys > 1) {
        return (int)error_set(err, ERROR_CONFIG,
                              "这个 URI 指向 %d 把私钥；请加上 token、object 或 id，使其只指向一把",
                              "the URI names %d private keys; add token, object or id, so that it "
                              "names one",
                              found->keys);
    }
    if (pin->given > 0) {
        return (int)error_set(err, ERROR_CONFIG, "设备中没有这个 URI 所指的私钥，或 PIN 不对",
                              "the private key the URI names is not in the device, or the PIN is "
                              "wrong");
    }
    return (int)error_set(err, ERROR_CONFIG,
                          "找不到这个 URI 所指的设备；请核对设备已连接、PKCS#11 模块已写明、token "
                          "名称无误",
                          "the device the URI names is not found; is it connected, is its PKCS#11 "
                          "module configured, is this the name of the token?");
}

/* The key's own certificate first, if the device holds it. */
static int take_bundle(const struct findings *found, struct x509_chain **bundled, struct error *err)
{
    for (int i = 0; i < sk_X509_num(found->certificates); i++) {
        X509 *certificate = sk_X509_value(found->certificates, i);
        const EVP_PKEY *public = X509_get0_pubkey(certificate);

        if (public != NULL && EVP_PKEY_eq(found->key, public) == 1) {
            return bundle_make(certificate, found->certificates, bundled, err);
        }
    }
    return 0;
}

static int open_store(const char *uri, struct key *key, struct pin *pin, struct findings *found,
                      struct error *err)
{
    UI_METHOD *method = UI_UTIL_wrap_read_pem_callback(give_pin, 0);
    OSSL_STORE_CTX *store = NULL;
    int done = 1;

    found->certificates = sk_X509_new_null();
    if (method == NULL || found->certificates == NULL) {
        UI_destroy_method(method);
        return (int)error_memory(err);
    }
    store = OSSL_STORE_open_ex(uri, key->library, NULL, method, pin, NULL, NULL, NULL);
    if (store != NULL) {
        done = read_objects(store, found);
        OSSL_STORE_close(store);
    }
    UI_destroy_method(method);
    if (!done) {
        return (int)error_memory(err);
    }
    return found->keys == 1 ? 0 : refuse_keys(found, pin, err);
}

static int get_pin(const struct key_source *source, struct pin *pin, struct error *err)
{
    struct password_query query = {.source = source, .err = err};

    (void)password_answer(pin->text, (int)sizeof(pin->text), 0, &query);
    return query.code;
}

int store_open_key(const struct key_source *source, struct key *key, struct x509_chain **bundled,
                   struct error *err)
{
    struct pin pin = {.given = 0};
    struct findings found = {0};
    int code = check_uri(source->name, err);

    key->foreign = 1;
    code = code == 0 ? load_provider(key, err) : code;
    code = code == 0 ? get_pin(source, &pin, err) : code;
    code = code == 0 ? open_store(source->name, key, &pin, &found, err) : code;
    code = code == 0 ? take_bundle(&found, bundled, err) : code;
    key->pkey = found.key;
    sk_X509_pop_free(found.certificates, X509_free);
    OPENSSL_cleanse(&pin, sizeof(pin));
    ERR_clear_error();
    return code;
}

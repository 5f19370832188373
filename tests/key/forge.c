#include "key/forge.h"

#include <check.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *or_else(const char *text, const char *other)
{
    return text != NULL ? text : other;
}

static void add_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *made;

    if (value == NULL || strcmp(value, "-") == 0) {
        return;
    }
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    made = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    ck_assert_ptr_nonnull(made);
    ck_assert_int_eq(X509_add_ext(certificate, made, -1), 1);
    X509_EXTENSION_free(made);
}

static X509 *start(const char *name, EVP_PKEY *key, int64_t from, int64_t to)
{
    X509 *made = X509_new();
    uint32_t random = 0;

    ck_assert_ptr_nonnull(made);
    RAND_bytes((unsigned char *)&random, sizeof(random));
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(made), (uint64_t)random + 1);
    ASN1_TIME_set(X509_getm_notBefore(made), (time_t)(FORGE_NOW + from));
    ASN1_TIME_set(X509_getm_notAfter(made), (time_t)(FORGE_NOW + to));
    X509_set_pubkey(made, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                               (const unsigned char *)name, -1, -1, 0);
    return made;
}

EVP_MD_CTX *forge_start(EVP_PKEY *key, const char *digest, const char *id)
{
    const int sm2 = EVP_PKEY_is_a(key, "SM2");
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *operation = NULL;
    int pss;

    digest = or_else(digest, sm2 ? "SM3" : "SHA256");
    id = or_else(id, "1234567812345678");
    pss = strncmp(digest, "PSS-", 4) == 0;
    digest += pss ? 4 : 0;
    ck_assert_int_eq(EVP_DigestSignInit_ex(context, &operation, digest, NULL, NULL, key, NULL), 1);
    if (pss) {
        ck_assert_int_eq(EVP_PKEY_CTX_set_rsa_padding(operation, RSA_PKCS1_PSS_PADDING), 1);
        ck_assert_int_eq(EVP_PKEY_CTX_set_rsa_pss_saltlen(operation, RSA_PSS_SALTLEN_DIGEST), 1);
    }
    if (sm2 && id[0] != '\0') {
        ck_assert_int_eq(EVP_PKEY_CTX_set1_id(operation, id, (int)strlen(id)), 1);
    }
    return context;
}

/* With the digest asked for, or the one that goes with the key. */
static void sign(X509 *certificate, EVP_PKEY *key, const struct forge_plan *plan)
{
    EVP_MD_CTX *context = forge_start(key, plan->digest, plan->id);

    ck_assert_int_gt(X509_sign_ctx(certificate, context), 0);
    EVP_MD_CTX_free(context);
}

static void finish(X509 *certificate, X509 *issuer, EVP_PKEY *key, const struct forge_plan *plan)
{
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
    if (certificate != issuer) {
        add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always");
    }
    sign(certificate, key, plan);
}

static X509 *make_ca(const struct forge_plan *plan, const char *name, EVP_PKEY *key)
{
    X509 *ca = start(name, key, -FORGE_YEAR, plan->ca_to != 0 ? plan->ca_to : FORGE_YEAR);

    add_extension(ca, ca, NID_basic_constraints, or_else(plan->ca_basic, "critical,CA:TRUE"));
    add_extension(ca, ca, NID_key_usage, or_else(plan->ca_usage, "critical,keyCertSign,cRLSign"));
    return ca;
}

static EVP_PKEY *make_rsa(size_t bits, unsigned exponent)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    const OSSL_PARAM wishes[] = {OSSL_PARAM_construct_size_t("bits", &bits),
                                 OSSL_PARAM_construct_uint("e", &exponent),
                                 OSSL_PARAM_construct_end()};
    EVP_PKEY *made = NULL;

    ck_assert_int_eq(EVP_PKEY_keygen_init(context), 1);
    ck_assert_int_eq(EVP_PKEY_CTX_set_params(context, wishes), 1);
    ck_assert_int_eq(EVP_PKEY_generate(context, &made), 1);
    EVP_PKEY_CTX_free(context);
    return made;
}

EVP_PKEY *forge_key(const char *curve)
{
    if (strncmp(curve, "RSA-", 4) == 0) {
        return make_rsa(strtoul(curve + 4, NULL, 10), curve[8] == '-' ? 3 : 65537);
    }
    return strcmp(curve, "SM2") == 0 ? EVP_PKEY_Q_keygen(NULL, NULL, "SM2") : EVP_EC_gen(curve);
}

X509 *forge_issue(const struct forged *forged, const struct forge_plan *plan, const char *name)
{
    X509 *issuer = forged->middle != NULL ? forged->middle : forged->ca;
    EVP_PKEY *issuer_key = forged->middle != NULL ? forged->middle_key : forged->ca_key;
    X509 *leaf = start(name, plan->key, plan->from != 0 ? plan->from : -86400,
                       plan->to != 0 ? plan->to : FORGE_YEAR / 2);

    add_extension(leaf, issuer, NID_basic_constraints, or_else(plan->basic, "critical,CA:FALSE"));
    add_extension(leaf, issuer, NID_key_usage,
                  or_else(plan->usage, "critical,digitalSignature,nonRepudiation"));
    add_extension(leaf, issuer, NID_ext_key_usage, plan->extended);
    add_extension(leaf, issuer, NID_crl_distribution_points, plan->points);
    add_extension(leaf, issuer, NID_info_access, plan->access);
    finish(leaf, issuer, issuer_key, plan);
    return leaf;
}

void forge_make(const struct forge_plan *plan, struct forged *out)
{
    struct forge_plan leaf = *plan;

    *out = (struct forged){.ca_key = forge_key(or_else(plan->ca_curve, "P-256")),
                           .key = plan->key != NULL ? plan->key
                                                    : forge_key(or_else(plan->curve, "P-256"))};
    ck_assert_ptr_nonnull(out->ca_key);
    ck_assert_ptr_nonnull(out->key);
    out->ca = make_ca(plan, "Test CA", out->ca_key);
    finish(out->ca, out->ca, out->ca_key, plan);
    if (plan->intermediate) {
        out->middle_key = forge_key(or_else(plan->ca_curve, "P-256"));
        out->middle = make_ca(plan, "Test intermediate CA", out->middle_key);
        finish(out->middle, out->ca, out->ca_key, plan);
    }
    leaf.key = out->key;
    out->leaf = forge_issue(out, &leaf, "示例大学科研院");
}

void forge_free(struct forged *forged)
{
    EVP_PKEY_free(forged->ca_key);
    EVP_PKEY_free(forged->middle_key);
    EVP_PKEY_free(forged->key);
    X509_free(forged->ca);
    X509_free(forged->middle);
    X509_free(forged->leaf);
    *forged = (struct forged){0};
}

const char *forge_path(const char *folder, const char *name)
{
    static char paths[4][256];
    static unsigned turn;
    char *path = paths[turn++ % 4];

    snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

static FILE *create(const char *folder, const char *name)
{
    FILE *file = fopen(forge_path(folder, name), "w");

    ck_assert_ptr_nonnull(file);
    return file;
}

void forge_write(const struct forged *forged, char folder[64])
{
    const char *parent = getenv("TMPDIR");
    FILE *file;

    snprintf(folder, 64, "%.40s/dingjia-XXXXXX", or_else(parent, "/tmp"));
    ck_assert_ptr_nonnull(mkdtemp(folder));
    file = create(folder, "ca.pem");
    PEM_write_X509(file, forged->ca);
    fclose(file);
    file = create(folder, "issuer.pem");
    PEM_write_X509(file, forged->leaf);
    if (forged->middle != NULL) {
        PEM_write_X509(file, forged->middle);
    }
    fclose(file);
    file = create(folder, "issuer.key");
    PEM_write_PrivateKey(file, forged->key, NULL, NULL, 0, NULL, NULL);
    fclose(file);
    chmod(forge_path(folder, "issuer.key"), 0600);
}

void forge_remove(const char *folder)
{
    unlink(forge_path(folder, "ca.pem"));
    unlink(forge_path(folder, "issuer.pem"));
    unlink(forge_path(folder, "issuer.key"));
    ck_assert_int_eq(rmdir(folder), 0);
}

int forge_open(const char *path, struct key **out, struct error *err)
{
    const struct key_source source = {.name = path};
    struct x509_chain *bundled = NULL;
    int code = key_open(&source, out, &bundled, err);

    ck_assert_ptr_null(bundled);
    return code;
}

void forge_add(struct x509_chain *chain, const X509 *certificate)
{
    unsigned char *der = NULL;
    int length;

    if (certificate != NULL) {
        length = i2d_X509(certificate, &der);
        ck_assert_int_eq(x509_chain_add(chain, der, (size_t)length, NULL), 0);
        OPENSSL_free(der);
    }
}

struct x509_chain *forge_chain(const struct forged *forged)
{
    struct x509_chain *chain = NULL;

    ck_assert_int_eq(x509_chain_new(&chain, NULL), 0);
    forge_add(chain, forged->leaf);
    forge_add(chain, forged->middle);
    return chain;
}

struct trust *forge_trust(const struct forged *forged)
{
    struct trust *trust = NULL;
    char folder[64];

    forge_write(forged, folder);
    ck_assert_int_eq(trust_read(forge_path(folder, "ca.pem"), &trust, NULL), 0);
    forge_remove(folder);
    return trust;
}

void forge_find(const struct trust *trust, const struct x509_chain *chain, struct path *out)
{
    const struct path_request request = {
        .trust = trust, .chain = chain, .purpose = PATH_SIGNING, .at = FORGE_NOW};

    ck_assert_int_eq(path_find(&request, out, NULL, NULL), 0);
}

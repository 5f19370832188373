#include "key/forge.h"

#include <check.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
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
    unsigned char random = 0;

    ck_assert_ptr_nonnull(made);
    RAND_bytes(&random, 1);
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), random + 1);
    ASN1_TIME_set(X509_getm_notBefore(made), (time_t)(FORGE_NOW + from));
    ASN1_TIME_set(X509_getm_notAfter(made), (time_t)(FORGE_NOW + to));
    X509_set_pubkey(made, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                               (const unsigned char *)name, -1, -1, 0);
    return made;
}

static void finish(X509 *certificate, X509 *issuer, EVP_PKEY *key, const char *digest)
{
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
    if (certificate != issuer) {
        add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always");
    }
    ck_assert_int_gt(X509_sign(certificate, key, EVP_get_digestbyname(or_else(digest, "SHA256"))),
                     0);
}

static X509 *make_ca(const struct forge_plan *plan, const char *name, EVP_PKEY *key)
{
    X509 *ca = start(name, key, -FORGE_YEAR, plan->ca_to != 0 ? plan->ca_to : FORGE_YEAR);

    add_extension(ca, ca, NID_basic_constraints, or_else(plan->ca_basic, "critical,CA:TRUE"));
    add_extension(ca, ca, NID_key_usage, or_else(plan->ca_usage, "critical,keyCertSign,cRLSign"));
    return ca;
}

static EVP_PKEY *make_key(const char *curve)
{
    return strcmp(curve, "RSA") == 0 ? EVP_RSA_gen(2048) : EVP_EC_gen(curve);
}

void forge_make(const struct forge_plan *plan, struct forged *out)
{
    EVP_PKEY *issuer_key;
    X509 *issuer;

    *out = (struct forged){.ca_key = EVP_EC_gen("P-256"),
                           .key = make_key(or_else(plan->curve, "P-256"))};
    out->ca = make_ca(plan, "Test CA", out->ca_key);
    finish(out->ca, out->ca, out->ca_key, plan->digest);
    issuer = out->ca;
    issuer_key = out->ca_key;
    EVP_PKEY_up_ref(issuer_key);
    if (plan->intermediate) {
        EVP_PKEY_free(issuer_key);
        issuer_key = EVP_EC_gen("P-256");
        out->middle = make_ca(plan, "Test intermediate CA", issuer_key);
        finish(out->middle, out->ca, out->ca_key, plan->digest);
        issuer = out->middle;
    }
    out->leaf = start("示例大学科研院", out->key, plan->from != 0 ? plan->from : -86400,
                      plan->to != 0 ? plan->to : FORGE_YEAR / 2);
    add_extension(out->leaf, issuer, NID_basic_constraints,
                  or_else(plan->basic, "critical,CA:FALSE"));
    add_extension(out->leaf, issuer, NID_key_usage,
                  or_else(plan->usage, "critical,digitalSignature,nonRepudiation"));
    add_extension(out->leaf, issuer, NID_ext_key_usage, plan->extended);
    finish(out->leaf, issuer, issuer_key, plan->digest);
    EVP_PKEY_free(issuer_key);
}

void forge_free(struct forged *forged)
{
    EVP_PKEY_free(forged->ca_key);
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

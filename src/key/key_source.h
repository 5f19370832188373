#ifndef DINGJIA_KEY_KEY_SOURCE_H
#define DINGJIA_KEY_KEY_SOURCE_H

#include <stddef.h>

#include <openssl/x509.h>

#include "base/error.h"
#include "key/key.h"
#include "key/openssl.h"
#include "key/suite.h"

/* What the sources of keys share; seen only in src/key/. */

/* Each fills the key, and `*bundled` where certificates come along; a failure is placed at the
 * source's name. What is filled is freed by the caller even then. */
int file_open_key(const struct key_source *source, struct key *key, struct x509_chain **bundled,
                  struct error *err);
int store_open_key(const struct key_source *source, struct key *key, struct x509_chain **bundled,
                   struct error *err);
int command_open_key(const struct key_source *source, struct key *key, struct error *err);

/* ---- passwords and files of secrets (key_secret.c) ---- */

enum { SECRET_FILE_MAX = 64 * 1024, PASSWORD_SIZE = 1024 };

/* Reads a file that only its owner may read; `octets` has room for SECRET_FILE_MAX. */
int secret_read(const char *path, unsigned char *octets, size_t *length, struct error *err);

/* One question for a password, as OpenSSL asks it; at most one answer is given. */
struct password_query {
    const struct key_source *source;
    struct error *err;
    int code; /* why there is no answer */
    int asked;
};

/* A pem_password_cb; `query` is a struct password_query. */
int password_answer(char *text, int size, int writing, void *query);

/* ---- PKCS#12 (pkcs12.c) ---- */

int pkcs12_is(const unsigned char *octets, size_t length);
int pkcs12_open_key(const unsigned char *octets, size_t length, struct password_query *query,
                    struct key *key, struct x509_chain **bundled);

/* ---- programs (command.c) ---- */

void command_free(struct command *command);
int command_sign(const struct key *key, const void *octets, size_t length, struct key_value *value,
                 struct error *err);

/* ---- certificates that come with a key (key_bundle.c) ---- */

/* `own` and, of `others` (may be NULL), what leads from it upwards, without self-issued anchors. */
int bundle_make(X509 *own, const STACK_OF(X509) * others, struct x509_chain **out,
                struct error *err);

/* ---- in general (key.c) ---- */

/* The suite this private or public key signs under; ERROR_CONFIG for a weak or a foreign one. */
int key_judge_kind(const EVP_PKEY *pkey, const struct key_suite **out, struct error *err);

/* Whether OpenSSL's last failure was an algorithm that no loaded provider has. */
int key_is_unsupported(void);

#endif

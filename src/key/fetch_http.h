#ifndef DINGJIA_KEY_FETCH_HTTP_H
#define DINGJIA_KEY_FETCH_HTTP_H

#include <stddef.h>

#include <openssl/ssl.h>

#include "base/buffer.h"
#include "base/error.h"

/* One exchange over HTTP; seen only in src/key/. */

struct fetch_exchange {
    const char *url;            /* http:// or https:// */
    const struct buffer *body;  /* NULL: GET */
    const char *body_type;      /* NULL without a body */
    const char *response_type;  /* NULL: any */
    size_t response_octets_max; /* one DER structure of at most this length is the answer */
    int seconds;                /* for all of it */
};

/* ERROR_OPEN, naming the URL and what happened, when there is no good answer. */
int fetch_exchange(const struct fetch_exchange *exchange, struct buffer *response,
                   struct error *err);

/* Where it goes. */
struct fetch_target {
    int secure;
    char *host;
    char *port;
    char *path; /* and query */
    int seconds;
    SSL_CTX *tls;
};

/* Connects. OpenSSL itself would try a port that refuses again and again until the time is over.
 * `line` stays NULL where it must connect by way of a proxy. 1 done, 0 not. */
int fetch_dial(const struct fetch_target *target, BIO **line);

/* Makes ready for https. 1 done, 0 not. */
int fetch_start_tls(struct fetch_target *target);

/* What OSSL_HTTP_transfer() calls, with the target, once it is connected and before it hangs up. */
BIO *fetch_update(BIO *connection, void *argument, int connect, int detail);

/* The most telling of OpenSSL's errors in plain words; empties its queue. Afterwards `detail` holds
 * the number of the HTTP status and the like, if there is one. */
struct bilingual fetch_reason(char *detail, size_t size);

#endif

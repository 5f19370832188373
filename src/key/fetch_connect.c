#include "key/fetch_http.h"

#include <stdio.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/clock.h"

/* Connecting to a server, and TLS with it. */

enum { NAP_MILLISECONDS = 50, HOST_SIZE = 300 };

/* As the environment says (http_proxy, https_proxy, no_proxy). */
static int has_proxy(const struct fetch_target *target)
{
    return OSSL_HTTP_adapt_proxy(NULL, NULL, target->host, target->secure) != NULL;
}

static BIO *new_line(const struct fetch_target *target)
{
    const int is_ipv6 = strchr(target->host, ':') != NULL;
    BIO *line = BIO_new(BIO_s_connect());
    char host[HOST_SIZE];

    snprintf(host, sizeof(host), is_ipv6 ? "[%s]" : "%s", target->host);
    if (line == NULL || strlen(target->host) + 2 >= sizeof(host) ||
        BIO_set_conn_hostname(line, host) != 1 || BIO_set_conn_port(line, target->port) != 1 ||
        BIO_set_nbio(line, 1) != 1) {
        BIO_free(line);
        return NULL;
    }
    return line;
}

int fetch_dial(const struct fetch_target *target, BIO **line)
{
    const int64_t end = clock_now() + target->seconds;

    *line = NULL;
    if (has_proxy(target)) {
        return 1;
    }
    *line = new_line(target);
    if (*line == NULL) {
        return 0;
    }
    while (BIO_do_connect(*line) != 1) {
        if (!BIO_should_retry(*line) || BIO_wait(*line, (time_t)end, NAP_MILLISECONDS) != 1) {
            return 0;
        }
    }
    return 1;
}

/* ---- TLS: the server must prove to this system who it is ---- */

int fetch_start_tls(struct fetch_target *target)
{
    target->tls = SSL_CTX_new(TLS_client_method());
    if (target->tls == NULL || SSL_CTX_set_default_verify_paths(target->tls) != 1 ||
        SSL_CTX_set_min_proto_version(target->tls, TLS1_2_VERSION) != 1) {
        return 0;
    }
    SSL_CTX_set_verify(target->tls, SSL_VERIFY_PEER, NULL);
    return 1;
}

static int name_server(SSL *session, char *host)
{
    X509_VERIFY_PARAM *param = SSL_get0_param(session);

    if (X509_VERIFY_PARAM_set1_ip_asc(param, host) == 1) {
        return 1;
    }
    ERR_clear_error();
    X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(param, host, 0) == 1 &&
           SSL_set_tlsext_host_name(session, host) == 1;
}

static BIO *wrap(BIO *plain, struct fetch_target *target)
{
    SSL *session = NULL;
    BIO *tls;

    if (has_proxy(target) && OSSL_HTTP_proxy_connect(plain, target->host, target->port, NULL, NULL,
                                                     target->seconds, NULL, NULL) != 1) {
        return NULL;
    }
    tls = BIO_new_ssl(target->tls, 1);
    if (tls == NULL || BIO_get_ssl(tls, &session) != 1 || !name_server(session, target->host)) {
        BIO_free(tls);
        return NULL;
    }
    return BIO_push(tls, plain);
}

static BIO *unwrap(BIO *tls)
{
    BIO *plain;

    ERR_set_mark();
    BIO_ssl_shutdown(tls);
    plain = BIO_pop(tls);
    BIO_free(tls);
    ERR_pop_to_mark();
    return plain;
}

BIO *fetch_update(BIO *connection, void *argument, int connect, int detail)
{
    struct fetch_target *target = argument;

    (void)detail;
    if (!target->secure) {
        return connection;
    }
    return connect ? wrap(connection, target) : unwrap(connection);
}

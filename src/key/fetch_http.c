#include "key/fetch_http.h"

#include <signal.h>
#include <string.h>
#include <time.h>

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/ssl.h>

#include "base/text.h"
#include "key/openssl.h"

enum { URL_OCTETS_MAX = 2048, URL_SHOWN_MAX = 200, DETAIL_SIZE = 128 };

static void target_clear(struct fetch_target *target)
{
    OPENSSL_free(target->host);
    OPENSSL_free(target->port);
    OPENSSL_free(target->path);
    SSL_CTX_free(target->tls);
    *target = (struct fetch_target){0};
}

static int refuse(const char *url, struct bilingual reason, const char *detail, struct error *err)
{
    char shown[URL_SHOWN_MAX];

    text_fit(shown, sizeof(shown), url);
    text_sanitise(shown);
    return (int)error_set(err, ERROR_OPEN, "无法从 %s 取得答复：%s%.0s%s%s%s",
                          "no answer from %s: %.0s%s%s%s%s", shown, reason.zh, reason.en,
                          detail[0] != '\0' ? " (" : "", detail, detail[0] != '\0' ? ")" : "");
}

/* ---- the URL ---- */

/* Nothing that could end the line of the request early, or that is no part of a URL at all. */
static int is_plain(const char *url)
{
    size_t length = strlen(url);

    for (size_t i = 0; i < length; i++) {
        if (url[i] <= ' ' || url[i] > '~') {
            return 0;
        }
    }
    return length > 0 && length <= URL_OCTETS_MAX;
}

static char *join(const char *path, const char *query)
{
    struct buffer text;

    buffer_init(&text, 2 * URL_OCTETS_MAX);
    buffer_append_text(&text, path);
    if (query != NULL && query[0] != '\0') {
        buffer_append_format(&text, "?%s", query);
    }
    char *joined = text.failed ? NULL : OPENSSL_strdup(buffer_text(&text));
    buffer_free(&text);
    return joined;
}

static int parse_target(const char *url, struct fetch_target *out, struct error *err)
{
    const struct bilingual bad = {"网址须以 http:// 或 https:// 开头，且写法正确",
                                  "the URL must begin with http:// or https:// and be well-formed"};
    const struct bilingual secret = {"网址里不得有用户名和密码",
                                     "a URL with a user name or password is not accepted"};
    char *user = NULL;
    char *path = NULL;
    char *query = NULL;
    int code = 0;

    if (strchr(url, '@') != NULL) { /* not shown: it may hold a password */
        return refuse("http(s)://...@...", secret, "", err);
    }
    if (!is_plain(url) || strstr(url, "://") == NULL ||
        OSSL_HTTP_parse_url(url, &out->secure, &user, &out->host, &out->port, NULL, &path, &query,
                            NULL) != 1) {
        code = refuse(url, bad, "", err);
    } else if (user != NULL && user[0] != '\0') {
        code = refuse("http(s)://...@...", secret, "", err);
    } else if ((out->path = join(path, query)) == NULL) {
        code = (int)error_memory(err);
    }
    ERR_clear_error();
    OPENSSL_free(user);
    OPENSSL_free(path);
    OPENSSL_free(query);
    return code;
}

/* ---- the exchange ---- */

static int keep(BIO *answer, size_t maximum, struct buffer *response, struct error *err)
{
    char *octets = NULL;
    long length = BIO_get_mem_data(answer, &octets);

    buffer_init(response, maximum);
    if (length < 0 || buffer_append(response, octets, (size_t)length) != 0) {
        return (int)error_memory(err);
    }
    return 0;
}

static int transfer(const struct fetch_exchange *exchange, struct fetch_target *target, BIO *body,
                    struct buffer *response, struct error *err)
{
    char detail[DETAIL_SIZE];
    struct bilingual reason;
    BIO *line = NULL;
    BIO *answer = NULL;
    int code;

    ERR_clear_error();
    if (fetch_dial(target, &line)) {
        answer = OSSL_HTTP_transfer(NULL, target->host, target->port, target->path, target->secure,
                                    NULL, NULL, line, NULL, fetch_update, target, 0, NULL,
                                    exchange->body_type, body, exchange->response_type, 1,
                                    exchange->response_octets_max, exchange->seconds, 0);
    }
    if (answer == NULL) {
        reason = fetch_reason(detail, sizeof(detail));
        code = refuse(exchange->url, reason, detail, err);
    } else {
        code = keep(answer, exchange->response_octets_max, response, err);
    }
    BIO_free(answer);
    BIO_free_all(line);
    return code;
}

/* A server that hangs up while OpenSSL writes would end the program: that signal waits meanwhile,
 * and is taken out if it came. */
static int transfer_quietly(const struct fetch_exchange *exchange, struct fetch_target *target,
                            struct buffer *response, struct error *err)
{
    BIO *body = NULL;
    sigset_t pipe;
    sigset_t pending;
    sigset_t before;
    int code = 0;

    if (exchange->body != NULL) {
        body = BIO_new_mem_buf(exchange->body->data, (int)exchange->body->length);
        if (body == NULL) {
            return (int)error_memory(err);
        }
    }
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &pipe, &before);
    code = transfer(exchange, target, body, response, err);
    if (!sigismember(&pending, SIGPIPE)) {
        sigtimedwait(&pipe, NULL, &(struct timespec){0});
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    BIO_free(body);
    return code;
}

int fetch_exchange(const struct fetch_exchange *exchange, struct buffer *response,
                   struct error *err)
{
    struct fetch_target target = {0};
    int code = parse_target(exchange->url, &target, err);

    *response = (struct buffer){0};
    target.seconds = exchange->seconds;
    if (code == 0 && target.secure && !fetch_start_tls(&target)) {
        code = (int)key_openssl_error(err, "SSL_CTX_new");
    }
    if (code == 0) {
        code = transfer_quietly(exchange, &target, response, err);
    }
    ERR_clear_error();
    target_clear(&target);
    return code;
}

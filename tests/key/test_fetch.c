#include "key/fetch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/pem.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "key/fetch_http.h"
#include "key/forge_bench.h"
#include "key/suites.h"
#include "key/timestamp.h"

/* Against tests/support/tsa_server.py, which answers with OpenSSL's own programs. */

static char folder[64]; /* of one authority, made once */

static void pause_briefly(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
}

static pid_t start(char *const *arguments)
{
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        execv("/usr/bin/python3", arguments);
        _exit(127);
    }
    return child;
}

static char python[] = "python3";
static char script[] = SOURCE_ROOT "/tests/support/tsa_server.py";
static char option_folder[] = "--folder";
static char option_make[] = "--make";
static char option_mode[] = "--mode";
static char option_port[] = "--port-file";
static char option_tls[] = "--tls";

static void make_folder(char name[64])
{
    const char *parent = getenv("TMPDIR");

    snprintf(name, 64, "%.40s/dingjia-XXXXXX", parent != NULL ? parent : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(name));
}

static void remove_folder(const char *name)
{
    static const char *const files[] = {"ca.key",     "ca.pem",      "ca.crl",         "ca.crl.pem",
                                        "index.txt",  "tsa.key",     "tsa.csr",        "tsa.pem",
                                        "tsa.serial", "openssl.cnf", "server.key",     "server.csr",
                                        "server.pem", "port",        "tsa.serial.old", "ca.srl"};

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        unlink(forge_path(name, files[i]));
    }
    ck_assert_int_eq(rmdir(name), 0);
}

static void make_authority(void)
{
    static const char *const proxies[] = {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"};
    char *const arguments[] = {python, script, option_make, option_folder, folder, NULL};
    int status = -1;

    for (size_t i = 0; i < sizeof(proxies) / sizeof(proxies[0]); i++) {
        unsetenv(proxies[i]);
    }
    make_folder(folder);
    ck_assert_int_gt(waitpid(start(arguments), &status, 0), 0);
    ck_assert_int_eq(status, 0);
}

static void remove_authority(void)
{
    remove_folder(folder);
}

/* ---- the server of one test ---- */

struct server {
    pid_t child;
    unsigned port;
    char url[64];
};

static void await_port(struct server *server, const char *port_file)
{
    FILE *file = NULL;

    for (int i = 0; i < 1000 && (file = fopen(port_file, "r")) == NULL; i++) {
        pause_briefly();
    }
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%u", &server->port), 1);
    fclose(file);
}

static void serve(struct server *server, const char *place, const char *mode, int tls)
{
    char port_file[96];
    char where[64];
    char how[32];
    char *arguments[] = {
        python,      script, option_folder,           where, option_port, port_file,
        option_mode, how,    tls ? option_tls : NULL, NULL};

    snprintf(where, sizeof(where), "%s", place);
    snprintf(how, sizeof(how), "%s", mode);
    snprintf(port_file, sizeof(port_file), "%s/port", place);
    unlink(port_file);
    server->child = start(arguments);
    await_port(server, port_file);
    snprintf(server->url, sizeof(server->url), "http%s://127.0.0.1:%u/tsa", tls ? "s" : "",
             server->port);
}

static void end(struct server *server)
{
    kill(server->child, SIGTERM);
    waitpid(server->child, NULL, 0);
}

/* A port where nobody listens. */
static unsigned closed_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof(address);
    int one = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(one, (struct sockaddr *)&address, sizeof(address)), 0);
    ck_assert_int_eq(getsockname(one, (struct sockaddr *)&address, &size), 0);
    close(one);
    return ntohs(address.sin_port);
}

/* ---- time-stamps ---- */

static const char octets[] = "what is signed";

static void ask(struct buffer *request)
{
    ck_assert_int_eq(timestamp_request(octets, sizeof(octets), request, NULL), 0);
}

static void judge(const struct buffer *token)
{
    struct trust *trust = NULL;
    struct timestamp_question question = {.token = (const unsigned char *)token->data,
                                          .length = token->length,
                                          .octets = octets,
                                          .octets_length = sizeof(octets)};
    struct timestamp_facts facts;

    ck_assert_int_eq(trust_read(forge_path(folder, "ca.pem"), &trust, NULL), 0);
    question.trust = trust;
    ck_assert_int_eq(timestamp_judge(&question, &facts, NULL, NULL), 0);
    ck_assert_msg(facts.status == TIMESTAMP_GOOD, "%s", facts.reason.en);
    ck_assert_msg(facts.path.status == PATH_COMPLETE, "%s", facts.path.reason.en);
    ck_assert_str_eq(facts.path.certificates[0].subject, "CN=Test TSA");
    ck_assert_str_eq(facts.policy, "1.2.3.4.1");
    ck_assert_str_eq(facts.digest, "sha256");
    timestamp_facts_free(&facts);
    trust_free(trust);
}

/* What the authority grants is good; what it answers otherwise is refused in its words. */
static const struct {
    const char *mode;
    int code;
    const char *says;
} answers[] = {
    {"good", 0, ""},
    {"rejects", ERROR_INPUT, "rejection; badAlg; Message digest algorithm is not supported"},
    {"wrong-imprint", ERROR_INPUT, "something else"},
    {"wrong-nonce", ERROR_INPUT, "nonce"},
};

START_TEST(a_timestamp_of_openssls_is_fetched_and_judged)
{
    struct server server;
    struct buffer request;
    struct buffer response;
    struct buffer token;
    struct error err = {0};

    serve(&server, folder, answers[_i].mode, 0);
    ask(&request);
    ck_assert_msg(fetch_timestamp(server.url, &request, &response, &err) == 0, "%s", err.en);
    ck_assert_msg(timestamp_accept(&response, &request, &token, &err) == answers[_i].code, "%s: %s",
                  answers[_i].mode, err.en);
    ck_assert_msg(strstr(err.en, answers[_i].says) != NULL, "%s", err.en);
    if (answers[_i].code == 0) {
        judge(&token);
    }
    end(&server);
    buffer_free(&request);
    buffer_free(&response);
    buffer_free(&token);
}
END_TEST

/* Fetches within a second or two, which must fail, and compares what is said. */
static void fails(const char *url, const char *zh, const char *en)
{
    struct buffer request;
    struct buffer response;
    struct error err = {0};
    struct fetch_exchange exchange = {.url = url,
                                      .body = &request,
                                      .body_type = "application/timestamp-query",
                                      .response_type = "application/timestamp-reply",
                                      .response_octets_max = TIMESTAMP_OCTETS_MAX,
                                      .seconds = 2};

    ask(&request);
    ck_assert_msg(fetch_exchange(&exchange, &response, &err) == ERROR_OPEN, "%s: %s", url, err.en);
    ck_assert_msg(strstr(err.en, en) != NULL, "%s: %s", url, err.en);
    ck_assert_msg(strstr(err.zh, zh) != NULL, "%s: %s", url, err.zh);
    ck_assert_uint_eq(response.length, 0);
    buffer_free(&request);
    buffer_free(&response);
}

static const struct {
    const char *mode;
    const char *zh;
    const char *en;
} modes[] = {
    {"garbage", "不是 DER", "not DER data"},
    {"slow", "超时", "too long"},
    {"error500", "报告错误", "reports an error (code=500"},
    {"wrong-type", "类型", "wrong Content-Type"},
    {"huge", "过大", "too large"},
    {"drops", "HTTP", "HTTP"},
    {"moved", "另一网址", "sends elsewhere"},
};

START_TEST(what_went_wrong_is_told_with_the_url)
{
    struct server server;

    serve(&server, folder, modes[_i].mode, 0);
    fails(server.url, modes[_i].zh, modes[_i].en);
    fails(server.url, server.url, server.url);
    end(&server);
}
END_TEST

START_TEST(a_wrong_path_is_an_error_of_the_server)
{
    struct server server;
    char url[80];

    serve(&server, folder, "good", 0);
    snprintf(url, sizeof(url), "http://127.0.0.1:%u/elsewhere?a=b", server.port);
    fails(url, "报告错误", "reports an error (code=404");
    end(&server);
}
END_TEST

START_TEST(nobody_there_is_told)
{
    char url[64];

    snprintf(url, sizeof(url), "http://127.0.0.1:%u/tsa", closed_port());
    fails(url, "拒绝", "refused");
}
END_TEST

START_TEST(a_name_that_is_none_is_told)
{
    fails("http://no-such-host.invalid/tsa", "主机名", "host name");
}
END_TEST

static const char *const urls[] = {
    "",
    "tsa",
    "127.0.0.1/tsa",
    "ftp://127.0.0.1/tsa",
    "file:///etc/hosts",
    "HTTP//127.0.0.1",
    "http://",
    "http://127.0.0.1:99999/tsa",
    "http://127.0.0.1:1x/tsa",
    "http://127.0.0.1/a b",
    "http://127.0.0.1/a\r\nX: y",
    "http://127.0.0.1/时间戳",
};

START_TEST(other_urls_are_refused)
{
    fails(urls[_i], "http://", "http://");
}
END_TEST

START_TEST(a_password_in_the_url_is_refused_and_not_repeated)
{
    struct buffer request;
    struct buffer response;
    struct error err = {0};

    ask(&request);
    ck_assert_int_eq(fetch_timestamp("http://me:secret@127.0.0.1/tsa", &request, &response, &err),
                     ERROR_OPEN);
    ck_assert_ptr_nonnull(strstr(err.en, "user name or password"));
    ck_assert_ptr_null(strstr(err.en, "secret"));
    ck_assert_ptr_null(strstr(err.zh, "secret"));
    ck_assert_ptr_null(strstr(err.source, "secret"));
    buffer_free(&request);
    buffer_free(&response);
}
END_TEST

START_TEST(over_tls_the_server_must_prove_who_it_is)
{
    struct server server;
    struct buffer request;
    struct buffer response;
    struct error err = {0};
    char url[64];

    serve(&server, folder, "good", 1);
    fails(server.url, "TLS 证书", "TLS certificate");
    ck_assert_int_eq(setenv("SSL_CERT_FILE", forge_path(folder, "ca.pem"), 1), 0);
    ask(&request);
    ck_assert_msg(fetch_timestamp(server.url, &request, &response, &err) == 0, "%s", err.en);
    snprintf(url, sizeof(url), "https://localhost:%u/tsa", server.port);
    fails(url, "TLS 证书", "TLS certificate");
    end(&server);
    serve(&server, folder, "good", 0);
    snprintf(url, sizeof(url), "https://127.0.0.1:%u/tsa", server.port);
    fails(url, "TLS", "TLS");
    end(&server);
    buffer_free(&request);
    buffer_free(&response);
}
END_TEST

/* ---- revocation data ---- */

/* A CA of ours behind the server, and a certificate of its that names what the row says. */
struct published {
    struct server server;
    char place[64];
    struct bench bench;
    struct x509_chain *path;
};

static void put(const struct published *published, const char *name, const void *data,
                size_t length)
{
    FILE *file = fopen(forge_path(published->place, name), "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static void put_ca(const struct published *published)
{
    FILE *file = fopen(forge_path(published->place, "ca.pem"), "w");

    ck_assert_int_eq(PEM_write_X509(file, published->bench.forged.ca), 1);
    fclose(file);
    file = fopen(forge_path(published->place, "ca.key"), "w");
    ck_assert_int_eq(
        PEM_write_PrivateKey(file, published->bench.forged.ca_key, NULL, NULL, 0, NULL, NULL), 1);
    fclose(file);
}

/* One line for openssl's database: known as good, or as revoked. */
static void put_index(const struct published *published, char state)
{
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(published->bench.forged.leaf), NULL);
    char *serial = BN_bn2hex(number);
    char line[160];

    snprintf(line, sizeof(line), "%c\t491231235959Z\t%s\t%s\tunknown\t/CN=x\n", state,
             state == 'R' ? "261101000000Z,keyCompromise" : "", serial);
    put(published, "index.txt", line, state == '-' ? 0 : strlen(line));
    OPENSSL_free(serial);
    BN_free(number);
}

static void put_crl(const struct published *published, EVP_PKEY *key)
{
    const struct forge_crl_plan plan = {.issuer = published->bench.forged.ca, .key = key};
    struct forged_octets crl;

    forge_crl(&plan, &crl);
    put(published, "ca.crl", crl.der, crl.length);
    OPENSSL_free(crl.der);
}

/* In the texts the first %u becomes the server's port; NULL: not named. */
static void publish(struct published *out, const char *access, const char *points, char state)
{
    char texts[2][160];
    struct forge_plan plan = {0};
    struct path_request request = {.purpose = PATH_SIGNING, .at = FORGE_NOW};

    make_folder(out->place);
    put(out, "tsa.pem", "", 0);
    serve(&out->server, out->place, "good", 0);
    if (access != NULL) {
        snprintf(texts[0], sizeof(texts[0]), "%s:%u/ocsp", access, out->server.port);
        plan.access = texts[0];
    }
    if (points != NULL) {
        snprintf(texts[1], sizeof(texts[1]), "%s:%u/ca.crl", points, out->server.port);
        plan.points = texts[1];
    }
    bench_prepare(&out->bench, &plan);
    put_ca(out);
    put_index(out, state);
    put_crl(out, out->bench.forged.ca_key);
    request.trust = out->bench.trust;
    request.chain = out->bench.chain;
    ck_assert_int_eq(path_find(&request, &out->bench.path, &out->path, NULL), 0);
    ck_assert_ptr_nonnull(out->path);
}

static void withdraw(struct published *published)
{
    end(&published->server);
    remove_folder(published->place);
    x509_chain_free(published->path);
    bench_clean(&published->bench);
}

#define RESPONDER "OCSP;URI:http://127.0.0.1"
#define POINT "URI:http://127.0.0.1"
#define NOWHERE "URI:http://127.0.0.1:1/x?"

static const struct {
    const char *name;
    const char *access;
    const char *points;
    char state; /* V good, R revoked, - unknown */
    int count;
    enum revocation_kind kind;
    enum revocation_status status;
} sources[] = {
    {"good by OCSP", RESPONDER, POINT, 'V', 1, REVOCATION_OCSP, REVOCATION_GOOD},
    {"revoked by OCSP", RESPONDER, POINT, 'R', 1, REVOCATION_OCSP, REVOCATION_REVOKED},
    {"unknown there, so its CRL", RESPONDER, POINT, '-', 1, REVOCATION_CRL, REVOCATION_GOOD},
    {"no responder there", "OCSP;" NOWHERE, POINT, 'V', 1, REVOCATION_CRL, REVOCATION_GOOD},
    {"a second responder", "OCSP;" NOWHERE "," RESPONDER, NULL, 'V', 1, REVOCATION_OCSP,
     REVOCATION_GOOD},
    {"only a CRL", NULL, POINT, 'V', 1, REVOCATION_CRL, REVOCATION_GOOD},
    {"a second point", NULL, NOWHERE "," POINT, 'V', 1, REVOCATION_CRL, REVOCATION_GOOD},
    {"a point elsewhere", NULL, "URI:ldap://127.0.0.1/cn=x," POINT, 'V', 1, REVOCATION_CRL,
     REVOCATION_GOOD},
    {"nothing named", NULL, NULL, 'V', 0, REVOCATION_CRL, REVOCATION_SILENT},
    {"no responder at all", "OCSP;" NOWHERE, NULL, 'V', -1, REVOCATION_CRL, REVOCATION_SILENT},
    {"unknown there, and no CRL", RESPONDER, NULL, '-', -1, REVOCATION_CRL, REVOCATION_SILENT},
};

START_TEST(revocation_is_fetched_where_the_certificate_says)
{
    struct published published;
    struct revocations *revocations;
    struct error err = {0};
    enum revocation_kind kind = REVOCATION_CRL;
    size_t length;
    int code;

    publish(&published, sources[_i].access, sources[_i].points, sources[_i].state);
    revocations = published.bench.revocations;
    code = fetch_revocations(published.path, revocations, &err);
    ck_assert_msg(code == (sources[_i].count < 0 ? ERROR_OPEN : 0), "%s: %s", sources[_i].name,
                  err.en);
    if (code != 0) {
        ck_assert_ptr_nonnull(strstr(err.en, "CN=示例大学科研院"));
        ck_assert_ptr_nonnull(strstr(err.zh, "CN=示例大学科研院"));
    }
    ck_assert_int_eq((int)revocations_count(revocations), sources[_i].count > 0);
    if (sources[_i].count > 0) {
        revocations_at(revocations, 0, &kind, &length);
        ck_assert_msg(kind == sources[_i].kind, "%s", sources[_i].name);
    }
    ck_assert_msg(bench_status(&published.bench) == sources[_i].status, "%s", sources[_i].name);
    withdraw(&published);
}
END_TEST

START_TEST(a_crl_of_somebody_else_is_not_taken)
{
    struct published published;
    EVP_PKEY *other = forge_key("P-256");
    struct error err = {0};

    publish(&published, NULL, POINT, 'V');
    put_crl(&published, other);
    ck_assert_int_eq(fetch_revocations(published.path, published.bench.revocations, &err),
                     ERROR_OPEN);
    ck_assert_ptr_nonnull(strstr(err.en, "not the issuer's"));
    ck_assert_uint_eq(revocations_count(published.bench.revocations), 0);
    EVP_PKEY_free(other);
    withdraw(&published);
}
END_TEST

TCase *fetch_cases(void)
{
    TCase *cases = tcase_create("fetch");

    tcase_set_timeout(cases, 60);
    tcase_add_unchecked_fixture(cases, make_authority, remove_authority);
    tcase_add_loop_test(cases, a_timestamp_of_openssls_is_fetched_and_judged, 0,
                        sizeof(answers) / sizeof(answers[0]));
    tcase_add_loop_test(cases, what_went_wrong_is_told_with_the_url, 0,
                        sizeof(modes) / sizeof(modes[0]));
    tcase_add_test(cases, a_wrong_path_is_an_error_of_the_server);
    tcase_add_test(cases, nobody_there_is_told);
    tcase_add_test(cases, a_name_that_is_none_is_told);
    tcase_add_loop_test(cases, other_urls_are_refused, 0, sizeof(urls) / sizeof(urls[0]));
    tcase_add_test(cases, a_password_in_the_url_is_refused_and_not_repeated);
    tcase_add_test(cases, over_tls_the_server_must_prove_who_it_is);
    tcase_add_loop_test(cases, revocation_is_fetched_where_the_certificate_says, 0,
                        sizeof(sources) / sizeof(sources[0]));
    tcase_add_test(cases, a_crl_of_somebody_else_is_not_taken);
    return cases;
}

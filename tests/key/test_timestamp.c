#include "key/timestamp.h"

#include <openssl/ts.h>
#include <string.h>

#include "key/forge_timestamp.h"
#include "key/suites.h"

static const char octets[] = "what is signed";

#define FOR_STAMPS "critical,timeStamping"

/* An authority, and what was found about a token of its. */
struct stand {
    struct forged forged;
    struct trust *trust;
    struct forged_octets token;
    struct timestamp_facts facts;
    struct x509_chain *found;
};

static void prepare(struct stand *stand, struct forge_plan authority)
{
    *stand = (struct stand){0};
    authority.extended = authority.extended != NULL ? authority.extended : FOR_STAMPS;
    authority.usage = authority.usage != NULL ? authority.usage : "digitalSignature";
    forge_make(&authority, &stand->forged);
    stand->trust = forge_trust(&stand->forged);
}

static void stamp(struct stand *stand, struct forge_token_plan plan)
{
    plan.signer = stand->forged.leaf;
    plan.key = plan.key != NULL ? plan.key : stand->forged.key;
    plan.octets = octets;
    plan.length = sizeof(octets);
    forge_token(&plan, &stand->token);
}

static void judge(struct stand *stand, const struct x509_chain *more)
{
    const struct timestamp_question question = {.token = stand->token.der,
                                                .length = stand->token.length,
                                                .octets = octets,
                                                .octets_length = sizeof(octets),
                                                .trust = stand->trust,
                                                .more = more,
                                                .at = FORGE_NOW};
    struct error err = {0};

    timestamp_facts_free(&stand->facts);
    x509_chain_free(stand->found);
    ck_assert_msg(timestamp_judge(&question, &stand->facts, &stand->found, &err) == 0, "%s",
                  err.en);
}

static void clean(struct stand *stand)
{
    timestamp_facts_free(&stand->facts);
    x509_chain_free(stand->found);
    OPENSSL_free(stand->token.der);
    trust_free(stand->trust);
    forge_free(&stand->forged);
}

/* One thing wrong in each row but the good ones. */
static const struct {
    const char *name;
    struct forge_plan authority;
    struct forge_token_plan token;
    enum timestamp_status status;
    const char *says;
} rows[] = {
    {"good", {0}, {0}, TIMESTAMP_GOOD, ""},
    {"imprint SHA-384", {0}, {.imprint = "SHA384"}, TIMESTAMP_GOOD, ""},
    {"imprint SHA-512", {0}, {.imprint = "SHA512"}, TIMESTAMP_GOOD, ""},
    {"imprint SM3", {0}, {.imprint = "SM3"}, TIMESTAMP_GOOD, ""},
    {"RSA", {.curve = "RSA-2048"}, {0}, TIMESTAMP_GOOD, ""},
    {"RSA, the method names the key alone",
     {.curve = "RSA-3072"},
     {.bare_method = 1},
     TIMESTAMP_GOOD,
     ""},
    {"P-384 with SHA-512", {.curve = "P-384"}, {.digest = "SHA512"}, TIMESTAMP_GOOD, ""},
    {"SM2", {.curve = "SM2"}, {0}, TIMESTAMP_GOOD, ""},
    {"SM2 throughout", {.curve = "SM2", .ca_curve = "SM2"}, {.imprint = "SM3"}, TIMESTAMP_GOOD, ""},
    {"ESSCertID of old", {0}, {.ess = FORGE_ESS_V1}, TIMESTAMP_GOOD, ""},
    {"both ESSCertIDs", {0}, {.ess = FORGE_ESS_BOTH}, TIMESTAMP_GOOD, ""},
    {"its own name", {0}, {.tsa = "示例大学科研院"}, TIMESTAMP_GOOD, ""},
    {"a fraction of a second", {0}, {.time = "20261101000000.25Z"}, TIMESTAMP_GOOD, ""},
    {"imprint SHA-1", {0}, {.imprint = "SHA1"}, TIMESTAMP_WEAK, "SHA-256"},
    {"imprint SHA-224", {0}, {.imprint = "SHA224"}, TIMESTAMP_WEAK, "SHA-256"},
    {"signed with SHA-1", {0}, {.digest = "SHA1"}, TIMESTAMP_WEAK, "too weak"},
    {"signed with SHA-224", {0}, {.digest = "SHA224"}, TIMESTAMP_WEAK, "too weak"},
    {"a short key", {.curve = "RSA-1024"}, {0}, TIMESTAMP_WEAK, "too weak"},
    {"a short curve", {.curve = "secp160r1"}, {0}, TIMESTAMP_WEAK, "too weak"},
    {"SM2 with no identifier", {.curve = "SM2"}, {.id = ""}, TIMESTAMP_BAD_SIGNATURE, "forged"},
    {"SM2 with another identifier",
     {.curve = "SM2"},
     {.id = "1234567812345679"},
     TIMESTAMP_BAD_SIGNATURE,
     "forged"},
    {"no ESSCertID", {0}, {.ess = FORGE_ESS_NONE}, TIMESTAMP_BAD_SIGNATURE, "ESSCertID"},
    {"no digest", {0}, {.no_digest = 1}, TIMESTAMP_BAD_SIGNATURE, "changed after"},
    {"another digest", {0}, {.wrong_digest = 1}, TIMESTAMP_BAD_SIGNATURE, "changed after"},
    {"another name", {0}, {.tsa = "Somebody else"}, TIMESTAMP_BAD_SIGNATURE, "name"},
    {"another type", {0}, {.wrong_type = 1}, TIMESTAMP_MALFORMED, "signed attributes"},
    {"two signers", {0}, {.two_signers = 1}, TIMESTAMP_MALFORMED, "exactly one"},
    {"version 2", {0}, {.version = 2}, TIMESTAMP_MALFORMED, "version"},
    {"unknown extension", {0}, {.unknown = 1}, TIMESTAMP_MALFORMED, "critical"},
    {"a serial of sixty octets", {0}, {.long_serial = 1}, TIMESTAMP_MALFORMED, "serial"},
    {"time without Z", {0}, {.time = "20261101000000"}, TIMESTAMP_MALFORMED, "time"},
    {"time with an offset", {0}, {.time = "20261101000000+0800"}, TIMESTAMP_MALFORMED, "time"},
    {"time without seconds", {0}, {.time = "202611010000Z"}, TIMESTAMP_MALFORMED, "time"},
    {"a fraction that ends in 0", {0}, {.time = "20261101000000.50Z"}, TIMESTAMP_MALFORMED, "time"},
    {"an empty fraction", {0}, {.time = "20261101000000.Z"}, TIMESTAMP_MALFORMED, "time"},
    {"a thirteenth month", {0}, {.time = "20261301000000Z"}, TIMESTAMP_MALFORMED, "time"},
    {"a second Z", {0}, {.time = "20261101000000ZZ"}, TIMESTAMP_MALFORMED, "time"},
};

START_TEST(a_token_is_judged)
{
    struct stand stand;

    prepare(&stand, rows[_i].authority);
    stamp(&stand, rows[_i].token);
    judge(&stand, NULL);
    ck_assert_msg(stand.facts.status == rows[_i].status, "%s: %d %s", rows[_i].name,
                  (int)stand.facts.status, stand.facts.reason.en);
    ck_assert_msg(strstr(stand.facts.reason.en, rows[_i].says) != NULL, "%s: %s", rows[_i].name,
                  stand.facts.reason.en);
    ck_assert_int_eq(stand.facts.reason.zh[0] != '\0', rows[_i].status != TIMESTAMP_GOOD);
    ck_assert_msg(stand.facts.path.status ==
                      (rows[_i].status == TIMESTAMP_GOOD ? PATH_COMPLETE : PATH_NOT_JUDGED),
                  "%s: %s", rows[_i].name, stand.facts.path.reason.en);
    clean(&stand);
}
END_TEST

START_TEST(a_good_token_tells_what_it_states)
{
    struct stand stand;

    prepare(&stand, (struct forge_plan){.intermediate = 1});
    stamp(&stand,
          (struct forge_token_plan){.also = stand.forged.middle, .time = "20261101000001.9Z"});
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_GOOD);
    ck_assert_int_eq(stand.facts.time, FORGE_NOW + 1);
    ck_assert_str_eq(stand.facts.policy, "1.2.3.4.1");
    ck_assert_str_eq(stand.facts.serial, "1717");
    ck_assert_str_eq(stand.facts.digest, "sha256");
    ck_assert_int_eq(stand.facts.path.status, PATH_COMPLETE);
    ck_assert_uint_eq(stand.facts.path.count, 3);
    ck_assert_uint_eq(x509_chain_count(stand.found), 3);
    clean(&stand);
}
END_TEST

START_TEST(an_authority_that_expired_is_no_matter_of_the_token)
{
    struct stand stand;

    prepare(&stand, (struct forge_plan){.from = -9 * FORGE_YEAR, .to = -8 * FORGE_YEAR});
    stamp(&stand, (struct forge_token_plan){0});
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_GOOD);
    ck_assert_int_eq(stand.facts.path.status, PATH_COMPLETE);
    ck_assert_int_eq(stand.facts.path.certificates[0].valid_to,
                     FORGE_NOW - 8 * (int64_t)FORGE_YEAR);
    clean(&stand);
}
END_TEST

START_TEST(an_authority_not_made_for_it_has_no_path)
{
    struct stand stand;

    prepare(&stand, (struct forge_plan){.extended = "clientAuth"});
    stamp(&stand, (struct forge_token_plan){0});
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_GOOD);
    ck_assert_int_eq(stand.facts.path.status, PATH_USAGE);
    ck_assert_ptr_null(stand.found);
    clean(&stand);
}
END_TEST

START_TEST(without_anchors_the_authority_is_named_and_not_judged)
{
    struct stand stand;

    prepare(&stand, (struct forge_plan){0});
    trust_free(stand.trust);
    stand.trust = NULL;
    stamp(&stand, (struct forge_token_plan){0});
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_GOOD);
    ck_assert_int_eq(stand.facts.path.status, PATH_NOT_JUDGED);
    ck_assert_uint_eq(stand.facts.path.count, 1);
    ck_assert_str_eq(stand.facts.path.certificates[0].subject, "CN=示例大学科研院");
    clean(&stand);
}
END_TEST

START_TEST(the_authoritys_certificate_may_come_from_elsewhere)
{
    struct stand stand;
    struct x509_chain *more = NULL;

    prepare(&stand, (struct forge_plan){0});
    stamp(&stand, (struct forge_token_plan){.without = 1});
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_BAD_SIGNATURE);
    ck_assert_ptr_nonnull(strstr(stand.facts.reason.en, "neither in it"));
    ck_assert_int_eq(x509_chain_new(&more, NULL), 0);
    forge_add(more, stand.forged.ca);
    forge_add(more, stand.forged.leaf);
    judge(&stand, more);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_GOOD);
    ck_assert_int_eq(stand.facts.path.status, PATH_COMPLETE);
    x509_chain_free(more);
    clean(&stand);
}
END_TEST

START_TEST(a_token_over_something_else_is_told_apart)
{
    struct stand stand;
    struct forge_token_plan plan = {.octets = "something else", .length = 14};

    prepare(&stand, (struct forge_plan){0});
    plan.signer = stand.forged.leaf;
    plan.key = stand.forged.key;
    forge_token(&plan, &stand.token);
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_OTHER_DATA);
    ck_assert_str_eq(stand.facts.digest, "sha256");
    clean(&stand);
}
END_TEST

START_TEST(another_key_does_not_sign_for_the_authority)
{
    struct stand stand;
    EVP_PKEY *other = forge_key("P-256");

    prepare(&stand, (struct forge_plan){0});
    stamp(&stand, (struct forge_token_plan){.key = other});
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_BAD_SIGNATURE);
    EVP_PKEY_free(other);
    clean(&stand);
}
END_TEST

/* Same issuer name and serial number, another certificate: only ESSCertID tells them apart. */
START_TEST(the_esscertid_must_name_this_certificate)
{
    struct stand stand;
    EVP_PKEY *key = forge_key("P-256");
    X509 *other;

    prepare(&stand, (struct forge_plan){0});
    other = forge_issue(&stand.forged, &(struct forge_plan){.key = key}, "Somebody else");
    stamp(&stand, (struct forge_token_plan){.ess_of = other, .ess = (enum forge_ess)_i});
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_BAD_SIGNATURE);
    ck_assert_ptr_nonnull(strstr(stand.facts.reason.en, "ESSCertID"));
    X509_free(other);
    EVP_PKEY_free(key);
    clean(&stand);
}
END_TEST

START_TEST(a_truncated_or_longer_token_is_malformed_at_every_length)
{
    struct stand stand;
    struct forged_octets whole;

    prepare(&stand, (struct forge_plan){0});
    stamp(&stand, (struct forge_token_plan){0});
    whole = stand.token;
    for (size_t length = 0; length < whole.length; length++) {
        stand.token.length = length;
        judge(&stand, NULL);
        ck_assert_int_eq(stand.facts.status, TIMESTAMP_MALFORMED);
    }
    stand.token.length = whole.length + 1;
    stand.token.der = OPENSSL_zalloc(whole.length + 1);
    memcpy(stand.token.der, whole.der, whole.length);
    judge(&stand, NULL);
    ck_assert_int_eq(stand.facts.status, TIMESTAMP_MALFORMED);
    OPENSSL_free(whole.der);
    clean(&stand);
}
END_TEST

static const char *const curves[] = {"P-256", "RSA-2048", "SM2"};

/* What the signature does not cover may change (the certificates brought along, unsigned fields),
 * but never what the token states. */
START_TEST(a_token_changed_anywhere_never_states_something_else)
{
    static const unsigned char masks[] = {0x01, 0x80, 0xff};
    struct stand stand;
    size_t refused = 0;

    prepare(&stand, (struct forge_plan){.curve = curves[_i]});
    stamp(&stand, (struct forge_token_plan){0});
    for (size_t i = 0; i < stand.token.length * sizeof(masks); i++) {
        unsigned char *octet = &stand.token.der[i / sizeof(masks)];
        const unsigned char mask = masks[i % sizeof(masks)];

        *octet ^= mask;
        judge(&stand, NULL);
        *octet ^= mask;
        refused += stand.facts.status != TIMESTAMP_GOOD;
        if (stand.facts.status == TIMESTAMP_GOOD) {
            ck_assert_int_eq(stand.facts.time, FORGE_NOW);
            ck_assert_str_eq(stand.facts.serial, "1717");
            ck_assert_str_eq(stand.facts.policy, "1.2.3.4.1");
        }
    }
    ck_assert_uint_gt(refused * 10, stand.token.length * sizeof(masks) * 9);
    clean(&stand);
}
END_TEST

/* ---- asking and being answered ---- */

static struct buffer ask(TS_REQ **parsed)
{
    struct buffer request;
    const unsigned char *at;

    ck_assert_int_eq(timestamp_request(octets, sizeof(octets), &request, NULL), 0);
    at = (const unsigned char *)request.data;
    *parsed = d2i_TS_REQ(NULL, &at, (long)request.length);
    ck_assert_ptr_nonnull(*parsed);
    return request;
}

START_TEST(a_request_asks_for_the_certificate_with_a_new_nonce)
{
    TS_REQ *one;
    TS_REQ *two;
    struct buffer first = ask(&one);
    struct buffer second = ask(&two);

    ck_assert_int_eq(TS_REQ_get_version(one), 1);
    ck_assert_int_ne(TS_REQ_get_cert_req(one), 0);
    ck_assert_int_eq(ASN1_STRING_length(TS_REQ_get_nonce(one)), 16);
    ck_assert_int_ne(ASN1_INTEGER_cmp(TS_REQ_get_nonce(one), TS_REQ_get_nonce(two)), 0);
    TS_REQ_free(one);
    TS_REQ_free(two);
    buffer_free(&first);
    buffer_free(&second);
}
END_TEST

/* What becomes of the response a row forges; the nonce is the one asked for unless it says so. */
static const struct {
    const char *name;
    struct forge_token_plan token;
    const char *over;
    int status;
    int nonce; /* 0 as asked, 1 none, 2 another */
    int none;  /* no token */
    int code;
    const char *says;
} responses[] = {
    {"granted", {0}, octets, 0, 0, 0, 0, ""},
    {"granted with changes", {0}, octets, 1, 0, 0, 0, ""},
    {"rejected", {0}, octets, 2, 0, 1, ERROR_INPUT, "rejection"},
    {"rejected with a token", {0}, octets, 2, 0, 0, ERROR_INPUT, "RFC 3161"},
    {"waiting", {0}, octets, 3, 0, 1, ERROR_INPUT, "waiting"},
    {"granted without a token", {0}, octets, 0, 0, 1, ERROR_INPUT, "RFC 3161"},
    {"another imprint", {0}, "something else", 0, 0, 0, ERROR_INPUT, "something else"},
    {"another algorithm", {.imprint = "SHA512"}, octets, 0, 0, 0, ERROR_INPUT, "something else"},
    {"no nonce", {0}, octets, 0, 1, 0, ERROR_INPUT, "nonce"},
    {"another nonce", {0}, octets, 0, 2, 0, ERROR_INPUT, "nonce"},
    {"a bad token", {.version = 2}, octets, 0, 0, 0, ERROR_INPUT, "version"},
};

START_TEST(a_response_is_accepted_when_it_answers_this_request)
{
    struct stand stand;
    TS_REQ *asked;
    struct buffer request = ask(&asked);
    struct buffer response;
    struct buffer token = {0};
    struct error err = {0};
    struct forge_token_plan plan = responses[_i].token;
    ASN1_INTEGER *other = ASN1_INTEGER_new();

    ASN1_INTEGER_set(other, 4711);
    prepare(&stand, (struct forge_plan){0});
    plan.signer = stand.forged.leaf;
    plan.key = stand.forged.key;
    plan.octets = responses[_i].over;
    plan.length = responses[_i].over == octets ? sizeof(octets) : strlen(responses[_i].over);
    plan.nonce = (ASN1_INTEGER *)(uintptr_t)TS_REQ_get_nonce(asked);
    if (responses[_i].nonce != 0) {
        plan.nonce = responses[_i].nonce == 1 ? NULL : other;
    }
    forge_response(responses[_i].none ? NULL : &plan, responses[_i].status, &response);
    ck_assert_msg(timestamp_accept(&response, &request, &token, &err) == responses[_i].code,
                  "%s: %s", responses[_i].name, err.en);
    ck_assert_msg(strstr(err.en, responses[_i].says) != NULL, "%s: %s", responses[_i].name, err.en);
    ck_assert_int_eq(token.length > 0, responses[_i].code == 0);
    if (responses[_i].code == 0) {
        stand.token.der = OPENSSL_memdup(token.data, token.length);
        stand.token.length = token.length;
        judge(&stand, NULL);
        ck_assert_msg(stand.facts.status == TIMESTAMP_GOOD, "%s", stand.facts.reason.en);
    }
    ASN1_INTEGER_free(other);
    TS_REQ_free(asked);
    buffer_free(&token);
    buffer_free(&response);
    buffer_free(&request);
    clean(&stand);
}
END_TEST

START_TEST(what_is_no_response_is_refused)
{
    static const char *const texts[] = {"", "no", "<html>", "\x30\x03\x02\x01\x00"};
    TS_REQ *asked;
    struct buffer request = ask(&asked);
    struct buffer response;
    struct buffer token = {0};

    buffer_init(&response, 100);
    buffer_append(&response, texts[_i], strlen(texts[_i]));
    ck_assert_int_eq(timestamp_accept(&response, &request, &token, NULL), ERROR_INPUT);
    ck_assert_ptr_null(token.data);
    TS_REQ_free(asked);
    buffer_free(&response);
    buffer_free(&request);
}
END_TEST

TCase *timestamp_cases(void)
{
    TCase *cases = tcase_create("timestamp");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, a_token_is_judged, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(cases, a_good_token_tells_what_it_states);
    tcase_add_test(cases, an_authority_that_expired_is_no_matter_of_the_token);
    tcase_add_test(cases, an_authority_not_made_for_it_has_no_path);
    tcase_add_test(cases, without_anchors_the_authority_is_named_and_not_judged);
    tcase_add_test(cases, the_authoritys_certificate_may_come_from_elsewhere);
    tcase_add_test(cases, a_token_over_something_else_is_told_apart);
    tcase_add_test(cases, another_key_does_not_sign_for_the_authority);
    tcase_add_loop_test(cases, the_esscertid_must_name_this_certificate, 0, 2);
    tcase_add_test(cases, a_truncated_or_longer_token_is_malformed_at_every_length);
    tcase_add_loop_test(cases, a_token_changed_anywhere_never_states_something_else, 0, 3);
    tcase_add_test(cases, a_request_asks_for_the_certificate_with_a_new_nonce);
    tcase_add_loop_test(cases, a_response_is_accepted_when_it_answers_this_request, 0,
                        sizeof(responses) / sizeof(responses[0]));
    tcase_add_loop_test(cases, what_is_no_response_is_refused, 0, 4);
    return cases;
}

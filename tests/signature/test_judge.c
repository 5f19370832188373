#include "signature/verify.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "signature/suites.h"

/* Facts made up by hand, so that every turn of time and revocation can be tried; days are counted
 * from DAY_0. The signer's certificate is valid for days 0 to 100, its CA's to 1000, the
 * authority's to 500; signed on day 10. */
#define DAY(n) (1793491200 + (int64_t)(n)*86400)

static void fill_certificate(struct path_certificate *out, const char *subject, int to)
{
    *out = (struct path_certificate){.subject = text_copy(subject),
                                     .issuer = text_copy("CN=CA"),
                                     .has_validity = true,
                                     .valid_from = DAY(0),
                                     .valid_to = DAY(to),
                                     .key_bits = 256,
                                     .suite = "ecdsa-p256-sha256"};
}

static void fill_path(struct path *path, const char *subject, int to)
{
    path->status = PATH_COMPLETE;
    path->count = 2;
    fill_certificate(&path->certificates[0], subject, to);
    fill_certificate(&path->certificates[1], "CN=CA", 1000);
    path->certificates[1].anchor = true;
}

static void make_signature(struct signature_facts *out)
{
    *out = (struct signature_facts){.suite = "ecdsa-p256-sha256",
                                    .role = ROLE_OFFICE,
                                    .has_signing_time = true,
                                    .signing_time = DAY(10),
                                    .statement_digest = FACT_HOLDS,
                                    .properties_digest = FACT_HOLDS,
                                    .certificate_digest = FACT_HOLDS,
                                    .value = KEY_GOOD};
    fill_path(&out->path, "CN=Office", 100);
}

/* A timestamp of this day, by an authority that is trusted. */
static void stamp(struct signature_facts *facts, int day)
{
    facts->has_timestamp = true;
    facts->timestamp =
        (struct timestamp_facts){.status = TIMESTAMP_GOOD, .time = DAY(day), .digest = "sha256"};
    fill_path(&facts->timestamp.path, "CN=Authority", 500);
    facts->timestamp.path.certificates[0].suite = "rsa3072-sha256";
}

static void state(struct path_certificate *about, struct revocation_statement statement)
{
    about->names_revocation = true;
    about->statements[about->statement_count++] = statement;
}

static const struct revocation_statement good_on_10 = {
    .status = REVOCATION_GOOD, .issued = DAY(9), .has_next = true, .next = DAY(16)};
static const struct revocation_statement revoked_on_20 = {.status = REVOCATION_REVOKED,
                                                          .issued = DAY(21),
                                                          .has_next = true,
                                                          .next = DAY(28),
                                                          .revoked_at = DAY(20),
                                                          .reason = 1};

#define SIGNER(facts) (&(facts)->path.certificates[0])
#define AUTHORITY(facts) (&(facts)->timestamp.path.certificates[0])

static void stamped(struct signature_facts *facts)
{
    stamp(facts, 10);
}

static void stamped_late(struct signature_facts *facts)
{
    stamp(facts, 101);
}

static void stamped_before_validity(struct signature_facts *facts)
{
    stamped(facts);
    SIGNER(facts)->valid_from = DAY(11);
    SIGNER(facts)->valid_to = DAY(1000);
}

static void revoked(struct signature_facts *facts)
{
    state(SIGNER(facts), revoked_on_20);
}

static void revoked_then_good(struct signature_facts *facts)
{
    revoked(facts);
    state(SIGNER(facts), good_on_10);
}

static void stamped_before_revocation(struct signature_facts *facts)
{
    stamped(facts);
    revoked_then_good(facts);
}

static void stamped_and_only_then_revoked(struct signature_facts *facts)
{
    stamped(facts);
    revoked(facts);
}

static void stamped_after_revocation(struct signature_facts *facts)
{
    stamp(facts, 25);
    revoked(facts);
}

static void on_hold_before_the_stamp(struct signature_facts *facts)
{
    stamped_after_revocation(facts);
    SIGNER(facts)->statements[0].reason = 6;
}

static void stamped_at_revocation(struct signature_facts *facts)
{
    stamp(facts, 20);
    revoked(facts);
}

/* A CA between the signer and the anchor. */
static void add_middle(struct signature_facts *facts)
{
    facts->path.count = 3;
    facts->path.certificates[2] = facts->path.certificates[1];
    fill_certificate(&facts->path.certificates[1], "CN=Middle", 1000);
}

static void revoked_ca(struct signature_facts *facts)
{
    stamp(facts, 25);
    add_middle(facts);
    state(&facts->path.certificates[1], revoked_on_20);
}

static void expired_ca(struct signature_facts *facts)
{
    stamp(facts, 25);
    add_middle(facts);
    facts->path.certificates[1].valid_to = DAY(20);
}

static void silent(struct signature_facts *facts)
{
    SIGNER(facts)->names_revocation = true;
}

static void shown_good(struct signature_facts *facts)
{
    stamped(facts);
    state(SIGNER(facts), good_on_10);
}

/* From the future; nobody knows it. */
static void shown_good_in_advance(struct signature_facts *facts)
{
    shown_good(facts);
    SIGNER(facts)->statements[0].issued = DAY(51);
    SIGNER(facts)->statements[0].next = DAY(60);
}

static void shown_good_too_early(struct signature_facts *facts)
{
    shown_good(facts);
    SIGNER(facts)->statements[0].next = DAY(10) - 1;
}

static void shown_good_long_ago(struct signature_facts *facts)
{
    state(SIGNER(facts), good_on_10);
}

static void shown_good_at_the_end(struct signature_facts *facts)
{
    state(SIGNER(facts), good_on_10);
    SIGNER(facts)->statements[0].issued = DAY(99);
    SIGNER(facts)->statements[0].next = DAY(106);
}

/* A CA may forget what it revoked once the certificate is past its end. */
static void shown_good_after_the_end(struct signature_facts *facts)
{
    stamped(facts);
    state(SIGNER(facts), good_on_10);
    SIGNER(facts)->statements[0].issued = DAY(100);
    SIGNER(facts)->statements[0].next = DAY(400);
}

static void authority_expires(struct signature_facts *facts)
{
    stamped(facts);
    AUTHORITY(facts)->valid_to = DAY(101);
}

static void authority_not_yet_valid(struct signature_facts *facts)
{
    stamped(facts);
    AUTHORITY(facts)->valid_from = DAY(11);
}

static void authority_unknown(struct signature_facts *facts)
{
    stamped(facts);
    facts->timestamp.path.status = PATH_NO_ANCHOR;
    snprintf(facts->timestamp.path.reason.en, ERROR_TEXT_MAX, "no anchor");
    snprintf(facts->timestamp.path.reason.zh, ERROR_TEXT_MAX, "无锚");
}

static void authority_not_judged(struct signature_facts *facts)
{
    stamped(facts);
    facts->timestamp.path.status = PATH_NOT_JUDGED;
}

static void authority_revoked_for(struct signature_facts *facts, int reason)
{
    stamped(facts);
    state(AUTHORITY(facts), revoked_on_20);
    state(AUTHORITY(facts), good_on_10);
    AUTHORITY(facts)->statements[0].reason = reason;
}

static void authority_compromised(struct signature_facts *facts)
{
    authority_revoked_for(facts, 1);
}

static void authority_revoked_without_reason(struct signature_facts *facts)
{
    authority_revoked_for(facts, -1);
}

static void authority_superseded(struct signature_facts *facts)
{
    authority_revoked_for(facts, 4);
}

/* A milder reason beside the grave one. */
static void authority_compromised_and_superseded(struct signature_facts *facts)
{
    authority_revoked_for(facts, 4);
    state(AUTHORITY(facts), revoked_on_20);
}

static void authority_of_an_old_algorithm(struct signature_facts *facts)
{
    stamped(facts);
    AUTHORITY(facts)->suite = "ecdsa-p192";
}

static void authority_superseded_before(struct signature_facts *facts)
{
    authority_revoked_for(facts, 4);
    facts->timestamp.time = DAY(20);
}

static void authority_silent(struct signature_facts *facts)
{
    stamped(facts);
    AUTHORITY(facts)->names_revocation = true;
}

static void token_sha1(struct signature_facts *facts)
{
    stamped(facts);
    snprintf(facts->timestamp.digest, TIMESTAMP_TEXT_SIZE, "sha1");
}

static void token_over_other_data(struct signature_facts *facts)
{
    stamped(facts);
    facts->timestamp.status = TIMESTAMP_OTHER_DATA;
    snprintf(facts->timestamp.reason.en, ERROR_TEXT_MAX, "other data");
    snprintf(facts->timestamp.reason.zh, ERROR_TEXT_MAX, "他物");
}

static void signed_after_the_stamp(struct signature_facts *facts)
{
    stamp(facts, 9);
}

static void signed_a_little_after_the_stamp(struct signature_facts *facts)
{
    stamped(facts);
    facts->timestamp.time -= 300;
}

static void signed_out_of_validity(struct signature_facts *facts)
{
    facts->signing_time = DAY(0) - 1;
}

static void nothing(struct signature_facts *facts)
{
    (void)facts;
}

/* `id` is the check that decides. */
static const struct {
    const char *name;
    void (*change)(struct signature_facts *facts);
    int at;
    enum subindication expected;
    const char *id;
} rows[] = {
    {"within validity", nothing, 50, SUBINDICATION_NONE, NULL},
    {"before it was signed", nothing, 9, SUBINDICATION_SIG_CONSTRAINTS_FAILURE, "signing-time"},
    {"claimed time outside validity", signed_out_of_validity, 50,
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE, "signing-time"},
    {"last second of validity", nothing, 99, SUBINDICATION_NONE, NULL},
    {"expired, no stamp", nothing, 100, SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
    {"expired, known not revoked by then", shown_good_at_the_end, 101,
     SUBINDICATION_OUT_OF_BOUNDS_NOT_REVOKED, "validity"},
    {"expired after the stamp", stamped, 101, SUBINDICATION_NONE, NULL},
    {"expired before the stamp", stamped_late, 102, SUBINDICATION_EXPIRED, "validity"},
    {"stamped before the certificate was valid", stamped_before_validity, 20,
     SUBINDICATION_NOT_YET_VALID, "validity"},
    {"CA expired before the stamp", expired_ca, 30, SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
    {"revoked, no stamp", revoked, 30, SUBINDICATION_REVOKED_NO_POE, "revoked"},
    {"revoked later than asked about, no stamp", revoked_then_good, 15,
     SUBINDICATION_REVOKED_NO_POE, "revoked"},
    {"revoked after the stamp", stamped_before_revocation, 30, SUBINDICATION_NONE, NULL},
    {"revoked after the stamp, and nothing else said", stamped_and_only_then_revoked, 30,
     SUBINDICATION_NONE, NULL},
    {"revoked before the stamp", stamped_after_revocation, 30, SUBINDICATION_REVOKED, "revoked"},
    {"revoked in the second of the stamp", stamped_at_revocation, 30, SUBINDICATION_REVOKED,
     "revoked"},
    {"on hold before the stamp", on_hold_before_the_stamp, 30, SUBINDICATION_TRY_LATER, "revoked"},
    {"CA revoked before the stamp", revoked_ca, 30, SUBINDICATION_REVOKED_CA_NO_POE, "revoked"},
    {"revocation unknown", silent, 50, SUBINDICATION_TRY_LATER, "revocation"},
    {"shown not to be revoked", shown_good, 50, SUBINDICATION_NONE, NULL},
    {"shown after the end of validity", shown_good_after_the_end, 50, SUBINDICATION_TRY_LATER,
     "revocation"},
    {"shown in advance", shown_good_in_advance, 50, SUBINDICATION_TRY_LATER, "revocation"},
    {"shown too early", shown_good_too_early, 50, SUBINDICATION_TRY_LATER, "revocation"},
    {"shown long ago, no stamp", shown_good_long_ago, 50, SUBINDICATION_TRY_LATER, "revocation"},
    {"shown lately, no stamp", shown_good_long_ago, 16, SUBINDICATION_NONE, NULL},
    {"stamp of the future", stamped_late, 99, SUBINDICATION_TIMESTAMP_ORDER_FAILURE,
     "timestamp-intact"},
    {"stamp over other data", token_over_other_data, 50, SUBINDICATION_SIG_CONSTRAINTS_FAILURE,
     "timestamp-intact"},
    {"claims to be signed after the stamp", signed_after_the_stamp, 50,
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE, "signing-time"},
    {"clocks differ a little", signed_a_little_after_the_stamp, 50, SUBINDICATION_NONE, NULL},
    {"authority expired by now", authority_expires, 101, SUBINDICATION_OUT_OF_BOUNDS_NO_POE,
     "validity"},
    {"authority expires, signer still valid", authority_expires, 50, SUBINDICATION_NONE, NULL},
    {"authority not valid when it stamped", authority_not_yet_valid, 101,
     SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
    {"authority unknown", authority_unknown, 101, SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
    {"no anchors of authorities", authority_not_judged, 101, SUBINDICATION_OUT_OF_BOUNDS_NO_POE,
     "validity"},
    {"no anchors of authorities, still valid", authority_not_judged, 50, SUBINDICATION_NONE, NULL},
    {"authority's key compromised", authority_compromised, 101, SUBINDICATION_OUT_OF_BOUNDS_NO_POE,
     "validity"},
    {"authority revoked without a reason", authority_revoked_without_reason, 101,
     SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
    {"authority superseded after the stamp", authority_superseded, 101, SUBINDICATION_NONE, NULL},
    {"authority superseded before the stamp", authority_superseded_before, 101,
     SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
    {"authority compromised, and superseded", authority_compromised_and_superseded, 101,
     SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
    {"authority of an algorithm not accepted", authority_of_an_old_algorithm, 101,
     SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
    {"authority's revocation unknown", authority_silent, 101, SUBINDICATION_OUT_OF_BOUNDS_NO_POE,
     "validity"},
    {"stamp with SHA-1", token_sha1, 101, SUBINDICATION_OUT_OF_BOUNDS_NO_POE, "validity"},
};

static void judge(const struct facts *facts, const char *policy, int at,
                  struct signature_report *out)
{
    struct policy *made = NULL;
    struct error err = {0};
    int code = policy == NULL ? policy_default(&made, &err)
                              : policy_parse(policy, strlen(policy), "policy.xml", &made, &err);

    ck_assert_msg(code == 0, "%s", err.en);
    ck_assert_int_eq(signature_judge(facts, made, DAY(at), out, &err), 0);
    policy_free(made);
}

START_TEST(time_and_revocation_decide)
{
    struct facts facts = {.count = 1};
    struct signature_report report;
    const struct check *decisive;

    make_signature(&facts.signatures[0]);
    rows[_i].change(&facts.signatures[0]);
    judge(&facts, NULL, rows[_i].at, &report);
    decisive = check_list_decisive(&report.checks);
    ck_assert_msg(report.indication == subindication_indication(rows[_i].expected), "%s: %s",
                  rows[_i].name, decisive == NULL ? "passed" : decisive->en);
    if (rows[_i].id == NULL) {
        ck_assert_ptr_null(decisive);
        ck_assert(report.times[0].passed);
    } else {
        ck_assert_msg(decisive->subindication == rows[_i].expected &&
                          strcmp(decisive->id, rows[_i].id) == 0,
                      "%s: %s %s: %s", rows[_i].name, decisive->id,
                      subindication_name(decisive->subindication), decisive->en);
        ck_assert(!report.times[0].passed);
    }
    signature_report_free(&report);
    facts_free(&facts);
}
END_TEST

/* ---- when it has to be renewed ---- */

START_TEST(renewal_is_due_when_what_proves_it_ends)
{
    static const struct {
        void (*change)(struct signature_facts *facts);
        int at;
        int due;
    } cases[] = {{nothing, 50, 100}, {stamped, 50, 500}, {authority_unknown, 50, 100}};
    struct facts facts = {.count = 1};
    struct signature_report report;

    make_signature(&facts.signatures[0]);
    cases[_i].change(&facts.signatures[0]);
    judge(&facts, NULL, cases[_i].at, &report);
    ck_assert(report.times[0].has_renewal);
    ck_assert_int_eq(report.times[0].renew_before, DAY(cases[_i].due));
    ck_assert_int_eq(report.times[0].proven, cases[_i].due == 500);
    signature_report_free(&report);
    facts_free(&facts);
}
END_TEST

/* ---- policies ---- */

#define POLICY(checks, until, requirements) \
    "<policy xmlns=\"urn:dingjia:policy:1.0\" name=\"trial\">" checks \
    "<algorithm name=\"ecdsa-p256-sha256\"" until \
    "/><algorithm name=\"rsa3072-sha256\"/><algorithm name=\"sha256\"/>" requirements "</policy>"

/* DAY(0) is 2026-11-01 in Beijing. */
static const struct {
    const char *name;
    const char *policy;
    void (*change)(struct signature_facts *facts);
    int at;
    enum subindication expected;
} policies[] = {
    {"last day of an algorithm", POLICY("", " until=\"2026-12-20\"", ""), nothing, 49,
     SUBINDICATION_NONE},
    {"the day after", POLICY("", " until=\"2026-12-20\"", ""), nothing, 50,
     SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE_NO_POE},
    {"stamped in time", POLICY("", " until=\"2026-12-20\"", ""), stamped, 50, SUBINDICATION_NONE},
    {"stamped too late", POLICY("", " until=\"2026-11-09\"", ""), stamped, 50,
     SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE},
    {"a timestamp is wanted", POLICY("<check id=\"timestamp\" level=\"fail\"/>", "", ""), nothing,
     50, SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
    {"an authority not shown to be good today",
     POLICY("<check id=\"timestamp-revocation\" level=\"fail\"/>", "", ""), authority_superseded,
     50, SUBINDICATION_TRY_LATER},
    {"and is there", POLICY("<check id=\"timestamp\" level=\"fail\"/>", "", ""), stamped, 50,
     SUBINDICATION_NONE},
    {"its lack is only shown", POLICY("<check id=\"timestamp\" level=\"warn\"/>", "", ""), nothing,
     50, SUBINDICATION_NONE},
    {"silence on revocation refused",
     POLICY("<check id=\"revocation-unnamed\" level=\"fail\"/>", "", ""), nothing, 50,
     SUBINDICATION_TRY_LATER},
    {"a known revocation is never ignored",
     POLICY("<check id=\"revocation\" level=\"ignore\"/>", "", ""), revoked, 50,
     SUBINDICATION_REVOKED_NO_POE},
    {"an algorithm of authorities that ended",
     "<policy xmlns=\"urn:dingjia:policy:1.0\" name=\"trial\"><algorithm "
     "name=\"ecdsa-p256-sha256\"/>"
     "<algorithm name=\"rsa3072-sha256\" until=\"2026-12-19\"/><algorithm "
     "name=\"sha256\"/></policy>",
     stamped, 101, SUBINDICATION_OUT_OF_BOUNDS_NO_POE},
    {"silence on revocation ignored", POLICY("<check id=\"revocation\" level=\"ignore\"/>", "", ""),
     silent, 50, SUBINDICATION_NONE},
    {"even where ignored, what is stamped too late fails",
     POLICY("<check id=\"timestamp-trust\" level=\"ignore\"/>", "", ""), stamped_late, 102,
     SUBINDICATION_EXPIRED},
    {"an authority that is not trusted refused",
     POLICY("<check id=\"timestamp-trust\" level=\"fail\"/>", "", ""), authority_unknown, 50,
     SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND},
    {"an office is wanted", POLICY("", "", "<require role=\"office\"/>"), nothing, 50,
     SUBINDICATION_NONE},
    {"an exchange is wanted", POLICY("", "", "<require role=\"exchange\"/>"), nothing, 50,
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
    {"a suite is wanted", POLICY("", "", "<require suite=\"sm2-sm3\"/>"), nothing, 50,
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
    {"a signer is wanted", POLICY("", "", "<require signer=\"CN=Office\"/>"), nothing, 50,
     SUBINDICATION_NONE},
    {"another signer is wanted", POLICY("", "", "<require signer=\"CN=Other\"/>"), nothing, 50,
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
    {"one signature meets one requirement",
     POLICY("", "", "<require role=\"office\"/><require role=\"office\"/>"), nothing, 50,
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
};

START_TEST(a_policy_decides)
{
    struct facts facts = {.count = 1};
    struct signature_report report;
    const struct check *decisive;

    make_signature(&facts.signatures[0]);
    policies[_i].change(&facts.signatures[0]);
    judge(&facts, policies[_i].policy, policies[_i].at, &report);
    decisive = check_list_decisive(&report.checks);
    ck_assert_msg((decisive == NULL ? SUBINDICATION_NONE : decisive->subindication) ==
                      policies[_i].expected,
                  "%s: %s", policies[_i].name, decisive == NULL ? "passed" : decisive->en);
    signature_report_free(&report);
    facts_free(&facts);
}
END_TEST

START_TEST(a_suite_the_policy_does_not_name_is_refused)
{
    struct facts facts = {.count = 1};
    struct signature_report report;

    make_signature(&facts.signatures[0]);
    facts.signatures[0].suite = "sm2-sm3";
    judge(&facts, POLICY("", "", ""), 50, &report);
    ck_assert_int_eq(check_list_decisive(&report.checks)->subindication,
                     SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE);
    signature_report_free(&report);
    facts_free(&facts);
}
END_TEST

/* ---- several signatures ---- */

static const char both[] = POLICY("", "", "<require role=\"office\"/><require role=\"exchange\"/>");

/* `second`: subject of the second signer. */
static const struct {
    const char *second;
    enum signature_role role;
    const char *policy;
    enum subindication expected;
} pairs[] = {
    {"CN=Exchange", ROLE_EXCHANGE, both, SUBINDICATION_NONE},
    {"CN=Exchange", ROLE_OFFICE, both, SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
    /* One party cannot play two roles. */
    {"CN=Office", ROLE_EXCHANGE, both, SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
    /* Four eyes are not two eyes twice. */
    {"CN=Office", ROLE_OFFICE,
     POLICY("", "", "<require role=\"office\"/><require role=\"office\"/>"),
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
    {"CN=Office", ROLE_OFFICE, POLICY("", "", "<require/><require/>"),
     SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
    {"CN=Exchange", ROLE_OFFICE, POLICY("", "", "<require/><require/>"), SUBINDICATION_NONE},
    /* But it may sign with each of two suites. */
    {"CN=Office", ROLE_OFFICE,
     POLICY("", "",
            "<require role=\"office\" suite=\"ecdsa-p256-sha256\"/>"
            "<require role=\"office\" suite=\"rsa3072-sha256\"/>"),
     SUBINDICATION_NONE},
    /* The first requirement must not take the signature only it could leave to the second. */
    {"CN=Exchange", ROLE_EXCHANGE, POLICY("", "", "<require/><require signer=\"CN=Office\"/>"),
     SUBINDICATION_NONE},
};

START_TEST(two_parties_meet_two_requirements)
{
    struct facts facts = {.count = 2};
    struct signature_report report;
    const struct check *decisive;

    make_signature(&facts.signatures[0]);
    make_signature(&facts.signatures[1]);
    facts.signatures[1].role = pairs[_i].role;
    if (strstr(pairs[_i].policy, "suite=") != NULL) {
        facts.signatures[1].suite = "rsa3072-sha256";
    }
    path_free(&facts.signatures[1].path);
    fill_path(&facts.signatures[1].path, pairs[_i].second, 100);
    judge(&facts, pairs[_i].policy, 50, &report);
    decisive = check_list_decisive(&report.checks);
    ck_assert_msg((decisive == NULL ? SUBINDICATION_NONE : decisive->subindication) ==
                      pairs[_i].expected,
                  "%d: %s", _i, decisive == NULL ? "passed" : decisive->en);
    signature_report_free(&report);
    facts_free(&facts);
}
END_TEST

/* The same key, or a name that X.509 takes for the same, is the same party. */
START_TEST(one_party_under_two_names_is_one)
{
    struct facts facts = {.count = 2};
    struct signature_report report;

    make_signature(&facts.signatures[0]);
    make_signature(&facts.signatures[1]);
    facts.signatures[1].role = ROLE_EXCHANGE;
    path_free(&facts.signatures[1].path);
    fill_path(&facts.signatures[1].path, "CN=office", 100);
    for (size_t i = 0; i < 2; i++) {
        snprintf(_i == 0 ? SIGNER(&facts.signatures[i])->key_sha256
                         : SIGNER(&facts.signatures[i])->name_hash,
                 PATH_NAME_SIZE, "0123abcd");
    }
    judge(&facts, both, 50, &report);
    ck_assert_int_eq(check_list_decisive(&report.checks)->subindication,
                     SUBINDICATION_SIG_CONSTRAINTS_FAILURE);
    signature_report_free(&report);
    facts_free(&facts);
}
END_TEST

START_TEST(facts_of_nothing_do_not_pass)
{
    struct facts facts = {0};
    struct signature_report report;

    judge(&facts, NULL, 50, &report);
    ck_assert_int_ne(report.indication, INDICATION_TOTAL_PASSED);
    signature_report_free(&report);
    facts.count = 1; /* a signature nobody looked at */
    judge(&facts, NULL, 50, &report);
    ck_assert_int_eq(report.indication, INDICATION_TOTAL_FAILED);
    signature_report_free(&report);
}
END_TEST

TCase *judge_cases(void)
{
    TCase *cases = tcase_create("judge");

    tcase_add_loop_test(cases, time_and_revocation_decide, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_loop_test(cases, renewal_is_due_when_what_proves_it_ends, 0, 3);
    tcase_add_loop_test(cases, a_policy_decides, 0, sizeof(policies) / sizeof(policies[0]));
    tcase_add_test(cases, a_suite_the_policy_does_not_name_is_refused);
    tcase_add_loop_test(cases, two_parties_meet_two_requirements, 0,
                        sizeof(pairs) / sizeof(pairs[0]));
    tcase_add_loop_test(cases, one_party_under_two_names_is_one, 0, 2);
    tcase_add_test(cases, facts_of_nothing_do_not_pass);
    return cases;
}

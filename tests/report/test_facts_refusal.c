#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/sample.h"
#include "report/suites.h"

/* The sample as a tree; json_decref() it. */
static json_t *sample_tree(void)
{
    struct facts_document *document = sample_facts();
    size_t length = 0;
    char *text = sample_facts_text(document, &length);
    json_t *tree = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);

    ck_assert_ptr_nonnull(tree);
    free(text);
    sample_facts_free(document);
    return tree;
}

static int read_text(const char *text, size_t length, struct error *err)
{
    struct facts_document *document = calloc(1, sizeof(*document));
    int code;

    ck_assert_ptr_nonnull(document);
    code = facts_read(text, length, "facts.json", document, err);
    if (code != 0) {
        ck_assert_uint_eq(document->facts.count, 0);
        ck_assert_ptr_null(document->checks.items);
    }
    sample_facts_free(document);
    return code;
}

static int read_tree(const json_t *tree, struct error *err)
{
    char *text = json_dumps(tree, 0);
    int code;

    ck_assert_ptr_nonnull(text);
    code = read_text(text, strlen(text), err);
    free(text);
    return code;
}

/* ---- one thing that is wrong, and how the message names it ---- */

/* NULL: the member is taken out. Places are parted by '/'. */
static const struct {
    const char *place;
    const char *value;
    const char *named;
} rows[] = {
    {"format", "\"dingjia-facts/2\"", "format"},
    {"format", NULL, "format"},
    {"more", "1", "more"},
    {"signatures/0/path/more", "null", "signatures[0].path.more"},
    {"gatheredAt", "\"2026-11-01\"", "gatheredAt"},
    {"gatheredAt", "\"2026-11-01T08:00:00+08:00\"", "gatheredAt"},
    {"gatheredAt", "\"2026-11-01T24:00:00Z\"", "gatheredAt"},
    {"gatheredAt", "\"2026-02-30T00:00:00Z\"", "gatheredAt"},
    {"gatheredAt", "1793491200", "gatheredAt"},
    {"gatheredAt", "null", "gatheredAt"},
    {"certificateSha256", "null", "certificateSha256"},
    {"certificateSha256", "\"AA\"", "certificateSha256"},
    {"certificateSha256", "\"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
     "certificateSha256"},
    {"serial", "\"\"", "serial"},
    {"serial",
     "\"12345678901234567890123456789012345678901234567890123456789012345678901234567890"
     "123456789012345678901234567890123456789012345678\"",
     "serial"},
    {"refusal",
     "{\"code\":\"input\",\"line\":0,\"column\":0,\"source\":null,\"zh\":\"a\","
     "\"en\":\"a\"}",
     "signatures"},
    {"refusal", "{\"code\":null,\"line\":0,\"column\":0,\"source\":null,\"zh\":\"a\",\"en\":\"a\"}",
     "refusal"},
    {"refusal",
     "{\"code\":\"none\",\"line\":0,\"column\":0,\"source\":null,\"zh\":\"a\","
     "\"en\":\"a\"}",
     "refusal.code"},
    {"signatures", "[]", "signatures"},
    {"signatures", "{}", "signatures"},
    {"signatures", "[1]", "signatures[0]"},
    {"signatures", "[1,2,3,4,5,6,7,8,9]", "signatures"},
    {"signatures/0/unreadable", "\"Element\"", "signatures[0].unreadable"},
    {"signatures/2/unreadable", "null", "signatures[2].suite"},
    {"signatures/0/suite", "\"md5\"", "signatures[0].suite"},
    {"signatures/0/suite", "null", "signatures[0].suite"},
    {"signatures/0/customs", "0", "signatures[0].customs"},
    {"signatures/0/role", "\"chief\"", "signatures[0].role"},
    {"signatures/0/role", "1", "signatures[0].role"},
    {"signatures/0/signingTime", "null", "signatures[0].signingTime"},
    {"signatures/0/statementDigest", "\"perhaps\"", "signatures[0].statementDigest"},
    {"signatures/0/statementDigest", "null", "signatures[0].statementDigest"},
    {"signatures/0/value", "\"perfect\"", "signatures[0].value"},
    {"signatures/0/embeddedCertificates", "-1", "signatures[0].embeddedCertificates"},
    {"signatures/0/embeddedCertificates", "1.0", "signatures[0].embeddedCertificates"},
    {"signatures/0/embeddedCertificates", "2147483648", "signatures[0].embeddedCertificates"},
    {"signatures/0/path/status", "\"long\"", "signatures[0].path.status"},
    {"signatures/0/path/status", "\"no-anchor\"", "signatures[0].path.reason"},
    {"signatures/1/path/status", "\"complete\"", "signatures[1].path.certificates"},
    {"signatures/0/path/certificates", "[]", "signatures[0].path.certificates"},
    {"signatures/0/path/certificates/0/anchor", "true", "signatures[0].path.certificates"},
    {"signatures/0/path/certificates/1/anchor", "false", "signatures[0].path.certificates"},
    {"signatures/0/path/reason",
     "{\"code\":\"input\",\"line\":0,\"column\":0,\"source\":null,"
     "\"zh\":\"a\",\"en\":\"a\"}",
     "signatures[0].path.reason"},
    {"signatures/1/path/reason", "null", "signatures[1].path.reason"},
    {"signatures/1/path/reason/line", "-3", "signatures[1].path.reason.line"},
    {"signatures/0/path/certificates/0/subject", "null",
     "signatures[0].path.certificates[0].subject"},
    {"signatures/0/path/certificates/0/keyBits", "-1",
     "signatures[0].path.certificates[0].keyBits"},
    {"signatures/0/path/certificates/0/validity", "{\"from\":\"2026-11-01T00:00:00Z\"}",
     "signatures[0].path.certificates[0].validity.to"},
    {"signatures/0/path/certificates/0/revocation/0/kind", "null",
     "signatures[0].path.certificates[0].revocation[0].kind"},
    {"signatures/0/path/certificates/0/revocation/0/reason", "-1",
     "signatures[0].path.certificates[0].revocation[0].reason"},
    {"signatures/0/path/certificates/0/revocation", "[0,0,0,0,0,0,0,0,0]",
     "signatures[0].path.certificates[0].revocation"},
    {"signatures/0/timestamp/status", "\"malformed\"", "signatures[0].timestamp.reason"},
    {"signatures/1/timestamp/status", "\"good\"", "signatures[1].timestamp.reason"},
    {"signatures/0/timestamp/digest", "null", "signatures[0].timestamp.digest"},
    {"signatures/0/timestamp/path/certificates", "[]", "signatures[0].timestamp.path.certificates"},
    {"signatures/0/timestamp/path/status", "\"unfit\"", "signatures[0].timestamp.path.reason"},
    {"checks/0/id", "\"other\"", "checks[0].id"},
    {"checks/0/id", "null", "checks[0].id"},
    {"checks/0/id", "\"digests\"", "checks[0].id"},
    {"checks/0/signature", "1", "checks[0].signature"},
    {"checks/1/status", "\"passed\"", "checks[1].subindication"},
    {"checks/1/status", "\"indeterminate\"", "checks[1].subindication"},
    {"checks/0/status", "\"failed\"", "checks[0].subindication"},
    {"checks/0/zh", "null", "checks[0].zh"},
};

/* The object or array a place is in; `*last` the rest of the place. */
static json_t *parent_of(json_t *tree, const char *place, const char **last)
{
    const char *end;
    char name[64];

    while ((end = strchr(place, '/')) != NULL) {
        snprintf(name, sizeof(name), "%.*s", (int)(end - place), place);
        tree = json_is_array(tree) ? json_array_get(tree, (size_t)strtoul(name, NULL, 10))
                                   : json_object_get(tree, name);
        ck_assert_msg(tree != NULL, "%s", name);
        place = end + 1;
    }
    *last = place;
    return tree;
}

START_TEST(what_is_wrong_is_named)
{
    json_t *tree = sample_tree();
    const char *last = NULL;
    json_t *parent = parent_of(tree, rows[_i].place, &last);
    struct error err = {0};
    char expected[256];

    if (rows[_i].value == NULL)
        ck_assert_int_eq(json_object_del(parent, last), 0);
    else
        ck_assert_int_eq(
            json_object_set_new(parent, last, json_loads(rows[_i].value, JSON_DECODE_ANY, NULL)),
            0);
    ck_assert_int_eq(read_tree(tree, &err), ERROR_INPUT);
    snprintf(expected, sizeof(expected), "member %s of the facts file ", rows[_i].named);
    ck_assert_msg(strncmp(err.en, expected, strlen(expected)) == 0, "%s = %s: %s", rows[_i].place,
                  rows[_i].value, err.en);
    ck_assert_str_eq(err.source, "facts.json");
    json_decref(tree);
}
END_TEST

START_TEST(too_many_checks_are_refused)
{
    json_t *tree = sample_tree();
    json_t *checks = json_object_get(tree, "checks");

    while (json_array_size(checks) < CHECK_LIST_MAX)
        json_array_append(checks, json_array_get(checks, 0));
    ck_assert_int_eq(read_tree(tree, NULL), 0);
    json_array_append(checks, json_array_get(checks, 0));
    ck_assert_int_eq(read_tree(tree, NULL), ERROR_INPUT);
    json_decref(tree);
}
END_TEST

/* ---- every member, wherever it is ---- */

static size_t tried;

static void expect_refused(const json_t *tree, const char *name, const char *why)
{
    ck_assert_msg(read_tree(tree, NULL) == ERROR_INPUT, "%s %s is accepted", name, why);
    tried++;
}

static void spoil_member(json_t *tree, json_t *object, const char *name)
{
    json_t *value = json_incref(json_object_get(object, name));

    json_object_del(object, name);
    expect_refused(tree, name, "missing");
    json_object_set_new(object, name, json_real(0.5));
    expect_refused(tree, name, "as a fraction");
    json_object_set_new(object, name, json_string("\n"));
    if (strcmp(name, "subject") != 0 && strcmp(name, "issuer") != 0 && strcmp(name, "zh") != 0 &&
        strcmp(name, "en") != 0 && strcmp(name, "serial") != 0 && strcmp(name, "source") != 0 &&
        strcmp(name, "recordNumber") != 0 && strcmp(name, "policy") != 0 &&
        strcmp(name, "digest") != 0 && strcmp(name, "keySha256") != 0 &&
        strcmp(name, "nameHash") != 0)
        expect_refused(tree, name, "as another text");
    json_object_set_new(object, name, value);
}

/* The names of an object's members, which change their order when one is put back. */
static json_t *names_of(json_t *object)
{
    json_t *names = json_array();
    const char *name;
    json_t *member;

    json_object_foreach(object, name, member)
    {
        json_array_append_new(names, json_string(name));
    }
    return names;
}

static void spoil_all(json_t *tree, json_t *value)
{
    json_t *names = names_of(value);
    json_t *member;
    size_t i;

    json_array_foreach(value, i, member)
    {
        spoil_all(tree, member);
    }
    json_array_foreach(names, i, member)
    {
        spoil_all(tree, json_object_get(value, json_string_value(member)));
        spoil_member(tree, value, json_string_value(member));
    }
    json_decref(names);
    if (!json_is_object(value))
        return;
    json_object_set_new(value, "unknown", json_null());
    expect_refused(tree, "unknown", "");
    json_object_del(value, "unknown");
}

START_TEST(every_member_is_wanted_and_typed)
{
    json_t *tree = sample_tree();

    tried = 0;
    spoil_all(tree, tree);
    ck_assert_int_eq(read_tree(tree, NULL), 0);
    ck_assert_uint_gt(tried, 500);
    json_decref(tree);
}
END_TEST

/* ---- what is no such JSON at all ---- */

static const struct {
    const char *text;
    size_t length; /* 0: a string */
} raw[] = {
    {"", 0},
    {"[]", 0},
    {"null", 0},
    {"{}", 0},
    {"{\"format\": NaN}", 0},
    {"{\"format\": Infinity}", 0},
    {"{\"format\": 1e400}", 0},
    {"{\"format\": 99999999999999999999999}", 0},
    {"{\"format\": \"a\", \"format\": \"a\"}", 0},
    {"{\"format\": \"a\\u0000b\"}", 0},
    {"{\"format\": \"\xFF\"}", 0},
    {"{\"format\": \"\xED\xA0\x80\"}", 0},
    {"\xEF\xBB\xBF{}", 0},
    {"{\"format\": \"\0\"}", 15},
    {"{\"format\": 'a'}", 0},
    {"{\"format\": \"dingjia-facts/1\",}", 0},
    {"// facts\n{}", 0},
};

START_TEST(what_is_no_json_of_ours_is_refused)
{
    struct error err = {0};
    size_t length = raw[_i].length > 0 ? raw[_i].length : strlen(raw[_i].text);

    ck_assert_int_eq(read_text(raw[_i].text, length, &err), ERROR_INPUT);
    ck_assert_str_ne(err.zh, "");
    ck_assert_str_eq(err.source, "facts.json");
}
END_TEST

START_TEST(doubled_members_are_refused_everywhere)
{
    json_t *tree = sample_tree();
    char *text = json_dumps(tree, JSON_COMPACT);
    static const char doubled[] = "\"customs\":false,\"customs\":false";
    char *at = strstr(text, "\"customs\":false");
    size_t before = (size_t)(at - text);
    char *made = malloc(strlen(text) + sizeof(doubled));

    ck_assert_ptr_nonnull(made);
    memcpy(made, text, before);
    memcpy(made + before, doubled, sizeof(doubled) - 1);
    memcpy(made + before + sizeof(doubled) - 1, at + strlen("\"customs\":false"),
           strlen(at + strlen("\"customs\":false")) + 1);
    ck_assert_int_eq(read_text(text, strlen(text), NULL), 0);
    ck_assert_int_eq(read_text(made, strlen(made), NULL), ERROR_INPUT);
    free(made);
    free(text);
    json_decref(tree);
}
END_TEST

START_TEST(deep_nesting_and_size_are_refused)
{
    const size_t length = _i == 0 ? 200000 : 4 * 1024 * 1024 + 1;
    char *text = malloc(length);

    ck_assert_ptr_nonnull(text);
    memset(text, _i == 0 ? '[' : ' ', length);
    ck_assert_int_eq(read_text(text, length, NULL), ERROR_INPUT);
    free(text);
}
END_TEST

/* ---- mutation: whatever is read can be judged and written again ---- */

static void use(const char *text, size_t length, const struct policy *policy)
{
    struct facts_document *document = calloc(1, sizeof(*document));
    struct signature_report report = {0};
    size_t written = 0;

    ck_assert_ptr_nonnull(document);
    if (facts_read(text, length, "facts.json", document, NULL) == 0) {
        ck_assert_int_eq(
            signature_judge(&document->facts, policy, document->gathered_at, &report, NULL), 0);
        free(sample_facts_text(document, &written));
    }
    signature_report_free(&report);
    sample_facts_free(document);
}

START_TEST(no_changed_octet_does_harm)
{
    static const unsigned char changes[] = {0x01, 0x10, 0x80};
    struct facts_document *document = sample_facts();
    struct policy *policy = NULL;
    size_t length = 0;
    char *text = sample_facts_text(document, &length);

    ck_assert_int_eq(policy_default(&policy, NULL), 0);
    for (size_t i = 0; i < length; i++) {
        const char was = text[i];
        text[i] = (char)(was ^ (char)changes[_i]);
        use(text, length, policy);
        text[i] = was;
    }
    for (size_t i = (size_t)_i; i < length; i += 7)
        use(text, i, policy);
    free(text);
    policy_free(policy);
    sample_facts_free(document);
}
END_TEST

TCase *facts_refusal_cases(void)
{
    TCase *cases = tcase_create("facts refused");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, what_is_wrong_is_named, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(cases, too_many_checks_are_refused);
    tcase_add_test(cases, every_member_is_wanted_and_typed);
    tcase_add_loop_test(cases, what_is_no_json_of_ours_is_refused, 0, sizeof(raw) / sizeof(raw[0]));
    tcase_add_test(cases, doubled_members_are_refused_everywhere);
    tcase_add_loop_test(cases, deep_nesting_and_size_are_refused, 0, 2);
    tcase_add_loop_test(cases, no_changed_octet_does_harm, 0, 3);
    return cases;
}

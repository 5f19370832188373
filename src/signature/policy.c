#include "signature/policy.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/resource.h"
#include "xml/location.h"
#include "xml/node.h"
#include "xml/schema.h"

enum { CHECKS_MAX = 32, ALGORITHMS_MAX = 32, REQUIREMENTS_MAX = 8 };

#define POLICY_URI "urn:dingjia:policy:1.0"

struct level_row {
    const char *id;
    enum check_level level;
};

struct algorithm_row {
    const char *name;
    int64_t until;
};

/* Texts are borrowed from the document. */
struct policy {
    struct xml_document *document;
    char digest[DIGEST_HEX_SIZE];
    struct level_row levels[CHECKS_MAX];
    size_t level_count;
    struct algorithm_row algorithms[ALGORITHMS_MAX];
    size_t algorithm_count;
    struct policy_requirement requirements[REQUIREMENTS_MAX];
    size_t requirement_count;
};

/* What a policy may set, with what holds where it is silent: the same as default.xml, which a test
 * compares. */
static const struct level_row defaults[] = {
    {"timestamp", LEVEL_IGNORE},   {"timestamp-trust", LEVEL_WARN},
    {"revocation", LEVEL_FAIL},    {"revocation-unnamed", LEVEL_WARN},
    {"signing-delay", LEVEL_WARN}, {"timestamp-revocation", LEVEL_WARN},
};

void policy_free(struct policy *policy)
{
    if (policy != NULL) {
        xml_document_free(policy->document);
        free(policy);
    }
}

static enum check_level level_find(const char *name)
{
    if (strcmp(name, "warn") == 0) {
        return LEVEL_WARN;
    }
    return strcmp(name, "ignore") == 0 ? LEVEL_IGNORE : LEVEL_FAIL;
}

static int refuse_twice(const struct xml_node *node, const char *what, struct error *err)
{
    error_set(err, ERROR_CONFIG, "策略中“%s”写了两次", "the policy names \"%s\" twice", what);
    error_place(err, NULL, xml_location_line(node), 0);
    return ERROR_CONFIG;
}

static int read_check(struct policy *policy, const struct xml_node *node, struct error *err)
{
    const char *id = xml_node_attribute(node, "id");

    for (size_t i = 0; i < policy->level_count; i++) {
        if (strcmp(policy->levels[i].id, id) == 0) {
            return refuse_twice(node, id, err);
        }
    }
    policy->levels[policy->level_count++] =
        (struct level_row){id, level_find(xml_node_attribute(node, "level"))};
    return 0;
}

static int read_algorithm(struct policy *policy, const struct xml_node *node, struct error *err)
{
    const char *name = xml_node_attribute(node, "name");
    const char *until = xml_node_attribute(node, "until");
    struct algorithm_row row = {name, INT64_MAX};
    int64_t unused;

    if (policy_algorithm(policy, name, &unused)) {
        return refuse_twice(node, name, err);
    }
    if (until != NULL && clock_parse_instant(until, &row.until) != 0) {
        error_set(err, ERROR_CONFIG, "until 应为不带时区的日期（2035-12-31），不是“%s”",
                  "until must be a date without a time zone (2035-12-31), not \"%s\"", until);
        error_place(err, NULL, xml_location_line(node), 0);
        return ERROR_CONFIG;
    }
    /* Its first second in Beijing; the day itself still counts. */
    row.until += until != NULL ? 86400 : 0;
    policy->algorithms[policy->algorithm_count++] = row;
    return 0;
}

static int read_requirement(struct policy *policy, const struct xml_node *node, struct error *err)
{
    const char *role = xml_node_attribute(node, "role");

    if (role != NULL && role_find(role) == ROLE_NONE) {
        error_set(err, ERROR_CONFIG, "没有角色“%s”", "there is no role \"%s\"", role);
        error_place(err, NULL, xml_location_line(node), 0);
        return ERROR_CONFIG;
    }
    policy->requirements[policy->requirement_count++] =
        (struct policy_requirement){.role = role == NULL ? ROLE_NONE : role_find(role),
                                    .suite = xml_node_attribute(node, "suite"),
                                    .signer = xml_node_attribute(node, "signer")};
    return 0;
}

static const struct {
    const char *element;
    int (*read)(struct policy *policy, const struct xml_node *node, struct error *err);
} readers[] = {{"check", read_check}, {"algorithm", read_algorithm}, {"require", read_requirement}};

static int read_policy(struct policy *policy, struct error *err)
{
    const struct xml_node *node = xml_node_first_element(xml_document_root(policy->document));
    int code = 0;

    for (; code == 0 && node != NULL; node = xml_node_next_element(node)) {
        for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
            if (code == 0 && xml_node_is(node, POLICY_URI, readers[i].element)) {
                code = readers[i].read(policy, node, err);
            }
        }
    }
    return code;
}

/* The schema bounds the lists, so that they fit. */
static int validate(const struct xml_document *document, struct error *err)
{
    const struct resource *xsd = resource_find("policy/1.0/policy.xsd");
    struct xml_schema *schema = NULL;
    int code = xml_schema_parse(xsd->octets, xsd->length, xsd->name, &schema, err);

    code = code == 0 ? xml_schema_validate(schema, document, err) : code;
    xml_schema_free(schema);
    return code;
}

static int parse(struct policy *policy, const void *octets, size_t length, const char *name,
                 struct error *err)
{
    int code = xml_load(octets, length, name, &policy->document, err);

    code = code == 0 ? validate(policy->document, err) : code;
    code = code == 0 ? read_policy(policy, err) : code;
    return code == 0 ? digest_compute_hex(DIGEST_SHA256, octets, length, policy->digest, err)
                     : code;
}

int policy_parse(const void *octets, size_t length, const char *name, struct policy **out,
                 struct error *err)
{
    struct policy *policy = calloc(1, sizeof(*policy));
    struct error refusal = {0};
    int code;

    *out = NULL;
    if (policy == NULL) {
        return (int)error_memory(err);
    }
    code = parse(policy, octets, length, name, &refusal);
    if (code == 0) {
        *out = policy;
        return 0;
    }
    policy_free(policy);
    code = code == ERROR_INPUT ? ERROR_CONFIG : code;
    error_set(err, (enum error_code)code, "%s%.0s", "%.0s%s", refusal.zh, refusal.en);
    error_place(err, name, refusal.line, refusal.column);
    return code;
}

int policy_default(struct policy **out, struct error *err)
{
    const struct resource *file = resource_find("policy/1.0/default.xml");

    return policy_parse(file->octets, file->length, file->name, out, err);
}

const char *policy_name(const struct policy *policy)
{
    return xml_node_attribute(xml_document_root(policy->document), "name");
}

const char *policy_digest(const struct policy *policy)
{
    return policy->digest;
}

enum check_level policy_level(const struct policy *policy, const char *id)
{
    for (size_t i = 0; i < policy->level_count; i++) {
        if (strcmp(policy->levels[i].id, id) == 0) {
            return policy->levels[i].level;
        }
    }
    for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++) {
        if (strcmp(defaults[i].id, id) == 0) {
            return defaults[i].level;
        }
    }
    return LEVEL_FAIL;
}

bool policy_algorithm(const struct policy *policy, const char *name, int64_t *until)
{
    for (size_t i = 0; i < policy->algorithm_count; i++) {
        if (strcmp(policy->algorithms[i].name, name) == 0) {
            *until = policy->algorithms[i].until;
            return true;
        }
    }
    return false;
}

const struct policy_requirement *policy_requirement_at(const struct policy *policy, size_t index)
{
    return index < policy->requirement_count ? &policy->requirements[index] : NULL;
}

#include "report/facts_table.h"

#include <string.h>

#include "key/algorithm.h"
#include "report/fact_names.h"
#include "report/facts.h"

/* Members of an enum are read and written as if they were of this type. */
_Static_assert(sizeof(enum fact) == sizeof(unsigned), "enums are as wide as unsigned");

/* ---- names ---- */

static const char *name_fact(unsigned value)
{
    return fact_name((enum fact)value);
}

static const char *name_value(unsigned value)
{
    return fact_name_value((enum key_judgement)value);
}

static const char *name_path(unsigned value)
{
    return fact_name_path((enum path_status)value);
}

static const char *name_timestamp(unsigned value)
{
    return fact_name_timestamp((enum timestamp_status)value);
}

static const char *name_kind(unsigned value)
{
    return fact_name_kind((enum revocation_kind)value);
}

static const char *name_revocation(unsigned value)
{
    return fact_name_revocation((enum revocation_status)value);
}

static const char *name_role(unsigned value)
{
    return role_name((enum signature_role)value);
}

static const char *name_error(unsigned value)
{
    return value == ERROR_NONE ? NULL : error_name((enum error_code)value);
}

static const char *name_status(unsigned value)
{
    return check_status_name((enum check_status)value);
}

static const char *name_subindication(unsigned value)
{
    return subindication_name((enum subindication)value);
}

static const struct field_names facts = {FACT_NAMES, name_fact};
static const struct field_names values = {FACT_NAMES_VALUE, name_value};
static const struct field_names paths = {FACT_NAMES_PATH, name_path};
static const struct field_names timestamps = {FACT_NAMES_TIMESTAMP, name_timestamp};
static const struct field_names kinds = {FACT_NAMES_KIND, name_kind};
static const struct field_names revocations = {FACT_NAMES_REVOCATION, name_revocation};
static const struct field_names roles = {ROLE_COUNT, name_role};
static const struct field_names errors = {ERROR_CONFIG + 1, name_error};
static const struct field_names statuses = {CHECK_WARNING + 1, name_status};
static const struct field_names subindications = {SUBINDICATION_SIGNED_DATA_NOT_FOUND + 1,
                                                  name_subindication};

static const char *find_suite(const char *name)
{
    const struct key_suite *suite;

    for (size_t i = 0; (suite = key_suite_at(i)) != NULL; i++) {
        if (strcmp(suite->name, name) == 0)
            return suite->name;
    }
    return NULL;
}

/* ---- tables, from the inside out ---- */

#define AT(type, member) .offset = offsetof(type, member)
#define IF(type, member) .flag = (offsetof(type, member) + 1)
#define CHARS(type, member) AT(type, member), .size = sizeof(((type *)NULL)->member)
#define LIST(type, member, count) \
    AT(type, member), .size = sizeof(((type *)NULL)->member[0]), .counter = offsetof(type, count)

static const struct field reason[] = {
    {"code", &field_name, AT(struct error, code), .names = &errors},
    {"line", &field_unsigned, AT(struct error, line)},
    {"column", &field_unsigned, AT(struct error, column)},
    {"source", &field_chars, CHARS(struct error, source)},
    {"zh", &field_chars, CHARS(struct error, zh)},
    {"en", &field_chars, CHARS(struct error, en)},
    {0},
};

/* One that is ERROR_NONE is null. */
static json_t *write_reason(const struct field *field, const void *object, struct error *err)
{
    enum error_code code;

    memcpy(&code, (const char *)object + field->offset + offsetof(struct error, code),
           sizeof(code));
    return code == ERROR_NONE ? json_null()
                              : field_write(reason, (const char *)object + field->offset, err);
}

static int read_reason(struct field_reader *reader, const struct field *field, json_t *json,
                       void *object)
{
    if (json_is_null(json))
        return 0;
    if (json_is_null(json_object_get(json, "code")))
        return field_refuse(reader, " 没有 code", "has no code");
    return field_read(reader, reason, json, (char *)object + field->offset);
}

static const struct field_kind field_reason = {write_reason, read_reason};

static const struct field statement[] = {
    {"kind", &field_name, AT(struct revocation_statement, kind), .names = &kinds},
    {"status", &field_name, AT(struct revocation_statement, status), .names = &revocations},
    {"issued", &field_time, AT(struct revocation_statement, issued)},
    {"next", &field_time, AT(struct revocation_statement, next),
     IF(struct revocation_statement, has_next)},
    {"revokedAt", &field_time, AT(struct revocation_statement, revoked_at)},
    {"reason", &field_optional, AT(struct revocation_statement, reason)},
    {0},
};

static const struct field validity[] = {
    {"from", &field_time, AT(struct path_certificate, valid_from)},
    {"to", &field_time, AT(struct path_certificate, valid_to)},
    {0},
};

static const struct field certificate[] = {
    {"subject", &field_text, AT(struct path_certificate, subject)},
    {"issuer", &field_text, AT(struct path_certificate, issuer)},
    {"validity", &field_object, IF(struct path_certificate, has_validity), .fields = validity},
    {"keyBits", &field_unsigned, AT(struct path_certificate, key_bits)},
    {"keySha256", &field_chars, CHARS(struct path_certificate, key_sha256)},
    {"nameHash", &field_chars, CHARS(struct path_certificate, name_hash)},
    {"suite", &field_static, AT(struct path_certificate, suite), .find = find_suite},
    {"anchor", &field_bool, AT(struct path_certificate, anchor)},
    {"namesRevocation", &field_bool, AT(struct path_certificate, names_revocation)},
    {"revocation", &field_list, LIST(struct path_certificate, statements, statement_count),
     .maximum = PATH_STATEMENTS_MAX, .fields = statement},
    {0},
};

static const struct field path[] = {
    {"status", &field_name, AT(struct path, status), .names = &paths},
    {"reason", &field_reason, AT(struct path, reason)},
    {"certificates", &field_list, LIST(struct path, certificates, count),
     .maximum = PATH_LENGTH_MAX, .fields = certificate},
    {0},
};

static const struct field timestamp[] = {
    {"status", &field_name, AT(struct timestamp_facts, status), .names = &timestamps},
    {"reason", &field_reason, AT(struct timestamp_facts, reason)},
    {"time", &field_time, AT(struct timestamp_facts, time)},
    {"policy", &field_chars, CHARS(struct timestamp_facts, policy)},
    {"serial", &field_chars, CHARS(struct timestamp_facts, serial)},
    {"digest", &field_chars, CHARS(struct timestamp_facts, digest)},
    {"path", &field_object, AT(struct timestamp_facts, path), .fields = path},
    {0},
};

static const struct field signature[] = {
    {"unreadable", &field_static, AT(struct signature_facts, unreadable), .find = fact_element},
    {"suite", &field_static, AT(struct signature_facts, suite), .find = find_suite},
    {"customs", &field_bool, AT(struct signature_facts, customs)},
    {"role", &field_name, AT(struct signature_facts, role), .names = &roles},
    {"signingTime", &field_time, AT(struct signature_facts, signing_time),
     IF(struct signature_facts, has_signing_time)},
    {"statementDigest", &field_name, AT(struct signature_facts, statement_digest), .names = &facts},
    {"propertiesDigest", &field_name, AT(struct signature_facts, properties_digest),
     .names = &facts},
    {"certificateDigest", &field_name, AT(struct signature_facts, certificate_digest),
     .names = &facts},
    {"value", &field_name, AT(struct signature_facts, value), .names = &values},
    {"path", &field_object, AT(struct signature_facts, path), .fields = path},
    {"timestamp", &field_object, AT(struct signature_facts, timestamp),
     IF(struct signature_facts, has_timestamp), .fields = timestamp},
    {"embeddedCertificates", &field_count, AT(struct signature_facts, embedded_certificates)},
    {"embeddedRevocations", &field_count, AT(struct signature_facts, embedded_revocations)},
    {0},
};

static const struct field check[] = {
    {"id", &field_static, AT(struct check, id), .find = check_id},
    {"status", &field_name, AT(struct check, status), .names = &statuses},
    {"subindication", &field_name, AT(struct check, subindication), .names = &subindications},
    {"zh", &field_text, AT(struct check, zh)},
    {"en", &field_text, AT(struct check, en)},
    {0},
};

const struct field facts_table[] = {
    {"format", &field_literal, .literal = "dingjia-facts/1"},
    {"gatheredAt", &field_time, AT(struct facts_document, gathered_at)},
    {"certificateSha256", &field_chars, CHARS(struct facts_document, certificate_sha256)},
    {"serial", &field_chars, CHARS(struct facts_document, serial)},
    {"recordNumber", &field_chars, CHARS(struct facts_document, record_number)},
    {"refusal", &field_reason, AT(struct facts_document, facts.format)},
    {"signatures", &field_list, LIST(struct facts_document, facts.signatures, facts.count),
     .maximum = FACTS_SIGNATURES_MAX, .fields = signature},
    {"checks", &field_owned, LIST(struct facts_document, checks.items, checks.count),
     .maximum = CHECK_LIST_MAX, .fields = check},
    {0},
};

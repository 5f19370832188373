#include "report/fact_names.h"

#include <string.h>

static const char *const holds[FACT_NAMES] = {
    [FACT_UNKNOWN] = "unknown",
    [FACT_HOLDS] = "holds",
    [FACT_FAILS] = "fails",
};

static const char *const values[FACT_NAMES_VALUE] = {
    [KEY_NOT_JUDGED] = "not-judged", [KEY_GOOD] = "good", [KEY_BAD] = "bad", [KEY_WEAK] = "weak",
    [KEY_UNFIT] = "unfit",
};

static const char *const paths[FACT_NAMES_PATH] = {
    [PATH_NOT_JUDGED] = "not-judged", [PATH_COMPLETE] = "complete",
    [PATH_NO_ANCHOR] = "no-anchor",   [PATH_BAD_SIGNATURE] = "bad-signature",
    [PATH_USAGE] = "usage",           [PATH_WEAK] = "weak",
    [PATH_UNFIT] = "unfit",
};

static const char *const timestamps[FACT_NAMES_TIMESTAMP] = {
    [TIMESTAMP_NOT_JUDGED] = "not-judged",       [TIMESTAMP_GOOD] = "good",
    [TIMESTAMP_MALFORMED] = "malformed",         [TIMESTAMP_OTHER_DATA] = "other-data",
    [TIMESTAMP_BAD_SIGNATURE] = "bad-signature", [TIMESTAMP_WEAK] = "weak",
};

static const char *const kinds[FACT_NAMES_KIND] = {
    [REVOCATION_CRL] = "crl",
    [REVOCATION_OCSP] = "ocsp",
};

static const char *const revocations[FACT_NAMES_REVOCATION] = {
    [REVOCATION_SILENT] = "silent",
    [REVOCATION_GOOD] = "good",
    [REVOCATION_REVOKED] = "revoked",
};

/* Everything a signature says in text that has to be decoded. */
static const char *const elements[] = {
    "SignatureMethod",       "DigestMethod",
    "DigestValue",           "SignatureValue",
    "ClaimedRole",           "SigningTime",
    "X509Certificate",       "EncapsulatedX509Certificate",
    "EncapsulatedCRLValue",  "EncapsulatedOCSPValue",
    "EncapsulatedTimeStamp",
};

const char *fact_name(enum fact fact)
{
    return holds[fact];
}

const char *fact_name_value(enum key_judgement judgement)
{
    return values[judgement];
}

const char *fact_name_path(enum path_status status)
{
    return paths[status];
}

const char *fact_name_timestamp(enum timestamp_status status)
{
    return timestamps[status];
}

const char *fact_name_kind(enum revocation_kind kind)
{
    return kinds[kind];
}

const char *fact_name_revocation(enum revocation_status status)
{
    return revocations[status];
}

const char *fact_element(const char *name)
{
    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
        if (strcmp(elements[i], name) == 0)
            return elements[i];
    }
    return NULL;
}

const char *fact_level(const struct signature_facts *facts)
{
    if (facts->unreadable != NULL)
        return NULL;
    if (!facts->has_timestamp || facts->timestamp.status != TIMESTAMP_GOOD)
        return "B-B";
    if (facts->embedded_certificates == 0 || facts->embedded_revocations == 0)
        return "B-T";
    return "B-LT";
}

const char *fact_authority(const struct timestamp_facts *timestamp)
{
    return timestamp->path.count > 0 ? timestamp->path.certificates[0].subject : NULL;
}

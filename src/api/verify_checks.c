#include <string.h>

#include "api/verify.h"
#include "base/clock.h"
#include "base/limits.h"
#include "xml/canonical.h"

static struct check_mark mark(const char *id, enum subindication subindication)
{
    return (struct check_mark){.id = id, .subindication = subindication};
}

static const struct pack *find_pack(const struct packs *packs, const struct claims *claims)
{
    for (size_t i = 0; i < packs_count(packs); i++) {
        const struct pack *pack = packs_at(packs, i);

        if (strcmp(pack_id(pack), claims->pack_name) == 0 &&
            strcmp(pack_version(pack), claims->pack_version) == 0) {
            return pack;
        }
    }
    return NULL;
}

/* A statement that leaves conditions out, or names one twice, would hide the one that failed. */
static bool lists_conditions_of(const struct pack *pack, const struct claims *claims)
{
    if (claims->condition_count != pack_condition_count(pack)) {
        return false;
    }
    for (size_t i = 0; i < claims->condition_count; i++) {
        if (strcmp(claims->conditions[i].label, pack_condition_at(pack, i)->id) != 0) {
            return false;
        }
    }
    return true;
}

void verify_pack(struct verify_job *job)
{
    const struct claims *claims = &job->result->claims;
    const struct pack *pack = find_pack(job->dingjia->packs, claims);

    if (pack == NULL) {
        check_add_not_run(
            &job->result->checks, "pack",
            (struct bilingual){"本程序未带证书所依据的规则包，无法核对规则包，也无法重新判断",
                               "this program does not carry the rule pack the "
                               "certificate names: the pack cannot be compared and the "
                               "record not be rechecked"});
        return;
    }
    if (strcmp(pack_digest(pack), claims->pack_sha256) != 0) {
        check_add(
            &job->result->checks, mark("pack", SUBINDICATION_HASH_FAILURE),
            "规则包 %s %s 的摘要不符：证书为 %s，本程序所带为 %s",
            "rule pack %s %s: the digest in the certificate, %s, is not that of the pack this "
            "program carries, %s",
            claims->pack_name, claims->pack_version, claims->pack_sha256, pack_digest(pack));
        return;
    }
    if (!lists_conditions_of(pack, claims)) {
        check_add(&job->result->checks, mark("pack", SUBINDICATION_FORMAT_FAILURE),
                  "证书列出的 %zu 项条件不是规则包 %s %s 的全部 %zu 项，或次序不同",
                  "the %zu conditions in the certificate are not those of rule pack %s %s (%zu), "
                  "each once and in its order",
                  claims->condition_count, claims->pack_name, claims->pack_version,
                  pack_condition_count(pack));
        return;
    }
    check_add(&job->result->checks, mark("pack", SUBINDICATION_NONE),
              "规则包 %s %s 与本程序所带的逐字节相同",
              "rule pack %s %s is octet by octet the one this program carries", claims->pack_name,
              claims->pack_version);
    job->pack_matches = true;
}

/* ---- statement ---- */

/* Outcomes no compliant record can have; NULL when there is none. */
static const struct claims_condition *find_contradiction(const struct claims *claims)
{
    for (size_t i = 0; i < claims->condition_count; i++) {
        switch (outcome_from_name(claims->conditions[i].outcome)) {
        case OUTCOME_NONE:
        case OUTCOME_NOT_EVIDENCED:
        case OUTCOME_VIOLATED:
        case OUTCOME_ERROR:
            return &claims->conditions[i];
        case OUTCOME_NOT_APPLICABLE:
        case OUTCOME_SATISFIED:
        case OUTCOME_ATTESTED:
        case OUTCOME_WARNING:
            break;
        }
    }
    return NULL;
}

static bool is_compliant(const struct claims *claims)
{
    const char *compliant = verdict_name(VERDICT_COMPLIANT);

    return strcmp(claims->safe_harbour, compliant) == 0 &&
           strcmp(claims->lawful_pricing, compliant) == 0;
}

/* The statement names who issued it and when it was evaluated; the signature has to agree. */
static bool fits_signature(const struct verification_result *result)
{
    const struct signature_facts *facts = &result->facts.signatures[0];
    const struct path_certificate *signer = facts_signer(facts);
    int64_t evaluated = 0;

    return clock_parse_instant(result->claims.evaluated_at, &evaluated) == 0 &&
           facts->has_signing_time && evaluated <= facts->signing_time && signer != NULL &&
           strcmp(result->claims.issuer, signer->subject) == 0;
}

void verify_statement(struct verify_job *job)
{
    const struct claims *claims = &job->result->claims;
    const struct claims_condition *bad = find_contradiction(claims);
    const struct check_mark failed = mark("statement", SUBINDICATION_FORMAT_FAILURE);

    if (!is_compliant(claims)) {
        check_add(
            &job->result->checks, failed,
            "证书所载结论不是“符合”（尽职免责 %s，定价方式 %s），这样的证书不应签发",
            "the verdicts in the certificate are not compliant (safe harbour %s, lawful pricing "
            "%s); no such certificate should exist",
            claims->safe_harbour, claims->lawful_pricing);
    } else if (bad != NULL) {
        check_add(&job->result->checks, failed, "证书自相矛盾：结论为“符合”，而条件 %s 的结果为 %s",
                  "the certificate contradicts itself: compliant, yet condition %s is %s",
                  bad->label, bad->outcome);
    } else if (!fits_signature(job->result)) {
        check_add(
            &job->result->checks, failed, "证书所载签发人“%s”或评估时刻 %s 与签名不一致",
            "the issuer \"%s\" or the evaluation instant %s in the certificate does not fit its "
            "signature",
            claims->issuer, claims->evaluated_at);
    } else {
        check_add(&job->result->checks, mark("statement", SUBINDICATION_NONE),
                  "所载结论与 %zu 项条件的结果、签发人和时刻前后一致",
                  "verdicts, the outcomes of %zu conditions, issuer and times are consistent",
                  claims->condition_count);
    }
}

/* ---- record ---- */

static int digest_canonical(const struct dingjia_input *record, char hex[DIGEST_HEX_SIZE],
                            struct error *err)
{
    struct xml_document *document = NULL;
    struct buffer octets;
    int code = xml_load(record->octets, record->length, record->name, &document, err);

    /* Line breaks in attributes become "&#xA;": at most six times as long. */
    buffer_init(&octets, (size_t)LIMIT_XML_OCTETS * 6);
    if (code == 0) {
        code = xml_canonicalise(document, xml_document_root(document), &octets, err);
    }
    code =
        code == 0 ? digest_compute_hex(DIGEST_SHA256, octets.data, octets.length, hex, err) : code;
    buffer_free(&octets);
    xml_document_free(document);
    return code;
}

static void record_matches(struct verify_job *job, bool by_octets)
{
    const char *number = job->result->claims.record_number;

    job->record_matches = true;
    if (by_octets) {
        check_add(&job->result->checks, mark("record", SUBINDICATION_NONE),
                  "所给记录就是证书所说的那一份（%s），逐字节相同",
                  "the record given is the one the certificate speaks of (%s), octet by octet",
                  number);
    } else {
        check_add(
            &job->result->checks, mark("record", SUBINDICATION_NONE),
            "所给记录与证书所说的那一份（%s）内容相同，但被重新保存过：规范形式的摘要相符，"
            "逐字节摘要不同",
            "the record given says the same as the one the certificate speaks of (%s), but was "
            "serialised again: the canonical digest matches, that of the octets does not",
            number);
    }
}

int verify_record(struct verify_job *job, struct error *err)
{
    const struct claims *claims = &job->result->claims;
    const struct dingjia_input *record = job->options->record;
    char found[DIGEST_HEX_SIZE];
    struct error unreadable = {0};
    int code;

    if (record == NULL) {
        check_add_not_run(&job->result->checks, "record",
                          (struct bilingual){"未提供记录，未比对（--record）",
                                             "no record was given to compare (--record)"});
        return 0;
    }
    code = digest_compute_hex(DIGEST_SHA256, record->octets, record->length, found, err);
    if (code != 0) {
        return code;
    }
    if (strcmp(found, claims->record_sha256) == 0) {
        record_matches(job, true);
        return 0;
    }
    code = digest_canonical(record, found, &unreadable);
    if (code == 0 && strcmp(found, claims->record_canonical_sha256) == 0) {
        record_matches(job, false);
        return 0;
    }
    if (code != 0 && code != ERROR_INPUT) {
        return (int)error_set(err, unreadable.code, "%s%.0s", "%.0s%s", unreadable.zh,
                              unreadable.en);
    }
    check_add(&job->result->checks, mark("record", SUBINDICATION_HASH_FAILURE),
              "所给记录不是证书所说的那一份（%s）：内容的摘要不符",
              "the record given is not the one the certificate speaks of (%s): its content has "
              "another digest",
              claims->record_number);
    return 0;
}

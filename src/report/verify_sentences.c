#include "report/verify_words.h"

#include <string.h>

#include "base/clock.h"
#include "report/fact_names.h"

/* RFC 5280 section 5.3.1; number 7 is not used. */
static const struct {
    const char *name;
    struct bilingual words;
} reasons[] = {
    {"unspecified", {"未说明", "unspecified"}},
    {"keyCompromise", {"密钥泄露", "key compromise"}},
    {"cACompromise", {"CA 密钥泄露", "CA compromise"}},
    {"affiliationChanged", {"所属关系变更", "affiliation changed"}},
    {"superseded", {"已被取代", "superseded"}},
    {"cessationOfOperation", {"停止使用", "cessation of operation"}},
    {"certificateHold", {"暂停使用", "certificate hold"}},
    {NULL, {NULL, NULL}},
    {"removeFromCRL", {"移出吊销列表", "removed from CRL"}},
    {"privilegeWithdrawn", {"权限撤销", "privilege withdrawn"}},
    {"aACompromise", {"属性机构密钥泄露", "AA compromise"}},
};

static const struct {
    const char *level;
    struct bilingual words;
} levels[] = {
    {"B-B", {"只有签名", "signature alone"}},
    {"B-T", {"签名，附时间戳", "signature and timestamp"}},
    {"B-LT",
     {"签名，附时间戳和验证所需的证书与吊销信息",
      "signature, timestamp, and the certificates and revocation data needed to verify them"}},
};

const char *verify_reason_name(int reason)
{
    if (reason < 0 || (size_t)reason >= sizeof(reasons) / sizeof(reasons[0]))
        return NULL;
    return reasons[reason].name;
}

struct bilingual verify_words_passed(const struct signature_times *times)
{
    return times->passed ? (struct bilingual){"通过", "passed"}
                         : (struct bilingual){"没有通过", "did not pass"};
}

void verify_words_level(const struct signature_facts *facts, enum language language,
                        struct buffer *out)
{
    const char *level = fact_level(facts);

    for (size_t i = 0; level != NULL && i < sizeof(levels) / sizeof(levels[0]); i++) {
        if (strcmp(levels[i].level, level) == 0)
            buffer_append_format(out, language == LANGUAGE_ZH ? "%s（%s）" : "%s (%s)", level,
                                 bilingual_pick(levels[i].words, language));
    }
}

static const char *or_unknown(const char *name, enum language language)
{
    if (name != NULL)
        return name;
    return language == LANGUAGE_ZH ? "不明" : "unknown";
}

void verify_words_proven(const struct signature_facts *facts, const struct signature_times *times,
                         enum language language, struct buffer *out)
{
    bool zh = language == LANGUAGE_ZH;
    char instant[CLOCK_INSTANT_SIZE];

    if (!facts->has_timestamp) {
        buffer_append_text(out, zh ? "没有，未附时间戳" : "none, there is no timestamp");
        return;
    }
    if (!times->proven) {
        buffer_append_text(out, zh ? "没有，所附时间戳不能采信（见逐项检查）"
                                   : "none, the timestamp does not count (see the checks)");
        return;
    }
    clock_format_beijing(times->proven_at, instant);
    buffer_append_format(
        out, zh ? "不晚于 %s（时间戳机构“%s”）" : "no later than %s (time-stamp authority \"%s\")",
        instant, or_unknown(fact_authority(&facts->timestamp), language));
}

/* A first timestamp, or another one after it: due still, or overdue. */
static const struct bilingual renewals[2][2] = {
    {{"请在 %s 之前加盖时间戳，否则此后无法再证明签名有效",
      "add a timestamp before %s: afterwards the signature can no longer be shown to be good"},
     {"时间戳本应在 %s 之前加盖，已经逾期", "a timestamp should have been added before %s"}},
    {{"现有时间戳只能证明到 %s 为止，须在此之前补盖（归档时间戳本版尚不能加盖）",
      "the timestamp proves this until %s, and has to be renewed before (archive timestamps cannot "
      "be made by this version yet)"},
     {"时间戳的证明力已于 %s 终止", "what the timestamp proves ended on %s"}},
};

void verify_words_renewal(const struct verify_renewal *renewal, enum language language,
                          struct buffer *out)
{
    const struct bilingual *words;
    const char *hole;
    const char *sentence;
    char instant[CLOCK_INSTANT_SIZE];

    if (!renewal->times->has_renewal)
        return;
    words =
        &renewals[renewal->times->proven][renewal->times->renew_before <= renewal->validated_at];
    sentence = bilingual_pick(*words, language);
    hole = strstr(sentence, "%s");
    clock_format_beijing(renewal->times->renew_before, instant);
    buffer_append_format(out, "%.*s%s%s", (int)(hole - sentence), sentence, instant, hole + 2);
}

void verify_words_validity(const struct path_certificate *certificate, enum language language,
                           struct buffer *out)
{
    bool zh = language == LANGUAGE_ZH;
    char times[2][CLOCK_INSTANT_SIZE];

    if (!certificate->has_validity) {
        buffer_append_text(out, zh ? "不明" : "unknown");
        return;
    }
    clock_format_beijing(certificate->valid_from, times[0]);
    clock_format_beijing(certificate->valid_to, times[1]);
    buffer_append_format(out, zh ? "%s 至 %s" : "%s to %s", times[0], times[1]);
}

/* "(CRL of 2026-…, next 2026-…)" */
static void append_basis(const struct revocation_statement *statement, bool zh, struct buffer *out)
{
    char instant[CLOCK_INSTANT_SIZE];

    clock_format_beijing(statement->issued, instant);
    buffer_append_format(out, zh ? "（%s，%s 出具" : " (%s of %s",
                         statement->kind == REVOCATION_CRL ? "CRL" : "OCSP", instant);
    if (statement->has_next) {
        clock_format_beijing(statement->next, instant);
        buffer_append_format(out, zh ? "，下次更新 %s" : ", next update %s", instant);
    }
    buffer_append_text(out, zh ? "）" : ")");
}

static void append_statement(const struct revocation_statement *statement, enum language language,
                             struct buffer *out)
{
    bool zh = language == LANGUAGE_ZH;
    char instant[CLOCK_INSTANT_SIZE];

    if (statement->status == REVOCATION_GOOD)
        buffer_append_text(out, zh ? "未被吊销" : "not revoked");
    if (statement->status == REVOCATION_SILENT)
        buffer_append_text(out, zh ? "未说明是否吊销" : "does not say whether revoked");
    if (statement->status == REVOCATION_REVOKED) {
        clock_format_beijing(statement->revoked_at, instant);
        buffer_append_format(out, zh ? "已于 %s 吊销" : "revoked at %s", instant);
        if (verify_reason_name(statement->reason) != NULL)
            buffer_append_format(out, zh ? "，原因：%s" : ", reason: %s",
                                 bilingual_pick(reasons[statement->reason].words, language));
    }
    append_basis(statement, zh, out);
}

/* Revoked before good before silent, the newest of its kind. */
static const struct revocation_statement *gravest(const struct path_certificate *certificate)
{
    const struct revocation_statement *found = &certificate->statements[0];

    for (size_t i = 1; i < certificate->statement_count; i++) {
        const struct revocation_statement *other = &certificate->statements[i];
        if (other->status > found->status ||
            (other->status == found->status && other->issued > found->issued))
            found = other;
    }
    return found;
}

void verify_words_revocation(const struct path_certificate *certificate, bool all,
                             enum language language, struct buffer *out)
{
    bool zh = language == LANGUAGE_ZH;

    if (certificate->statement_count == 0) {
        if (certificate->anchor)
            buffer_append_text(out, zh ? "信任锚，不查吊销"
                                       : "trust anchor: revocation is not looked at");
        else if (certificate->names_revocation)
            buffer_append_text(out, zh ? "手头没有吊销信息" : "no revocation data at hand");
        else
            buffer_append_text(out, zh ? "没有吊销信息，证书也未写明在何处查询"
                                       : "no revocation data, and the certificate does not say "
                                         "where to find any");
        return;
    }
    if (!all) {
        append_statement(gravest(certificate), language, out);
        return;
    }
    for (size_t i = 0; i < certificate->statement_count; i++) {
        buffer_append_text(out, i == 0 ? "" : zh ? "；" : "; ");
        append_statement(&certificate->statements[i], language, out);
    }
}

#include "signature/judge.h"

#include "base/clock.h"

/* ---- is the token what it should be, whoever made it ---- */

static bool judge_intact(const struct judging *judging)
{
    const struct timestamp_facts *token = &judging->one->timestamp;
    char times[2][CLOCK_INSTANT_SIZE];

    if (token->status != TIMESTAMP_GOOD) {
        check_add_text(
            judging->checks,
            judging_mark(judging, "timestamp-intact", SUBINDICATION_SIG_CONSTRAINTS_FAILURE),
            (struct bilingual){token->reason.zh, token->reason.en});
        return false;
    }
    clock_format_beijing(token->time, times[0]);
    clock_format_beijing(judging->at, times[1]);
    if (token->time > judging->at + JUDGE_CLOCK_SKEW) {
        check_add(judging->checks,
                  judging_mark(judging, "timestamp-intact", SUBINDICATION_TIMESTAMP_ORDER_FAILURE),
                  "时间戳的时间 %s 晚于验证时刻 %s",
                  "the time of the timestamp, %s, is after the time of validation, %s", times[0],
                  times[1]);
        return false;
    }
    check_add(judging->checks, judging_mark(judging, "timestamp-intact", SUBINDICATION_NONE),
              "时间戳加盖于本签名，未被改动（%s）",
              "the timestamp was made over this signature and not changed since (%s)", times[0]);
    return true;
}

const char *timestamp_suite(const struct timestamp_facts *token)
{
    const char *suite = token->path.count > 0 ? token->path.certificates[0].suite : NULL;

    return suite != NULL ? suite : "other";
}

/* ---- is its authority trusted, then and now ---- */

/* RFC 3161 section 4.1: tokens from before the revocation keep their worth only where it was for
 * one of these reasons, and stated to be. */
static bool spares_older_tokens(int reason)
{
    enum { UNSPECIFIED = 0, AFFILIATION_CHANGED = 3, SUPERSEDED = 4, CESSATION = 5 };

    return reason == UNSPECIFIED || reason == AFFILIATION_CHANGED || reason == SUPERSEDED ||
           reason == CESSATION;
}

static void fail_trust(const struct judging *judging, enum subindication subindication,
                       struct bilingual why)
{
    check_add_text(judging->checks, judging_mark(judging, "timestamp-trust", subindication), why);
}

static bool judge_authority_path(const struct judging *judging)
{
    const struct path *path = &judging->one->timestamp.path;

    if (path->status == PATH_NOT_JUDGED) {
        fail_trust(judging, path_subindication(path->status),
                   (struct bilingual){
                       "未给出时间戳机构的根证书，不知时间戳是否可信，不作为时间证明；"
                       "确认可信后用 --tsa-trust 指定",
                       "no anchors of time-stamp authorities were given, so that the timestamp "
                       "cannot be trusted and proves nothing; once you are sure of one, name it "
                       "with --tsa-trust"});
        return false;
    }
    if (path->status != PATH_COMPLETE) {
        fail_trust(judging, path_subindication(path->status),
                   (struct bilingual){path->reason.zh, path->reason.en});
        return false;
    }
    return true;
}

static bool judge_authority_validity(const struct judging *judging)
{
    const struct timestamp_facts *token = &judging->one->timestamp;
    const struct path_certificate *bad = path_invalid_at(&token->path, token->time);
    struct bilingual when = {"加盖时间戳时", "when it made the timestamp"};
    char times[2][CLOCK_INSTANT_SIZE];

    if (bad == NULL) {
        bad = path_invalid_at(&token->path, judging->at);
        when = (struct bilingual){"验证时刻", "at the time of validation"};
    }
    if (bad == NULL) {
        return true;
    }
    clock_format_beijing(bad->valid_from, times[0]);
    clock_format_beijing(bad->valid_to, times[1]);
    check_add(judging->checks,
              judging_mark(judging, "timestamp-trust", SUBINDICATION_OUT_OF_BOUNDS_NO_POE),
              "时间戳机构的证书“%s”有效期为 %s 至 %s，%s%.0s不在其内，时间戳不作为时间证明",
              "the certificate \"%s\" of the time-stamp authority is valid from %s to %s, and so "
              "not %.0s%s: the timestamp is no proof of time",
              bad->subject, times[0], times[1], when.zh, when.en);
    return false;
}

/* Each statement by itself: a milder one must not hide a graver. */
static bool judge_authority_revoked(const struct judging *judging,
                                    const struct path_certificate *one)
{
    const int64_t time = judging->one->timestamp.time;
    char times[2][CLOCK_INSTANT_SIZE];

    for (size_t i = 0; i < one->statement_count; i++) {
        const struct revocation_statement *said = &one->statements[i];

        if (said->status != REVOCATION_REVOKED ||
            (spares_older_tokens(said->reason) && time < said->revoked_at)) {
            continue;
        }
        clock_format_beijing(said->revoked_at, times[0]);
        clock_format_beijing(time, times[1]);
        check_add(
            judging->checks, judging_mark(judging, "timestamp-trust", SUBINDICATION_REVOKED_NO_POE),
            "时间戳机构的证书“%s”已于 %s 被吊销，%s 的时间戳不作为时间证明（RFC 3161 第4.1节）",
            "the certificate \"%s\" of the time-stamp authority was revoked on %s: the "
            "timestamp of %s is no proof of time (RFC 3161, section 4.1)",
            one->subject, times[0], times[1]);
        return true;
    }
    return false;
}

static bool judge_authority_revocation(const struct judging *judging)
{
    const struct timestamp_facts *token = &judging->one->timestamp;

    for (size_t i = 0; i < token->path.count; i++) {
        const struct path_certificate *one = &token->path.certificates[i];

        if (one->anchor) {
            continue;
        }
        if (judge_authority_revoked(judging, one)) {
            return false;
        }
        if (one->names_revocation && path_revoked(one) == NULL &&
            path_good_at(one, token->time, judging->at) == NULL &&
            policy_level(judging->policy, "revocation") == LEVEL_FAIL) {
            check_add(
                judging->checks, judging_mark(judging, "timestamp-trust", SUBINDICATION_TRY_LATER),
                "不知时间戳机构的证书“%s”在加盖时是否已被吊销，时间戳不作为时间证明；"
                "请用 --revocation 提供其吊销列表或 OCSP 答复",
                "whether the certificate \"%s\" of the time-stamp authority was revoked when it "
                "made the timestamp is not known, so that it is no proof of time; give its CRL or "
                "OCSP response with --revocation",
                one->subject);
            return false;
        }
    }
    return true;
}

/* Who gets hold of an authority's key later can make tokens of any time: only what is known today
 * shows that nobody did. */
static void judge_authority_today(const struct judging *judging)
{
    const struct path *path = &judging->one->timestamp.path;

    for (size_t i = 0; i < path->count; i++) {
        const struct path_certificate *one = &path->certificates[i];

        if (one->anchor || !one->names_revocation ||
            path_good_at(one, judging->at, judging->at) != NULL) {
            continue;
        }
        check_add(judging->checks,
                  judging_mark(judging, "timestamp-revocation", SUBINDICATION_TRY_LATER),
                  "时间戳机构的证书“%s”在加盖时间戳时未被吊销，其后是否因密钥泄露被吊销，"
                  "现有吊销信息未及于验证时刻；可用 --revocation 提供新的",
                  "the certificate \"%s\" of the time-stamp authority was not revoked when it made "
                  "the timestamp; the revocation data at hand does not reach to the time of "
                  "validation, to show that its key was not stolen since; newer data can be given "
                  "with --revocation",
                  one->subject);
        return;
    }
}

/* What made the token has to be accepted today: nothing older proves it. */
static bool judge_authority_algorithms(const struct judging *judging)
{
    const char *const names[] = {judging->one->timestamp.digest,
                                 timestamp_suite(&judging->one->timestamp)};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        int64_t until = 0;

        if (policy_algorithm(judging->policy, names[i], &until) && judging->at < until) {
            continue;
        }
        check_add(judging->checks,
                  judging_mark(judging, "timestamp-trust",
                               SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE_NO_POE),
                  "策略“%s”在验证时刻不接受时间戳所用的算法 %s，时间戳不作为时间证明",
                  "policy \"%s\" does not accept an algorithm of the timestamp, %s, at the time of "
                  "validation: the timestamp is no proof of time",
                  policy_name(judging->policy), names[i]);
        return false;
    }
    return true;
}

static bool judge_trusted(const struct judging *judging)
{
    return judge_authority_path(judging) && judge_authority_validity(judging) &&
           judge_authority_revocation(judging) && judge_authority_algorithms(judging);
}

static void require_timestamp(const struct judging *judging)
{
    if (judging->times->proven || policy_level(judging->policy, "timestamp") == LEVEL_IGNORE) {
        return;
    }
    check_add(judging->checks,
              judging_mark(judging, "timestamp", SUBINDICATION_SIG_CONSTRAINTS_FAILURE),
              "策略“%s”要求签名有可信的时间戳，此签名没有",
              "policy \"%s\" wants a trusted timestamp on the signature, and it has none",
              policy_name(judging->policy));
}

void judge_timestamp(const struct judging *judging)
{
    const struct timestamp_facts *token = &judging->one->timestamp;
    char time[CLOCK_INSTANT_SIZE];

    if (judging->one->has_timestamp && judge_intact(judging) && judge_trusted(judging)) {
        judging->times->proven = true;
        judging->times->proven_at = token->time;
        clock_format_beijing(token->time, time);
        check_add(judging->checks, judging_mark(judging, "timestamp-trust", SUBINDICATION_NONE),
                  "时间戳机构“%s”证明签名在 %s 已经存在",
                  "the time-stamp authority \"%s\" proves that the signature existed on %s",
                  token->path.certificates[0].subject, time);
        judge_authority_today(judging);
    }
    require_timestamp(judging);
}

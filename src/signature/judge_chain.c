#include "signature/judge.h"

#include "base/clock.h"

void judge_chain(const struct judging *judging)
{
    const struct path *path = &judging->one->path;
    const enum subindication subindication = path_subindication(path->status);

    if (path->status == PATH_COMPLETE) {
        check_add(judging->checks, judging_mark(judging, "chain", SUBINDICATION_NONE),
                  "签名人证书由信任文件中的 CA 签发（“%s”），密钥用法允许",
                  "the signer's certificate was issued under a CA of the trust file (\"%s\") and "
                  "may sign documents",
                  path->certificates[0].issuer);
    } else if (path->status == PATH_NOT_JUDGED) {
        check_add(judging->checks, judging_mark(judging, "chain", subindication),
                  "没有给出可信的 CA，签名人证书是否可信无从判断",
                  "no trusted CA was given, so that the signer's certificate cannot be judged");
    } else {
        check_add_text(judging->checks, judging_mark(judging, "chain", subindication),
                       (struct bilingual){path->reason.zh, path->reason.en});
    }
}

/* ---- validity ---- */

static enum subindication validity_subindication(const struct judging *judging,
                                                 const struct path_certificate *bad)
{
    const bool signer = bad == &judging->one->path.certificates[0];
    const int64_t best = judging_best_time(judging);
    const bool expired = best >= bad->valid_to;

    if (judging->times->proven && signer) {
        return expired ? SUBINDICATION_EXPIRED : SUBINDICATION_NOT_YET_VALID;
    }
    if (signer && expired && path_good_at(bad, bad->valid_to, judging->at) != NULL) {
        return SUBINDICATION_OUT_OF_BOUNDS_NOT_REVOKED;
    }
    return SUBINDICATION_OUT_OF_BOUNDS_NO_POE;
}

static void report_invalid(const struct judging *judging, const struct path_certificate *bad)
{
    const bool signer = bad == &judging->one->path.certificates[0];
    const bool proven = judging->times->proven;
    const bool expired = judging_best_time(judging) >= bad->valid_to;
    struct bilingual who = {"签名人证书的上级 CA 证书", "a CA certificate above the signer's"};
    struct bilingual then = {"验证时刻为", "the time of validation is"};
    struct bilingual end = {"", ""};
    char times[3][CLOCK_INSTANT_SIZE];

    if (signer) {
        who = (struct bilingual){"签名人证书", "the signer's certificate"};
    }
    if (proven) {
        then = (struct bilingual){"时间戳只证明签名存在于",
                                  "the timestamp only proves that the signature existed on"};
    } else if (expired) {
        end = (struct bilingual){"；没有可信的时间戳证明签名作于有效期内",
                                 "; no trusted timestamp proves that it was signed before that"};
    }
    clock_format_beijing(bad->valid_from, times[0]);
    clock_format_beijing(bad->valid_to, times[1]);
    clock_format_beijing(judging_best_time(judging), times[2]);
    check_add(judging->checks,
              judging_mark(judging, "validity", validity_subindication(judging, bad)),
              "%s%.0s的有效期为 %s 至 %s，%s%.0s %s%s%.0s",
              "%.0s%s is valid from %s to %s; %.0s%s %s%.0s%s", who.zh, who.en, times[0], times[1],
              then.zh, then.en, times[2], end.zh, end.en);
}

void judge_validity(const struct judging *judging)
{
    const struct path *path = &judging->one->path;
    const struct path_certificate *now = path_invalid_at(path, judging->at);
    const struct path_certificate *best = path_invalid_at(path, judging_best_time(judging));
    char times[2][CLOCK_INSTANT_SIZE];

    if (path->count == 0 || best != NULL) {
        if (best != NULL) {
            report_invalid(judging, best);
        }
        return;
    }
    clock_format_beijing(path->certificates[0].valid_to, times[0]);
    clock_format_beijing(judging_best_time(judging), times[1]);
    if (now == NULL) {
        check_add(judging->checks, judging_mark(judging, "validity", SUBINDICATION_NONE),
                  "签名人证书和上级证书在有效期内（签名人证书至 %s）",
                  "the signer's certificate and those above it are within their validity (the "
                  "signer's until %s)",
                  times[0]);
    } else {
        check_add(judging->checks, judging_mark(judging, "validity", SUBINDICATION_NONE),
                  "“%s”的证书现已不在有效期内，但时间戳证明签名在 %s 已经存在，当时有效",
                  "the certificate of \"%s\" is no longer within its validity, but the timestamp "
                  "proves that the signature existed on %s, when it was",
                  now->subject, times[1]);
    }
}

/* ---- revocation ---- */

enum { REASON_HOLD = 6 };

/* EN 319 102-1 calls for proof that it was signed afterwards before it says REVOKED; here, as for
 * EXPIRED above, a timestamp from afterwards is enough, as no certificate is issued without the
 * means to stamp it in time. */
static enum subindication revoked_subindication(const struct judging *judging,
                                                const struct revocation_statement *revoked,
                                                bool signer)
{
    if (revoked->reason == REASON_HOLD) {
        return SUBINDICATION_TRY_LATER;
    }
    if (!signer) {
        return SUBINDICATION_REVOKED_CA_NO_POE;
    }
    return judging->times->proven ? SUBINDICATION_REVOKED : SUBINDICATION_REVOKED_NO_POE;
}

/* Without a proof of existence any revocation counts, whatever the time asked about: the signature
 * could have been made afterwards. */
static bool is_revoked(const struct judging *judging, const struct path_certificate *one,
                       bool signer)
{
    const struct revocation_statement *revoked = path_revoked(one);
    struct bilingual what = {"被吊销", "revoked"};
    char times[2][CLOCK_INSTANT_SIZE];
    const bool proven = judging->times->proven;

    if (revoked == NULL || (proven && judging->times->proven_at < revoked->revoked_at)) {
        return false;
    }
    clock_format_beijing(revoked->revoked_at, times[0]);
    clock_format_beijing(judging->times->proven_at, times[1]);
    if (revoked->reason == REASON_HOLD) {
        what = (struct bilingual){"被暂停使用", "put on hold"};
    }
    check_add(judging->checks,
              judging_mark(judging, "revoked", revoked_subindication(judging, revoked, signer)),
              "证书“%s”已于 %s %s%.0s%s%.0s%s", "the certificate \"%s\" was, on %s, %.0s%s%.0s%s%s",
              one->subject, times[0], what.zh, what.en,
              proven ? "，而时间戳只证明签名存在于 " : "；没有可信的时间戳证明签名作于此前",
              proven ? ", and the timestamp only proves that the signature existed on "
                     : "; no trusted timestamp proves that it was signed before that",
              proven ? times[1] : "");
    return true;
}

static void report_silence(const struct judging *judging, const struct path_certificate *one)
{
    if (one->names_revocation) {
        check_add(
            judging->checks, judging_mark(judging, "revocation", SUBINDICATION_TRY_LATER),
            "不知证书“%s”是否已被吊销：证书载明了查询地址，手头却没有涵盖签名时间的吊销列表或 "
            "OCSP 答复；请用 --revocation 提供，或让签发人用 dingjia augment 补入",
            "whether the certificate \"%s\" was revoked is not known: it names where to ask, "
            "but no CRL or OCSP response that covers the time of signing is at hand; give "
            "one with --revocation, or have the issuer add it with dingjia augment",
            one->subject);
        return;
    }
    check_add(judging->checks, judging_mark(judging, "revocation-unnamed", SUBINDICATION_TRY_LATER),
              "证书“%s”没有载明在哪里查询吊销，未能查证是否已被吊销",
              "the certificate \"%s\" does not say where its revocation would be published, so "
              "that this could not be looked at",
              one->subject);
}

/* Whether the certificate is shown not to have been revoked; says so where it is not. */
static bool judge_revoked(const struct judging *judging, const struct path_certificate *one,
                          bool signer)
{
    if (is_revoked(judging, one, signer)) {
        return false;
    }
    /* A revocation after the proven time says as well that there was none before. */
    if ((!judging->times->proven || path_revoked(one) == NULL) &&
        path_good_at(one, judging_best_time(judging), judging->at) == NULL) {
        report_silence(judging, one);
        return false;
    }
    return true;
}

void judge_revocation(const struct judging *judging)
{
    const struct path *path = &judging->one->path;
    size_t good = 0;
    size_t asked = 0;

    for (size_t i = 0; i < path->count; i++) {
        if (!path->certificates[i].anchor) {
            asked++;
            good += judge_revoked(judging, &path->certificates[i], i == 0);
        }
    }
    if (asked > 0 && good == asked) {
        check_add(judging->checks, judging_mark(judging, "revocation", SUBINDICATION_NONE),
                  "吊销列表或 OCSP 答复表明签名时证书未被吊销（共 %zu 张）",
                  "CRLs or OCSP responses show that the certificates were not revoked when it was "
                  "signed (%zu)",
                  good);
    }
}

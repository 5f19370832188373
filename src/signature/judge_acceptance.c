#include "signature/judge.h"

#include "base/clock.h"

enum { DELAY_MAX = 86400 };

static void fail_time(const struct judging *judging, const char *zh, const char *en)
{
    char times[3][CLOCK_INSTANT_SIZE];

    clock_format_beijing(judging->one->signing_time, times[0]);
    clock_format_beijing(judging->at, times[1]);
    clock_format_beijing(judging->times->proven_at, times[2]);
    check_add(judging->checks,
              judging_mark(judging, "signing-time", SUBINDICATION_SIG_CONSTRAINTS_FAILURE),
              "所称签名时间 %s %s%.0s %s", "the claimed signing time %s is %.0s%s %s", times[0], zh,
              en, judging->times->proven ? times[2] : times[1]);
}

static bool is_timely(const struct judging *judging)
{
    const struct path_certificate *signer = facts_signer(judging->one);
    const int64_t claimed = judging->one->signing_time;
    char time[CLOCK_INSTANT_SIZE];

    if (judging->times->proven && claimed > judging->times->proven_at + JUDGE_CLOCK_SKEW) {
        fail_time(judging, "晚于时间戳所证明的", "after what the timestamp proves,");
        return false;
    }
    if (claimed > judging->at) {
        fail_time(judging, "晚于验证时刻", "after the time of validation,");
        return false;
    }
    if (!signer->has_validity || claimed < signer->valid_from || claimed >= signer->valid_to) {
        clock_format_beijing(claimed, time);
        check_add(judging->checks,
                  judging_mark(judging, "signing-time", SUBINDICATION_SIG_CONSTRAINTS_FAILURE),
                  "所称签名时间 %s 不在签名人证书的有效期内",
                  "the claimed signing time %s is outside the validity of the signer's certificate",
                  time);
        return false;
    }
    return true;
}

/* The claimed time proves nothing, but it must not contradict what is known. */
void judge_signing_time(const struct judging *judging)
{
    char times[2][CLOCK_INSTANT_SIZE];

    if (!is_timely(judging)) {
        return;
    }
    clock_format_beijing(judging->one->signing_time, times[0]);
    clock_format_beijing(judging->times->proven_at, times[1]);
    if (!judging->times->proven) {
        check_add(judging->checks, judging_mark(judging, "signing-time", SUBINDICATION_NONE),
                  "签名人所称签名时间：%s（无时间戳佐证）",
                  "signing time as claimed by the signer: %s (no timestamp proves it)", times[0]);
        return;
    }
    check_add(judging->checks, judging_mark(judging, "signing-time", SUBINDICATION_NONE),
              "签名人所称签名时间：%s；时间戳证明不晚于 %s",
              "signing time as claimed by the signer: %s; the timestamp proves: not after %s",
              times[0], times[1]);
    if (judging->times->proven_at - judging->one->signing_time > DELAY_MAX) {
        check_add(
            judging->checks,
            judging_mark(judging, "signing-delay", SUBINDICATION_SIG_CONSTRAINTS_FAILURE),
            "所称签名时间 %s 比时间戳早一日以上：签名也可能作于两者之间的任何时候，至 %s 为止",
            "the claimed signing time %s is more than a day before the timestamp: it may "
            "have been signed at any time until %s",
            times[0], times[1]);
    }
}

void judge_algorithm(const struct judging *judging)
{
    const char *suite = judging->one->suite;
    const char *policy = policy_name(judging->policy);
    const enum subindication expired = judging->times->proven
                                           ? SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE
                                           : SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE_NO_POE;
    char time[CLOCK_INSTANT_SIZE];
    int64_t until = 0;

    if (!policy_algorithm(judging->policy, suite, &until)) {
        check_add(judging->checks,
                  judging_mark(judging, "algorithm", SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE),
                  "策略“%s”不接受签名套件 %s", "policy \"%s\" does not accept suite %s", policy,
                  suite);
    } else if (judging_best_time(judging) >= until) {
        clock_format_beijing(until, time);
        check_add(judging->checks, judging_mark(judging, "algorithm", expired),
                  "策略“%s”自 %s 起不再接受签名套件 %s，没有时间戳证明签名作于此前",
                  "policy \"%s\" no longer accepts from %s on suite %s, and no timestamp proves "
                  "that it was signed before that",
                  policy, time, suite);
    } else {
        check_add(judging->checks, judging_mark(judging, "algorithm", SUBINDICATION_NONE),
                  "策略“%s”接受签名套件 %s", "policy \"%s\" accepts suite %s", policy, suite);
    }
}

static void set_earlier(struct signature_times *times, int64_t end)
{
    if (end != INT64_MAX && (!times->has_renewal || end < times->renew_before)) {
        times->renew_before = end;
        times->has_renewal = true;
    }
}

/* What is relied on today: the timestamp where there is one, else the signature itself. */
void judge_renewal(const struct judging *judging)
{
    const struct signature_facts *one = judging->one;
    const bool proven = judging->times->proven;
    const struct path *path = proven ? &one->timestamp.path : &one->path;
    const char *const algorithms[] = {proven ? one->timestamp.digest : one->suite,
                                      proven ? timestamp_suite(&one->timestamp) : one->suite};
    int64_t end = INT64_MAX;

    if (path_valid_to(path, &end)) {
        set_earlier(judging->times, end);
    }
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        if (policy_algorithm(judging->policy, algorithms[i], &end)) {
            set_earlier(judging->times, end);
        }
    }
}

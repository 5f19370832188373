#include "signature/judge.h"

#include <string.h>

/* Which signature meets which requirement. */
struct assignment {
    const struct facts *facts;
    const struct policy *policy;
    const struct signature_report *report;
    size_t taken[FACTS_SIGNATURES_MAX]; /* signature of each requirement so far */
    size_t best;                        /* the most requirements that were met at once */
};

static const char *signer_of(const struct assignment *assignment, size_t signature)
{
    const struct path_certificate *signer = facts_signer(&assignment->facts->signatures[signature]);

    return signer == NULL ? "" : signer->subject;
}

static bool meets(const struct assignment *assignment, size_t signature,
                  const struct policy_requirement *wanted)
{
    const struct signature_facts *one = &assignment->facts->signatures[signature];

    return assignment->report->times[signature].passed &&
           (wanted->role == ROLE_NONE || one->role == wanted->role) &&
           (wanted->suite == NULL || strcmp(one->suite, wanted->suite) == 0) &&
           (wanted->signer == NULL ||
            strcmp(signer_of(assignment, signature), wanted->signer) == 0);
}

/* Whether two requirements may be met by one party: it signs once with each of two suites. */
static bool want_two_suites(const struct policy *policy, size_t a, size_t b)
{
    const struct policy_requirement *one = policy_requirement_at(policy, a);
    const struct policy_requirement *other = policy_requirement_at(policy, b);

    return one->role == other->role && one->suite != NULL && other->suite != NULL &&
           strcmp(one->suite, other->suite) != 0;
}

static bool conflicts(const struct assignment *assignment, size_t count, size_t signature)
{
    const struct signature_facts *signatures = assignment->facts->signatures;

    for (size_t i = 0; i < count; i++) {
        size_t other = assignment->taken[i];

        if (other == signature || (facts_same_party(&signatures[other], &signatures[signature]) &&
                                   !want_two_suites(assignment->policy, i, count))) {
            return true;
        }
    }
    return false;
}

/* Eight signatures at most and as many requirements: trying all ways costs nothing. */
static bool assign(struct assignment *assignment, size_t count)
{
    const struct policy_requirement *wanted = policy_requirement_at(assignment->policy, count);

    if (count > assignment->best) {
        assignment->best = count;
    }
    if (wanted == NULL) {
        return true;
    }
    for (size_t i = 0; i < assignment->facts->count; i++) {
        if (!meets(assignment, i, wanted) || conflicts(assignment, count, i)) {
            continue;
        }
        assignment->taken[count] = i;
        if (assign(assignment, count + 1)) {
            return true;
        }
    }
    return false;
}

void judge_requirements(const struct facts *facts, const struct policy *policy,
                        struct signature_report *out)
{
    struct assignment assignment = {.facts = facts, .policy = policy, .report = out};
    const struct policy_requirement *missing;
    struct bilingual role;

    if (policy_requirement_at(policy, 0) == NULL) {
        return;
    }
    if (assign(&assignment, 0)) {
        check_add(&out->checks, (struct check_mark){.id = "requirement"},
                  "策略“%s”所要求的 %zu 个签名齐备",
                  "all signatures policy \"%s\" requires are there (%zu)", policy_name(policy),
                  assignment.best);
        return;
    }
    missing = policy_requirement_at(policy, assignment.best);
    role = missing->role == ROLE_NONE ? (struct bilingual){"任何角色", "any role"}
                                      : role_words(missing->role);
    check_add(&out->checks,
              (struct check_mark){.id = "requirement",
                                  .subindication = SUBINDICATION_SIG_CONSTRAINTS_FAILURE},
              "缺少策略“%s”所要求的签名：%s%.0s，套件 %s，签名人 %s",
              "a signature policy \"%s\" requires is missing: %.0s%s, suite %s, signer %s",
              policy_name(policy), role.zh, role.en, missing->suite == NULL ? "*" : missing->suite,
              missing->signer == NULL ? "*" : missing->signer);
}

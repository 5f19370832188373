#ifndef DINGJIA_TEST_RULE_TRIAL_H
#define DINGJIA_TEST_RULE_TRIAL_H

#include "rule/judge.h"
#include "rule/packs.h"

/* A small pack in force from 2025-07-29, with the conditions S1 (scope), N1 and N2 (lawful line),
 * D1 (applies when there is an r:d) and W1 (warns), and a record judged by it. */
struct trial {
    struct packs *packs;
    struct judge *judge;
    struct xml_document *record;
    struct judgement *judgement;
    struct error err;
    int code; /* of what was done last */
};

/* Rules around `body`: prefixes r and p, and the English diagnostic "en". */
#define SCHEMA(body) \
    "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt'>" \
    "<ns prefix='r' uri='urn:dingjia:record:1.0'/><ns prefix='p' " \
    "uri='urn:dingjia:pack:1.0'/>" body \
    "<diagnostics><diagnostic id='en' xml:lang='en'>In English</diagnostic></diagnostics>" \
    "</schema>"

/* A pattern in which every condition is looked at and found well. */
#define COVER \
    "<pattern id='cover'><rule context='/r:record'>" \
    "<report id='S1.seen' role='found' diagnostics='en' test='true()'>甲</report>" \
    "<report id='N1.seen' role='found' diagnostics='en' test='true()'>乙</report>" \
    "<report id='N2.seen' role='found' diagnostics='en' test='true()'>丙</report>" \
    "<report id='D1.seen' role='found' diagnostics='en' test='true()'>丁</report>" \
    "<report id='W1.seen' role='found' diagnostics='en' test='true()'>戊</report>" \
    "</rule></pattern>"

/* A pattern of one rule with one violated-assertion. */
#define ASSERTION(id, context, test) \
    "<pattern id='" id "'><rule context='" context "'><assert id='" id \
    "' role='violated' diagnostics='en' test='" test "'>不合</assert></rule></pattern>"

#define RECORD(content) RECORD_DECIDED("2025-08-01", content)
#define RECORD_DECIDED(date, content) \
    "<record xmlns='urn:dingjia:record:1.0' decided='" date "'>" content "</record>"

extern const char trial_manifest[];
extern const char trial_conditions[];

/* Loads the small pack with these rules; `included` is its second file of rules, part.sch. */
void trial_load(struct trial *trial, const char *rules, const char *included);

/* Loads and judges as of 2026-11-01. Fails the test when either cannot be done. */
void trial_judge(struct trial *trial, const char *rules, const char *record);
void trial_judge_again(struct trial *trial, const char *record, int64_t at);
void trial_free(struct trial *trial);

enum outcome trial_outcome(const struct trial *trial, const char *condition);
const struct condition_result *trial_result(const struct trial *trial, const char *condition);

/* The first finding of that assertion, NULL when there is none. */
const struct finding *trial_finding(const struct trial *trial, const char *assertion);
size_t trial_count(const struct trial *trial, const char *assertion);

#endif

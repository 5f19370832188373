#include "signature/judge.h"

#include <string.h>

#include "key/algorithm.h"

static const char *subject_of(const struct judging *judging)
{
    const struct path_certificate *signer = facts_signer(judging->one);

    return signer == NULL ? "" : signer->subject;
}

static bool judge_texts(const struct judging *judging)
{
    const char *wrong = judging->one->unreadable;

    if (wrong != NULL) {
        check_add(
            judging->checks, judging_mark(judging, "format", SUBINDICATION_FORMAT_FAILURE),
            "签名中 %s 的值不可接受：只接受 ECDSA P-256 配 SHA-256、RSA 配 SHA-256、SM2 配 SM3"
            "（不得混用）、严格的 base64、规定的长度、以 Z 结尾的时间、规定的角色、严格 DER "
            "的证书与"
            "吊销信息",
            "the value of %s in the signature cannot be accepted: only ECDSA P-256 with SHA-256, "
            "RSA with SHA-256 or SM2 with SM3 (never mixed), strict base64, the exact length, "
            "times ending in Z, known roles, and certificates and revocation data in strict DER "
            "are",
            wrong);
    }
    return wrong == NULL;
}

static bool judge_digests(const struct judging *judging)
{
    const struct signature_facts *one = judging->one;
    bool statement = one->statement_digest == FACT_HOLDS;

    if (statement && one->properties_digest == FACT_HOLDS) {
        check_add(judging->checks, judging_mark(judging, "digests", SUBINDICATION_NONE),
                  "证书内容与签名属性的摘要相符，签发后未被改动",
                  "the digests of the statement and of the signed properties match: neither was "
                  "changed since");
        return true;
    }
    check_add(judging->checks, judging_mark(judging, "digests", SUBINDICATION_HASH_FAILURE),
              "%.0s%s的摘要与签名中的不符：签发后被改动过",
              "the digest of %s%.0s does not match the one signed: it was changed since",
              statement ? "the signed properties" : "the statement",
              statement ? "签名属性（签名时间、签名人证书）" : "证书内容（Statement）");
    return false;
}

static bool judge_signer(const struct judging *judging)
{
    if (judging->one->certificate_digest == FACT_HOLDS && facts_signer(judging->one) != NULL) {
        check_add(judging->checks, judging_mark(judging, "signing-certificate", SUBINDICATION_NONE),
                  "签名人证书：“%s”", "the signer's certificate: \"%s\"", subject_of(judging));
        return true;
    }
    check_add(
        judging->checks,
        judging_mark(judging, "signing-certificate", SUBINDICATION_NO_SIGNING_CERTIFICATE_FOUND),
        "签名中附的证书“%s”不是签名时所用的那一张（摘要与 SigningCertificateV2 不符）",
        "the certificate \"%s\" in the signature is not the one it was signed with (its "
        "digest differs from SigningCertificateV2)",
        subject_of(judging));
    return false;
}

static const struct key_suite *suite_named(const char *name)
{
    const struct key_suite *suite = NULL;

    for (size_t i = 0; name != NULL && (suite = key_suite_at(i)) != NULL; i++) {
        if (strcmp(suite->name, name) == 0) {
            break;
        }
    }
    return suite;
}

static void report_wrong_key(const struct judging *judging, const struct key_suite *suite)
{
    if (judging->one->value == KEY_WEAK) {
        check_add(judging->checks,
                  judging_mark(judging, "signature", SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE),
                  "证书“%s”的密钥（%u 位）不合套件 %s 的要求：须为 %s%.0s",
                  "the key of \"%s\" (%u bits) does not meet suite %s, which requires an %.0s%s",
                  subject_of(judging), facts_signer(judging->one)->key_bits, suite->name,
                  suite->key_rule.zh, suite->key_rule.en);
        return;
    }
    check_add(judging->checks, judging_mark(judging, "signature", SUBINDICATION_SIG_CRYPTO_FAILURE),
              "证书“%s”的密钥不属于签名所用的套件 %s：须为 %s%.0s",
              "the key of \"%s\" is not of suite %s, which the signature names: that requires "
              "an %.0s%s",
              subject_of(judging), suite->name, suite->key_rule.zh, suite->key_rule.en);
}

static bool judge_value(const struct judging *judging)
{
    const struct key_suite *suite = suite_named(judging->one->suite);
    const enum key_judgement value = judging->one->value;

    if (suite != NULL && value == KEY_GOOD) {
        check_add(judging->checks, judging_mark(judging, "signature", SUBINDICATION_NONE),
                  "签名值正确（%s）", "the signature value is right (%s)", suite->name);
        return true;
    }
    if (suite != NULL && (value == KEY_WEAK || value == KEY_UNFIT)) {
        report_wrong_key(judging, suite);
        return false;
    }
    check_add(judging->checks, judging_mark(judging, "signature", SUBINDICATION_SIG_CRYPTO_FAILURE),
              "签名值不是证书“%s”的密钥对这些内容所作的签名（%s）",
              "the signature value was not made over this content by the key of \"%s\" (%s)",
              subject_of(judging), suite == NULL ? "?" : suite->name);
    return false;
}

bool judge_cryptography(const struct judging *judging)
{
    return judge_texts(judging) && judge_digests(judging) && judge_signer(judging) &&
           judge_value(judging);
}

#include "signature/judge.h"

#include "base/clock.h"
#include "base/text.h"
#include "key/key.h"
#include "signature/decode.h"
#include "signature/envelope.h"
#include "xml/canonical.h"

static struct check_mark mark(const struct signature_judgement *judgement, const char *id,
                              enum subindication subindication)
{
    return (struct check_mark){id, judgement->number, subindication};
}

/* ---- format: what the texts stand for ---- */

static int judge_texts(struct signature_judgement *judgement, struct decoded *decoded, bool *good,
                       struct error *err)
{
    const char *wrong = NULL;
    int code = decode_signature(judgement->xades, decoded, judgement->facts, &wrong, err);

    *good = code == 0 && wrong == NULL;
    if (code == 0 && wrong != NULL) {
        check_add(
            judgement->checks, mark(judgement, "format", SUBINDICATION_FORMAT_FAILURE),
            "签名中 %s 的值不可接受：只接受 ECDSA P-256 配 SHA-256、RSA 配 SHA-256、SM2 配 SM3"
            "（不得混用）、严格的 base64、规定的长度、以 Z 结尾的时间、严格 DER 的证书",
            "the value of %s in the signature cannot be accepted: only ECDSA P-256 with SHA-256, "
            "RSA with SHA-256 or SM2 with SM3 (never mixed), strict base64, the exact length, "
            "times ending in Z and certificates in strict DER are",
            wrong);
    }
    return code;
}

/* ---- digests: do the signed nodes still say what was signed ---- */

/* One ds:Reference: its URI, the node at the fixed place, the digest that was signed. */
struct reference {
    enum xades_slot uri;
    const struct xml_node *node;
    const unsigned char *expected;
    enum digest_algorithm algorithm;
};

static int digest_node(const struct signature_judgement *judgement,
                       const struct reference *reference, unsigned char digest[DIGEST_LENGTH],
                       struct error *err)
{
    struct buffer octets;
    int code;

    buffer_init(&octets, ENVELOPE_OCTETS_MAX);
    code = xml_canonicalise(judgement->request->document, reference->node, &octets, err);
    code = code == 0 ? digest_compute(reference->algorithm, octets.data, octets.length, digest, err)
                     : code;
    buffer_free(&octets);
    return code;
}

/* The URI must resolve to the very node at the fixed place, and that node must have the digest. */
static int judge_reference(const struct signature_judgement *judgement,
                           const struct reference *reference, bool *good, struct error *err)
{
    const char *id = judgement->xades->text[reference->uri] + 1;
    unsigned char found[DIGEST_LENGTH];
    int code;

    *good = false;
    if (envelope_resolve(judgement->request->document, id) != reference->node) {
        return 0;
    }
    code = digest_node(judgement, reference, found, err);
    *good = code == 0 && key_octets_equal(found, reference->expected, DIGEST_LENGTH);
    return code;
}

static int judge_digests(struct signature_judgement *judgement, const struct decoded *decoded,
                         bool *good, struct error *err)
{
    const struct reference references[] = {
        {XADES_STATEMENT_REFERENCE, judgement->statement, decoded->statement_digest,
         decoded->suite->digest},
        {XADES_PROPERTIES_REFERENCE, judgement->xades->parts[XADES_SIGNED_PROPERTIES],
         decoded->properties_digest, decoded->suite->digest},
    };
    bool statement = false;
    bool properties = false;
    int code = judge_reference(judgement, &references[0], &statement, err);

    code = code == 0 ? judge_reference(judgement, &references[1], &properties, err) : code;
    *good = code == 0 && statement && properties;
    if (code != 0) {
        return code;
    }
    if (*good) {
        check_add(judgement->checks, mark(judgement, "digests", SUBINDICATION_NONE),
                  "证书内容与签名属性的摘要相符，签发后未被改动",
                  "the digests of the statement and of the signed properties match: neither was "
                  "changed since");
    } else {
        check_add(judgement->checks, mark(judgement, "digests", SUBINDICATION_HASH_FAILURE),
                  "%.0s%s的摘要与签名中的不符：签发后被改动过",
                  "the digest of %s%.0s does not match the one signed: it was changed since",
                  statement ? "the signed properties" : "the statement",
                  statement ? "签名属性（签名时间、签发人证书）" : "证书内容（Statement）");
    }
    return 0;
}

/* ---- the signer's certificate and the signature value ---- */

static int read_facts(struct signature_judgement *judgement, const struct x509 *signer,
                      struct error *err)
{
    struct signature_facts *facts = judgement->facts;

    facts->subject = text_copy(x509_subject(signer));
    facts->issuer = text_copy(x509_issuer(signer));
    facts->has_validity = x509_validity(signer, &facts->valid_from, &facts->valid_to) == 0;
    return facts->subject == NULL || facts->issuer == NULL ? (int)error_memory(err) : 0;
}

static int judge_signer(struct signature_judgement *judgement, const struct decoded *decoded,
                        bool *good, struct error *err)
{
    const struct x509 *signer = x509_chain_at(decoded->chain, 0);
    unsigned char digest[DIGEST_LENGTH];
    int code = read_facts(judgement, signer, err);

    code = code == 0 ? x509_digest(signer, decoded->suite->digest, digest, err) : code;
    *good = code == 0 && key_octets_equal(digest, decoded->certificate_digest, DIGEST_LENGTH);
    if (code == 0 && !*good) {
        check_add(
            judgement->checks,
            mark(judgement, "signing-certificate", SUBINDICATION_NO_SIGNING_CERTIFICATE_FOUND),
            "签名中附的证书“%s”不是签名时所用的那一张（摘要与 SigningCertificateV2 不符）",
            "the certificate \"%s\" in the signature is not the one it was signed with (its "
            "digest differs from SigningCertificateV2)",
            judgement->facts->subject);
    } else if (code == 0) {
        check_add(judgement->checks, mark(judgement, "signing-certificate", SUBINDICATION_NONE),
                  "签发人证书：“%s”", "the signer's certificate: \"%s\"",
                  judgement->facts->subject);
    }
    return code;
}

static void report_value(struct signature_judgement *judgement, const struct decoded *decoded,
                         enum key_judgement found)
{
    const struct key_suite *suite = decoded->suite;
    const char *subject = judgement->facts->subject;

    switch (found) {
    case KEY_GOOD:
        check_add(judgement->checks, mark(judgement, "signature", SUBINDICATION_NONE),
                  "签名值正确（%s）", "the signature value is right (%s)", suite->name);
        return;
    case KEY_WEAK:
        check_add(judgement->checks,
                  mark(judgement, "signature", SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE),
                  "证书“%s”的密钥（%u 位）不合套件 %s 的要求：须为 %s%.0s",
                  "the key of \"%s\" (%u bits) does not meet suite %s, which requires an %.0s%s",
                  subject, x509_key_bits(x509_chain_at(decoded->chain, 0)), suite->name,
                  suite->key_rule.zh, suite->key_rule.en);
        return;
    case KEY_UNFIT:
        check_add(judgement->checks, mark(judgement, "signature", SUBINDICATION_SIG_CRYPTO_FAILURE),
                  "证书“%s”的密钥不属于签名所用的套件 %s：须为 %s%.0s",
                  "the key of \"%s\" is not of suite %s, which the signature names: that requires "
                  "an %.0s%s",
                  subject, suite->name, suite->key_rule.zh, suite->key_rule.en);
        return;
    case KEY_BAD:
    case KEY_NOT_JUDGED:
        break;
    }
    check_add(judgement->checks, mark(judgement, "signature", SUBINDICATION_SIG_CRYPTO_FAILURE),
              "签名值不是证书“%s”的密钥对这些内容所作的签名（%s）",
              "the signature value was not made over this content by the key of \"%s\" (%s)",
              subject, suite->name);
}

static int judge_value(struct signature_judgement *judgement, const struct decoded *decoded,
                       bool *good, struct error *err)
{
    struct buffer octets;
    enum key_judgement found = KEY_NOT_JUDGED;
    int code;

    buffer_init(&octets, ENVELOPE_OCTETS_MAX);
    code = xml_canonicalise(judgement->request->document,
                            judgement->xades->parts[XADES_SIGNED_INFO], &octets, err);
    if (code == 0) {
        const struct key_signed what = {octets.data, octets.length, decoded->value.octets,
                                        decoded->value.length};

        code = key_verify(x509_chain_at(decoded->chain, 0), decoded->suite, &what, &found, err);
    }
    buffer_free(&octets);
    *good = code == 0 && found == KEY_GOOD;
    if (code == 0) {
        report_value(judgement, decoded, found);
    }
    return code;
}

/* ---- trust and time ---- */

static enum subindication subindication_of(enum trust_status status)
{
    switch (status) {
    case TRUST_GOOD:
        return SUBINDICATION_NONE;
    case TRUST_NO_CHAIN:
        return SUBINDICATION_NO_CERTIFICATE_CHAIN_FOUND;
    case TRUST_EXPIRED:
    case TRUST_NOT_YET_VALID:
        return SUBINDICATION_OUT_OF_BOUNDS_NO_POE;
    case TRUST_USAGE:
        return SUBINDICATION_CHAIN_CONSTRAINTS_FAILURE;
    case TRUST_WEAK:
        return SUBINDICATION_CRYPTO_CONSTRAINTS_FAILURE;
    case TRUST_BAD_SIGNATURE:
    case TRUST_UNFIT:
    case TRUST_NOT_JUDGED:
        break;
    }
    return SUBINDICATION_CERTIFICATE_CHAIN_GENERAL_FAILURE;
}

static int judge_chain(struct signature_judgement *judgement, const struct decoded *decoded,
                       bool *good, struct error *err)
{
    struct trust_result result = {0};
    enum subindication subindication;
    int code;

    *good = false;
    if (judgement->request->trust == NULL) {
        return 0;
    }
    code = trust_judge(judgement->request->trust, decoded->chain, judgement->request->at, &result,
                       err);
    subindication = subindication_of(result.status);
    *good = code == 0 && result.status == TRUST_GOOD;
    if (code == 0 && *good) {
        check_add(judgement->checks, mark(judgement, "chain", SUBINDICATION_NONE),
                  "签发人证书由信任文件中的 CA 签发（“%s”），在有效期内，密钥用法允许",
                  "the signer's certificate was issued under a CA of the trust file (\"%s\"), is "
                  "within its validity and may sign documents",
                  judgement->facts->issuer);
    } else if (code == 0) {
        check_add_text(judgement->checks, mark(judgement, "chain", subindication),
                       (struct bilingual){result.reason.zh, result.reason.en});
    }
    return code;
}

/* The claimed time proves nothing, but it must not contradict what is known. */
static void judge_time(struct signature_judgement *judgement, bool *good)
{
    const struct signature_facts *facts = judgement->facts;
    char times[2][CLOCK_INSTANT_SIZE];

    clock_format_beijing(facts->signing_time, times[0]);
    clock_format_beijing(judgement->request->at, times[1]);
    *good = false;
    if (facts->signing_time > judgement->request->at) {
        check_add(judgement->checks,
                  mark(judgement, "signing-time", SUBINDICATION_SIG_CONSTRAINTS_FAILURE),
                  "所称签名时间 %s 晚于验证时刻 %s",
                  "the claimed signing time %s is after the time of "
                  "validation %s",
                  times[0], times[1]);
        return;
    }
    if (!facts->has_validity || facts->signing_time < facts->valid_from ||
        facts->signing_time >= facts->valid_to) {
        check_add(judgement->checks,
                  mark(judgement, "signing-time", SUBINDICATION_SIG_CONSTRAINTS_FAILURE),
                  "所称签名时间 %s 不在签发人证书的有效期内",
                  "the claimed signing time %s is outside the validity of the signer's certificate",
                  times[0]);
        return;
    }
    check_add(judgement->checks, mark(judgement, "signing-time", SUBINDICATION_NONE),
              "签发人所称签名时间：%s（无时间戳佐证）",
              "signing time as claimed by the signer: %s (no timestamp proves it)", times[0]);
    *good = true;
}

typedef int judge_step(struct signature_judgement *judgement, const struct decoded *decoded,
                       bool *good, struct error *err);

int signature_judge(struct signature_judgement *judgement, struct error *err)
{
    static judge_step *const steps[] = {judge_digests, judge_signer, judge_value};
    struct decoded decoded = {0};
    bool good = false;
    bool trusted = false;
    bool timely = false;
    int code = judge_texts(judgement, &decoded, &good, err);

    for (size_t i = 0; code == 0 && good && i < sizeof(steps) / sizeof(steps[0]); i++) {
        code = steps[i](judgement, &decoded, &good, err);
    }
    if (code != 0 || !good) {
        goto out;
    }
    code = judge_chain(judgement, &decoded, &trusted, err);
    if (code != 0) {
        goto out;
    }
    judge_time(judgement, &timely);
    judgement->intact = true;
    judgement->passed = trusted && timely;
out:
    x509_chain_free(decoded.chain);
    return code;
}

#include "key/timestamp.h"

#include <stdio.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "base/encoding.h"
#include "key/sealed.h"
#include "key/timestamp_parts.h"

/* RFC 3161 wants 20 to be understood; as hexadecimal they fit TIMESTAMP_TEXT_SIZE. */
enum { SERIAL_OCTETS_MAX = 40 };

void timestamp_facts_free(struct timestamp_facts *facts)
{
    path_free(&facts->path);
    *facts = (struct timestamp_facts){0};
}

void timestamp_fail(struct timestamp_facts *out, enum timestamp_status status, struct bilingual why)
{
    out->status = status;
    error_set(&out->reason, ERROR_CONFIG, "时间戳不可接受：%s%.0s",
              "the time-stamp cannot be accepted: %.0s%s", why.zh, why.en);
}

/* ---- what it says ---- */

static int read_serial(const ASN1_INTEGER *serial, struct timestamp_facts *out)
{
    unsigned char octets[SERIAL_OCTETS_MAX] = {0};
    BIGNUM *number = ASN1_INTEGER_to_BN(serial, NULL);
    int length = number == NULL ? -1 : BN_num_bytes(number);
    int fits = length >= 0 && length <= SERIAL_OCTETS_MAX && !BN_is_negative(number);

    if (fits) {
        BN_bn2bin(number, octets);
        encoding_hex(octets, length > 0 ? (size_t)length : 1, out->serial);
    }
    BN_free(number);
    return fits;
}

static int read_statement(const struct timestamp_token *token, struct timestamp_facts *out)
{
    int length =
        OBJ_obj2txt(out->policy, sizeof(out->policy), TS_TST_INFO_get_policy_id(token->info), 1);

    if (length <= 0 || (size_t)length >= sizeof(out->policy) ||
        !read_serial(TS_TST_INFO_get_serial(token->info), out) ||
        sealed_seconds(TS_TST_INFO_get_time(token->info), &out->time) != 0) {
        timestamp_fail(out, TIMESTAMP_MALFORMED,
                       (struct bilingual){"序列号或策略标识过长或有误",
                                          "its serial number or policy is too long or wrong"});
        return 0;
    }
    return 1;
}

static const struct {
    int nid;
    const char *name;
} digests[] = {
    {NID_sha256, "sha256"}, {NID_sha384, "sha384"}, {NID_sha512, "sha512"}, {NID_sm3, "sm3"}};

static const char *digest_name(int nid)
{
    for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++) {
        if (digests[i].nid == nid) {
            return digests[i].name;
        }
    }
    return NULL;
}

static int algorithm_of(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = NULL;

    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    return OBJ_obj2nid(object);
}

/* Whether `hash` is the digest of the octets. */
static int hashes(int nid, const void *octets, size_t length, const ASN1_OCTET_STRING *hash)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    size_t size = sizeof(digest);

    return EVP_Q_digest(NULL, OBJ_nid2sn(nid), NULL, octets, length, digest, &size) == 1 &&
           (size_t)ASN1_STRING_length(hash) == size &&
           CRYPTO_memcmp(ASN1_STRING_get0_data(hash), digest, size) == 0;
}

static int judge_imprint(const struct timestamp_question *question,
                         const struct timestamp_token *token, struct timestamp_facts *out)
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(token->info);
    int nid = algorithm_of(TS_MSG_IMPRINT_get_algo(imprint));
    const char *name = digest_name(nid);

    if (name == NULL) {
        timestamp_fail(
            out, TIMESTAMP_WEAK,
            (struct bilingual){
                "摘要算法须为 SHA-256、SHA-384、SHA-512 或 SM3",
                "the digest of what was stamped must be SHA-256, SHA-384, SHA-512 or SM3"});
        return 0;
    }
    snprintf(out->digest, sizeof(out->digest), "%s", name);
    if (!hashes(nid, question->octets, question->octets_length, TS_MSG_IMPRINT_get_msg(imprint))) {
        timestamp_fail(out, TIMESTAMP_OTHER_DATA,
                       (struct bilingual){"它加盖于别的内容，不是本签名",
                                          "it was made over something else than this signature"});
        return 0;
    }
    return 1;
}

/* The token by itself; `*chain` is its signer's certificate and the others inside, when good. */
static int judge_token(const struct timestamp_question *question, struct timestamp_facts *out,
                       struct x509_chain **chain, struct error *err)
{
    struct timestamp_token token = {0};
    struct error refusal = {0};
    int code = 0;

    if (timestamp_read(question->token, question->length, &token, &refusal) != 0) {
        timestamp_fail(out, TIMESTAMP_MALFORMED, (struct bilingual){refusal.zh, refusal.en});
    } else if (read_statement(&token, out) && judge_imprint(question, &token, out)) {
        code = timestamp_check_signer(&token, question->more, out, chain, err);
    }
    timestamp_clear(&token);
    return code;
}

int timestamp_judge(const struct timestamp_question *question, struct timestamp_facts *out,
                    struct x509_chain **found, struct error *err)
{
    struct x509_chain *chain = NULL;
    int code;

    *out = (struct timestamp_facts){0};
    if (found != NULL) {
        *found = NULL;
    }
    code = judge_token(question, out, &chain, err);
    if (code == 0 && out->status == TIMESTAMP_GOOD) {
        const struct path_request request = {.trust = question->trust,
                                             .chain = chain,
                                             .more = question->more,
                                             .revocations = question->revocations,
                                             .purpose = PATH_TIMESTAMPING,
                                             .at = question->at};

        code = path_find(&request, &out->path, found, err);
    }
    if (code != 0) {
        timestamp_facts_free(out);
    }
    ERR_clear_error();
    x509_chain_free(chain);
    return code;
}

#include "api/prove_values.h"

#include "api/trust.h"
#include "base/clock.h"
#include "base/limits.h"
#include "key/fetch.h"
#include "key/timestamp.h"
#include "signature/augment.h"
#include "signature/path_facts.h"

/* A timestamp on a signature whose certificate no longer counts would only prove that it came too
 * late. */
static int check_signer(const struct prove_place *place, const struct path *path, struct error *err)
{
    const struct path_certificate *bad = path_invalid_at(path, place->now);
    char time[CLOCK_INSTANT_SIZE];

    if (path->status != PATH_COMPLETE) {
        return (int)error_set(err, ERROR_INPUT, "未请求时间戳：%s%.0s",
                              "no timestamp was asked for: %.0s%s", path->reason.zh,
                              path->reason.en);
    }
    if (bad == NULL) {
        return 0;
    }
    clock_format_beijing(bad->valid_to, time);
    return (int)error_set(
        err, ERROR_INPUT,
        "证书“%s”现已不在有效期内（至 %s），现在的时间戳只会证明签名作于其后，未予请求",
        "the certificate \"%s\" is no longer within its validity (until %s): a timestamp made now "
        "would only prove that the signature came too late, and was not asked for",
        bad->subject, time);
}

/* Says whose answer it was that is not good. */
static int name_authority(const struct prove_place *place, int code, struct error *err)
{
    struct error reason;

    if (code == 0 || code == ERROR_MEMORY || err == NULL) {
        return code;
    }
    reason = *err;
    *err = (struct error){0};
    return (int)error_set(err, (enum error_code)code, "时间戳服务 %s：%s%.0s",
                          "time-stamp authority %s: %.0s%s", place->plan->tsa, reason.zh,
                          reason.en);
}

static int request_token(const struct prove_place *place, const struct buffer *imprint,
                         struct buffer *token, struct error *err)
{
    struct buffer request;
    struct buffer response;
    int code;

    buffer_init(&request, TIMESTAMP_OCTETS_MAX);
    buffer_init(&response, TIMESTAMP_OCTETS_MAX);
    code = timestamp_request(imprint->data, imprint->length, &request, err);
    code = code == 0 ? fetch_timestamp(place->plan->tsa, &request, &response, err) : code;
    if (code == 0) {
        code = name_authority(place, timestamp_accept(&response, &request, token, err), err);
    }
    buffer_free(&request);
    buffer_free(&response);
    return code;
}

static int check_facts(const struct prove_place *place, const struct timestamp_facts *token,
                       struct error *err)
{
    char times[2][CLOCK_INSTANT_SIZE];

    if (token->status != TIMESTAMP_GOOD || token->path.status != PATH_COMPLETE) {
        const struct error *reason =
            token->status != TIMESTAMP_GOOD ? &token->reason : &token->path.reason;

        return (int)error_set(err, ERROR_CONFIG, "时间戳不可采信，未放进证书：%s%.0s",
                              "the timestamp cannot be trusted and was not embedded: %.0s%s",
                              reason->zh, reason->en);
    }
    clock_format_beijing(token->time, times[0]);
    clock_format_beijing(place->now, times[1]);
    if (token->time < place->now - PROVE_SKEW || token->time > clock_now() + PROVE_SKEW) {
        return (int)error_set(
            err, ERROR_CONFIG,
            "时间戳机构的时间 %s 与本机时间 %s 相差过大，时间戳未放进证书；请先校准时钟",
            "the authority's time, %s, is too far from this machine's, %s: the timestamp was not "
            "embedded; set the clock first",
            times[0], times[1]);
    }
    if (path_invalid_at(&token->path, token->time) != NULL) {
        return (int)error_set(err, ERROR_CONFIG, "时间戳机构“%s”的证书不在有效期内",
                              "the certificate of the time-stamp authority \"%s\" is not within "
                              "its validity",
                              path_invalid_at(&token->path, token->time)->subject);
    }
    return 0;
}

static int check_token(const struct prove_place *place, const struct buffer *imprint,
                       const struct buffer *token, struct error *err)
{
    const struct dingjia_trust *trust = place->plan->trust;
    const struct timestamp_question question = {.token = (const unsigned char *)token->data,
                                                .length = token->length,
                                                .octets = imprint->data,
                                                .octets_length = imprint->length,
                                                .trust = trust->authorities,
                                                .revocations = trust->revocations,
                                                .at = place->now};
    struct timestamp_facts facts = {0};
    int code = timestamp_judge(&question, &facts, NULL, err);

    code = code == 0 ? name_authority(place, check_facts(place, &facts, err), err) : code;
    timestamp_facts_free(&facts);
    return code;
}

int prove_timestamp(const struct prove_place *place, const struct signature_facts *facts,
                    struct buffer *out, struct error *err)
{
    struct buffer imprint;
    struct buffer token;
    const struct signature_values values = {.token = &token};
    int code;

    if (facts->has_timestamp) {
        return 0;
    }
    if (place->plan->tsa == NULL) {
        return (int)error_set(err, ERROR_USAGE,
                              "第 %u 个签名没有时间戳，请用 --tsa 写明时间戳服务的地址",
                              "signature %u has no timestamp; name a time-stamp authority with "
                              "--tsa",
                              place->number);
    }
    buffer_init(&imprint, LIMIT_CERTIFICATE_OCTETS);
    buffer_init(&token, TIMESTAMP_OCTETS_MAX);
    code = check_signer(place, &facts->path, err);
    code = code == 0 ? signature_imprint(place->document, place->number, &imprint, err) : code;
    code = code == 0 ? request_token(place, &imprint, &token, err) : code;
    code = code == 0 ? check_token(place, &imprint, &token, err) : code;
    code = code == 0 ? signature_augment(place->document, place->number, &values, out, err) : code;
    buffer_free(&imprint);
    buffer_free(&token);
    return code;
}

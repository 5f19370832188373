#include <stdlib.h>

#include "api/signer.h"
#include "base/clock.h"
#include "key/generate.h"

int dingjia_key_new(const struct dingjia_key_plan *plan, struct error *err)
{
    const struct key_plan inner = {.folder = plan->folder,
                                   .name = plan->name,
                                   .days = plan->days,
                                   .from = plan->at != 0 ? plan->at : clock_now(),
                                   .suite = plan->suite};

    return key_generate(&inner, err);
}

/* The certificates named win over those that came with the key. */
static int take_chain(const struct dingjia_signer_plan *plan, struct x509_chain *bundled,
                      struct dingjia_signer *signer, struct error *err)
{
    if (plan->certificate != NULL) {
        x509_chain_free(bundled);
        return x509_chain_read(plan->certificate, &signer->chain, err);
    }
    signer->chain = bundled;
    if (bundled == NULL) {
        return (int)error_set(err, ERROR_USAGE, "私钥 %s 没有附带证书，请用 --cert 给出签发人证书",
                              "the key %s brings no certificate along; name it with --cert",
                              plan->key);
    }
    return 0;
}

static int open_signer(const struct dingjia_signer_plan *plan, struct dingjia_signer *signer,
                       struct error *err)
{
    const struct key_source source = {
        .name = plan->key,
        .password = {.file = plan->password_file, .ask = plan->ask, .context = plan->context}};
    struct x509_chain *bundled = NULL;
    int code = key_open(&source, &signer->key, &bundled, err);

    code = code == 0 ? take_chain(plan, bundled, signer, err) : code;
    if (code != 0) {
        return code;
    }
    code = key_bind(signer->key, x509_chain_at(signer->chain, 0), err);
    code = code == 0 ? x509_check_usage(x509_chain_at(signer->chain, 0), err) : code;
    error_place(err, plan->certificate != NULL ? plan->certificate : plan->key, 0, 0);
    return code;
}

int dingjia_signer_open(const struct dingjia_signer_plan *plan, struct dingjia_signer **out,
                        struct error *err)
{
    struct dingjia_signer *signer = calloc(1, sizeof(*signer));
    int code;

    *out = NULL;
    if (signer == NULL) {
        return (int)error_memory(err);
    }
    code = open_signer(plan, signer, err);
    if (code != 0) {
        dingjia_signer_free(signer);
        return code;
    }
    *out = signer;
    return 0;
}

void dingjia_signer_free(struct dingjia_signer *signer)
{
    if (signer == NULL) {
        return;
    }
    key_free(signer->key);
    x509_chain_free(signer->chain);
    free(signer);
}

int signer_check_validity(const struct dingjia_signer *signer, int64_t at, struct error *err)
{
    const struct x509 *own = x509_chain_at(signer->chain, 0);
    char times[3][CLOCK_INSTANT_SIZE] = {"", "", ""};
    int64_t from = 0;
    int64_t to = -1;

    if (x509_validity(own, &from, &to) == 0 && from <= at && at < to) {
        return 0;
    }
    clock_format_beijing(from, times[0]);
    clock_format_beijing(to, times[1]);
    clock_format_beijing(at, times[2]);
    return (int)error_set(
        err, ERROR_CONFIG, "签发人证书“%s”的有效期为 %s 至 %s，在签名时刻 %s 无效",
        "the signer's certificate \"%s\" is valid from %s to %s and so not at the "
        "time of issue, %s",
        x509_subject(own), times[0], times[1], times[2]);
}

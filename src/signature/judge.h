#ifndef DINGJIA_SIGNATURE_JUDGE_H
#define DINGJIA_SIGNATURE_JUDGE_H

#include <stdbool.h>

#include "signature/verify.h"
#include "signature/xades.h"

/* One signature on its way through the building blocks of EN 319 102-1. */
struct signature_judgement {
    const struct signature_request *request;
    const struct xml_node *statement;
    const struct xades *xades;
    unsigned number;
    struct signature_facts *facts;
    struct check_list *checks;
    bool intact; /* digests and signature value hold under the certificate inside */
    bool passed; /* and that certificate is trusted */
};

/* Returns 0 whenever it could judge. `intact` and `passed` are set by its last lines only. */
int signature_judge(struct signature_judgement *judgement, struct error *err);

#endif

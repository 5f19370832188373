#ifndef DINGJIA_API_SIGNER_H
#define DINGJIA_API_SIGNER_H

#include "dingjia.h"
#include "key/key.h"
#include "key/x509.h"

struct dingjia_signer {
    struct key *key;
    struct x509_chain *chain;
};

/* ERROR_CONFIG unless the signer's certificate is valid at `at`. */
int signer_check_validity(const struct dingjia_signer *signer, int64_t at, struct error *err);

#endif

#ifndef DINGJIA_SIGNATURE_VERIFY_H
#define DINGJIA_SIGNATURE_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "key/trust.h"
#include "signature/result.h"
#include "xml/load.h"

/* An office signs, an exchange countersigns; nobody needs more. */
enum { SIGNATURE_COUNT_MAX = 8 };

struct signature_request {
    const struct xml_document *document; /* the parsed form of */
    const void *octets;                  /* exactly these octets */
    size_t length;
    const struct trust *trust; /* NULL: chains are not judged, so nothing can pass */
    int64_t at;                /* validation time */
};

/* Who signed, as far as the signature could be read. */
struct signature_facts {
    const char *suite;  /* "ecdsa-p256-sha256"; NULL while unknown */
    char *subject;      /* of the signer's certificate; NULL while unknown */
    char *issuer;       /* of the same */
    bool has_validity;  /* whether the next two are known */
    int64_t valid_from; /* seconds since 1970 */
    int64_t valid_to;
    bool has_signing_time;
    int64_t signing_time; /* as claimed by the signer */
};

struct signature_report {
    struct signature_facts facts[SIGNATURE_COUNT_MAX];
    size_t count;
    struct check_list checks;
    enum indication indication; /* of all signatures together; the gravest decides */
    /* The Statement every signature covers: the very node that was digested. NULL unless format,
     * digests and signature values all hold. Borrowed from the document. */
    const struct xml_node *statement;
};

/* Judges every signature of a certificate. Returns 0 whenever it could judge, whatever the result;
 * ERROR_INPUT when the document is not a certificate at all. Zeroes `out` first. */
int signature_verify(const struct signature_request *request, struct signature_report *out,
                     struct error *err);
void signature_report_free(struct signature_report *report);

#endif

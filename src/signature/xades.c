#include "signature/xades_rows.h"

#include <stdio.h>
#include <string.h>

#include "signature/envelope.h"

#define EXCLUSIVE_C14N "http://www.w3.org/2001/10/xml-exc-c14n#"
#define PROPERTIES_TYPE "http://uri.etsi.org/01903#SignedProperties"

#define C14N .attributes = {{"Algorithm", EXCLUSIVE_C14N, XADES_NONE}}
#define METHOD(place) .attributes = {{"Algorithm", NULL, place}}

/* clang-format off */
static const struct xades_row rows[] = {
    {.depth = 0, .name = "ds:Signature", .declares = true,
     .attributes = {{"Id", NULL, XADES_SIGNATURE_ID}}},
    {.depth = 1, .name = "ds:SignedInfo", .declares = true, .part = XADES_SIGNED_INFO},
    {.depth = 2, .name = "ds:CanonicalizationMethod", C14N},
    {.depth = 2, .name = "ds:SignatureMethod", METHOD(XADES_SIGNATURE_METHOD)},
    {.depth = 2, .name = "ds:Reference",
     .attributes = {{"Id", NULL, XADES_REFERENCE_ID}, {"URI", NULL, XADES_STATEMENT_REFERENCE}}},
    {.depth = 3, .name = "ds:Transforms"},
    {.depth = 4, .name = "ds:Transform", C14N},
    {.depth = 3, .name = "ds:DigestMethod", METHOD(XADES_DIGEST_METHOD)},
    {.depth = 3, .name = "ds:DigestValue", .content = XADES_STATEMENT_DIGEST},
    {.depth = 2, .name = "ds:Reference",
     .attributes = {{"Type", PROPERTIES_TYPE, 0}, {"URI", NULL, XADES_PROPERTIES_REFERENCE}}},
    {.depth = 3, .name = "ds:Transforms"},
    {.depth = 4, .name = "ds:Transform", C14N},
    {.depth = 3, .name = "ds:DigestMethod", METHOD(XADES_DIGEST_METHOD)},
    {.depth = 3, .name = "ds:DigestValue", .content = XADES_PROPERTIES_DIGEST},
    {.depth = 1, .name = "ds:SignatureValue", .attributes = {{"Id", NULL, XADES_VALUE_ID}},
     .content = XADES_VALUE, .part = XADES_SIGNATURE_VALUE},
    {.depth = 1, .name = "ds:KeyInfo"},
    {.depth = 2, .name = "ds:X509Data"},
    {.depth = 3, .name = "ds:X509Certificate", .list = XADES_KEY_CERTIFICATES},
    {.depth = 1, .name = "ds:Object"},
    {.depth = 2, .name = "xades:QualifyingProperties", .declares = true,
     .attributes = {{"Target", NULL, XADES_TARGET}}},
    {.depth = 3, .name = "xades:SignedProperties", .declares = true,
     .attributes = {{"Id", NULL, XADES_PROPERTIES_ID}}, .part = XADES_SIGNED_PROPERTIES},
    {.depth = 4, .name = "xades:SignedSignatureProperties"},
    {.depth = 5, .name = "xades:SigningTime", .content = XADES_SIGNING_TIME},
    {.depth = 5, .name = "xades:SigningCertificateV2"},
    {.depth = 6, .name = "xades:Cert"},
    {.depth = 7, .name = "xades:CertDigest"},
    {.depth = 8, .name = "ds:DigestMethod", .declares = true, METHOD(XADES_DIGEST_METHOD)},
    {.depth = 8, .name = "ds:DigestValue", .declares = true, .content = XADES_CERTIFICATE_DIGEST},
    {.depth = 5, .name = "xades:SignerRoleV2", .optional = true},
    {.depth = 6, .name = "xades:ClaimedRoles"},
    {.depth = 7, .name = "xades:ClaimedRole", .content = XADES_ROLE},
    {.depth = 4, .name = "xades:SignedDataObjectProperties"},
    {.depth = 5, .name = "xades:DataObjectFormat",
     .attributes = {{"ObjectReference", NULL, XADES_OBJECT_REFERENCE}}},
    {.depth = 6, .name = "xades:MimeType", .fixed = "application/xml"},
    {.depth = 3, .name = "xades:UnsignedProperties", .optional = true},
    {.depth = 4, .name = "xades:UnsignedSignatureProperties"},
    {.depth = 5, .name = "xades:SignatureTimeStamp", .optional = true},
    {.depth = 6, .name = "ds:CanonicalizationMethod", C14N},
    {.depth = 6, .name = "xades:EncapsulatedTimeStamp", .content = XADES_TIMESTAMP},
    {.depth = 5, .name = "xades:CertificateValues", .optional = true},
    {.depth = 6, .name = "xades:EncapsulatedX509Certificate", .list = XADES_CERTIFICATE_VALUES},
    {.depth = 5, .name = "xades:RevocationValues", .optional = true},
    {.depth = 6, .name = "xades:CRLValues", .optional = true},
    {.depth = 7, .name = "xades:EncapsulatedCRLValue", .list = XADES_CRL_VALUES},
    {.depth = 6, .name = "xades:OCSPValues", .optional = true},
    {.depth = 7, .name = "xades:EncapsulatedOCSPValue", .list = XADES_OCSP_VALUES},
};
/* clang-format on */

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

const struct xades_row *xades_row(size_t index)
{
    return index < ROW_COUNT ? &rows[index] : NULL;
}

size_t xades_row_after(size_t index)
{
    size_t after = index + 1;

    while (after < ROW_COUNT && rows[after].depth > rows[index].depth) {
        after++;
    }
    return after;
}

bool xades_row_has_text(const struct xades_row *row)
{
    return row->content != XADES_NONE || row->list != XADES_NO_LIST || row->fixed != NULL;
}

const char *xades_row_uri(const struct xades_row *row)
{
    return strncmp(row->name, "ds:", 3) == 0 ? XADES_DSIG_URI : XADES_URI;
}

void xades_make_ids(unsigned number, struct xades_ids *ids)
{
    static const struct {
        enum xades_slot slot;
        const char *prefix;
        const char *suffix;
    } names[] = {
        {XADES_SIGNATURE_ID, "", ""},
        {XADES_TARGET, "#", ""},
        {XADES_VALUE_ID, "", "-value"},
        {XADES_REFERENCE_ID, "", "-statement"},
        {XADES_PROPERTIES_ID, "", "-properties"},
        {XADES_PROPERTIES_REFERENCE, "#", "-properties"},
        {XADES_OBJECT_REFERENCE, "#", "-statement"},
    };

    *ids = (struct xades_ids){0};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(ids->text[names[i].slot], XADES_ID_SIZE, "%ssignature-%u%s", names[i].prefix,
                 number, names[i].suffix);
    }
    snprintf(ids->text[XADES_STATEMENT_REFERENCE], XADES_ID_SIZE, "#%s", ENVELOPE_STATEMENT_ID);
}

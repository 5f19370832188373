#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "signature/sample.h"
#include "signature/suites.h"

/* Forgeries of a good certificate, by the kind of attack. UNREADABLE: refused before it is judged. */
enum { UNREADABLE = -1, FORMAT = SUBINDICATION_FORMAT_FAILURE, HASH = SUBINDICATION_HASH_FAILURE };

#define DS "http://www.w3.org/2000/09/xmldsig#"
#define OBJECT "<ds:Object xmlns:ds=\"" DS "\">"
#define EXCLUSIVE "http://www.w3.org/2001/10/xml-exc-c14n#"

static const struct {
    const char *name;
    struct edit edit;
    int expected;
} rows[] = {
    /* content that says something else */
    {"amount changed", {"3000000.00", NULL, "3000000.01"}, HASH},
    {"outcome changed", {"not-applicable", NULL, "satisfied"}, HASH},
    {"file removed", {"<File", "</File>", ""}, HASH},
    {"condition doubled", {"<Condition ", "</Condition>", "@@"}, HASH},
    {"attribute added", {"<Holder", NULL, "<Holder act=\"x\""}, HASH},
    {"signing time changed", {"2026-11-01T00:00:00Z", NULL, "2026-10-31T00:00:00Z"}, HASH},

    /* 1-3: entities and documents from outside */
    {"doctype", {"<Certificate", NULL, "<!DOCTYPE Certificate>@"}, UNREADABLE},
    {"entity", {"<Certificate", NULL, "<!DOCTYPE c [<!ENTITY e 'x'>]>@"}, UNREADABLE},
    {"xinclude",
     {"<Issue", NULL, "<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\"a\"/>@"},
     UNREADABLE},

    /* 4, 5: transforms and references */
    {"transform removed", {"<ds:Transform ", "</ds:Transform>", ""}, FORMAT},
    {"transform doubled", {"<ds:Transform ", "</ds:Transform>", "@@"}, FORMAT},
    {"transforms removed", {"<ds:Transforms>", "</ds:Transforms>", ""}, FORMAT},
    {"xslt",
     {"<ds:Transform Algorithm=\"" EXCLUSIVE, NULL,
      "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116"},
     FORMAT},
    {"xpath",
     {"<ds:Transform Algorithm=\"" EXCLUSIVE, NULL,
      "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116"},
     FORMAT},
    {"enveloped signature",
     {"<ds:Transform Algorithm=\"" EXCLUSIVE, NULL,
      "<ds:Transform Algorithm=\"" DS "enveloped-signature"},
     FORMAT},
    {"base64 transform",
     {"<ds:Transform Algorithm=\"" EXCLUSIVE, NULL, "<ds:Transform Algorithm=\"" DS "base64"},
     FORMAT},
    {"c14n with comments",
     {"<ds:CanonicalizationMethod Algorithm=\"" EXCLUSIVE, NULL, "@WithComments"},
     FORMAT},
    {"inclusive prefixes",
     {"<ds:Transform Algorithm=\"" EXCLUSIVE "\">", NULL,
      "@<ec:InclusiveNamespaces xmlns:ec=\"" EXCLUSIVE
      "\" PrefixList=\"x\"></ec:InclusiveNamespaces>"},
     FORMAT},
    {"file reference", {"URI=\"#statement\"", NULL, "URI=\"file:///etc/hostname\""}, FORMAT},
    {"http reference", {"URI=\"#statement\"", NULL, "URI=\"http://example.org/\""}, FORMAT},
    {"whole document", {"URI=\"#statement\"", NULL, "URI=\"\""}, FORMAT},
    {"xpointer", {"URI=\"#statement\"", NULL, "URI=\"#xpointer(id('statement'))\""}, FORMAT},
    {"reference to something else", {"URI=\"#statement\"", NULL, "URI=\"#signature-1\""}, FORMAT},
    {"reference without URI", {" URI=\"#statement\"", NULL, ""}, FORMAT},
    {"type removed", {" Type=\"http://uri.etsi.org/01903#SignedProperties\"", NULL, ""}, FORMAT},
    {"references exchanged",
     {"URI=\"#signature-1-properties\"", NULL, "URI=\"#statement\""},
     FORMAT},
    {"third reference", {"<ds:Reference Id", "</ds:Reference>", "@@"}, FORMAT},
    {"statement not referenced", {"<ds:Reference Id", "</ds:Reference>", ""}, FORMAT},
    {"retrieval method",
     {"<ds:KeyInfo>", NULL, "@<ds:RetrievalMethod URI=\"#x\"></ds:RetrievalMethod>"},
     FORMAT},
    {"manifest",
     {"<ds:Object>", NULL, "<ds:Object><ds:Manifest></ds:Manifest></ds:Object>@"},
     FORMAT},

    /* 6: wrapping */
    {"second statement after", {"<Statement", "</Statement>", "@\n@"}, FORMAT},
    {"forged statement first",
     {"<Statement", NULL,
      "<Statement xmlns=\"urn:dingjia:certificate:1.0\" Id=\"other\"></Statement>\n@"},
     FORMAT},
    {"statement moved into an object",
     {"<Statement", "</Statement>",
      "<Statement xmlns=\"urn:dingjia:certificate:1.0\" Id=\"x\"></Statement>" OBJECT
      "@</ds:Object>"},
     FORMAT},
    {"statement inside a statement",
     {"<Statement", "</Statement>",
      "<Statement xmlns=\"urn:dingjia:certificate:1.0\" Id=\"x\">@</Statement>"},
     FORMAT},
    {"statement wrapped", {"<Statement", "</Statement>", "<Conditions>@</Conditions>"}, FORMAT},
    {"signature inside the statement",
     {"</Statement>\n<ds:Signature", "</ds:Signature>", "</Statement>"},
     FORMAT},
    {"signature before the statement",
     {"<Statement", "</Statement>", OBJECT "</ds:Object>@"},
     FORMAT},
    {"certificate inside a certificate",
     {"<Certificate", "</Certificate>", "<Certificate>@</Certificate>"},
     UNREADABLE},
    {"unsigned properties",
     {"</xades:SignedProperties>", NULL, "@<xades:UnsignedProperties></xades:UnsignedProperties>"},
     FORMAT},
    {"another object", {"</ds:Object>", NULL, "@<ds:Object>x</ds:Object>"}, FORMAT},
    {"signature removed", {"\n<ds:Signature", "</ds:Signature>", ""}, FORMAT},
    {"signature doubled", {"<ds:Signature", "</ds:Signature>", "@\n@"}, FORMAT},

    /* 7: identifiers */
    {"second Id", {"<Issue", NULL, "<Issue Id=\"statement\""}, FORMAT},
    {"Id in another case", {"Id=\"statement\"", NULL, "ID=\"statement\""}, FORMAT},
    {"id beside Id", {"Id=\"statement\"", NULL, "@ id=\"statement\""}, FORMAT},
    {"ID beside Id", {"Id=\"statement\"", NULL, "ID=\"statement\" @"}, FORMAT},
    {"xml:id", {"Id=\"statement\"", NULL, "@ xml:id=\"statement\""}, FORMAT},
    {"value in another case", {"<Issue", NULL, "<Issue Id=\"Statement\""}, FORMAT},
    {"Id of a namespace",
     {"Id=\"statement\"", NULL, "@ ds:Id=\"statement\" xmlns:ds=\"" DS "\""},
     FORMAT},
    {"duplicate Id in an object", {"<ds:Object>", NULL, "<ds:Object Id=\"statement\">"}, FORMAT},
    {"target elsewhere", {"Target=\"#signature-1\"", NULL, "Target=\"#signature-2\""}, FORMAT},
    {"object reference elsewhere",
     {"ObjectReference=\"#signature-1-statement\"", NULL, "ObjectReference=\"#statement\""},
     FORMAT},

    /* 8, 9: comments, instructions, CDATA */
    {"comment in a text", {"competent body", NULL, "competent<!-- x --> body"}, FORMAT},
    {"comment between", {"<Record", NULL, "<!-- x -->@"}, FORMAT},
    {"comment in a digest", {"<ds:DigestValue>", NULL, "@<!-- x -->"}, FORMAT},
    {"comment in the signature value", {"</ds:SignatureValue>", NULL, "<!-- x -->@"}, FORMAT},
    {"comment in a certificate", {"</ds:X509Certificate>", NULL, "<!---->@"}, FORMAT},
    {"comment before the root", {"<Certificate", NULL, "<!-- x -->\n@"}, FORMAT},
    {"comment after the root", {"</Certificate>\n", NULL, "@<!-- x -->"}, FORMAT},
    {"instruction", {"<Record", NULL, "<?p x?>@"}, FORMAT},
    {"instruction before the root", {"<Certificate", NULL, "<?p x?>@"}, FORMAT},
    {"cdata", {"<Record", NULL, "<![CDATA[x]]>@"}, FORMAT},
    {"cdata in a digest",
     {"<ds:DigestValue>", "</ds:DigestValue>", "<ds:DigestValue><![CDATA[x]]></ds:DigestValue>"},
     FORMAT},

    /* 10, 11: namespaces */
    {"relative namespace", {"<Certificate", NULL, "@ xmlns:q=\"1\""}, FORMAT},
    {"relative namespace in the statement", {"<Record", NULL, "@ xmlns:q=\"a/b\""}, FORMAT},
    {"unknown namespace declared", {"<Certificate", NULL, "@ xmlns:q=\"urn:x\""}, FORMAT},
    {"unknown namespace used", {"<Record", NULL, "<q:x xmlns:q=\"urn:x\"></q:x>@"}, FORMAT},
    {"known namespace declared in vain", {"<Certificate", NULL, "@ xmlns:ds=\"" DS "\""}, FORMAT},
    {"default namespace rebound",
     {"<Certificate xmlns=\"urn:dingjia:certificate:1.0\">", NULL, "<Certificate xmlns=\"urn:x\">"},
     UNREADABLE},
    {"xades 1.1.1",
     {"http://uri.etsi.org/01903/v1.3.2#", NULL, "http://uri.etsi.org/01903/v1.1.1#"},
     FORMAT},
    {"attribute of a namespace",
     {"<ds:SignatureMethod", NULL, "@ xml:base=\"http://example.org/\""},
     FORMAT},

    /* 12: doubled elements */
    {"second SignedInfo", {"<ds:SignedInfo", "</ds:SignedInfo>", "@@"}, FORMAT},
    {"second SignatureValue", {"<ds:SignatureValue", "</ds:SignatureValue>", "@@"}, FORMAT},
    {"second KeyInfo", {"<ds:KeyInfo>", "</ds:KeyInfo>", "@@"}, FORMAT},
    {"second X509Data", {"<ds:X509Data>", "</ds:X509Data>", "@@"}, FORMAT},
    {"second SignedProperties",
     {"<xades:SignedProperties", "</xades:SignedProperties>", "@@"},
     FORMAT},
    {"second QualifyingProperties",
     {"<xades:QualifyingProperties", "</xades:QualifyingProperties>", "@@"},
     FORMAT},
    {"second Cert", {"<xades:Cert>", "</xades:Cert>", "@@"}, FORMAT},
    {"second SigningTime", {"<xades:SigningTime>", "</xades:SigningTime>", "@@"}, FORMAT},
    {"SigningTime removed", {"<xades:SigningTime>", "</xades:SigningTime>", ""}, FORMAT},
    {"SigningCertificateV2 removed",
     {"<xades:SigningCertificateV2>", "</xades:SigningCertificateV2>", ""},
     FORMAT},
    {"DataObjectFormat removed",
     {"<xades:DataObjectFormat", "</xades:DataObjectFormat>", ""},
     FORMAT},
    {"another MIME type", {"application/xml", NULL, "text/html"}, FORMAT},

    /* 13: how values are written */
    {"space before a digest", {"<ds:DigestValue>", NULL, "@ "}, FORMAT},
    {"line break in a digest", {"</ds:DigestValue>", NULL, "\n@"}, FORMAT},
    {"element in a digest", {"<ds:DigestValue>", NULL, "@<ds:x></ds:x>"}, FORMAT},
    {"digest too short",
     {"<ds:DigestValue>", "</ds:DigestValue>", "<ds:DigestValue>AAAA</ds:DigestValue>"},
     FORMAT},
    {"digest too long",
     {"<ds:DigestValue>", "</ds:DigestValue>",
      "<ds:DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</ds:DigestValue>"},
     FORMAT},
    {"digest empty",
     {"<ds:DigestValue>", "</ds:DigestValue>", "<ds:DigestValue></ds:DigestValue>"},
     FORMAT},
    {"another digest",
     {"<ds:DigestValue>", "</ds:DigestValue>",
      "<ds:DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=</ds:DigestValue>"},
     HASH},
    {"stray bits",
     {"<ds:DigestValue>", "</ds:DigestValue>",
      "<ds:DigestValue>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=</ds:DigestValue>"},
     FORMAT},

    /* 14: keys */
    {"key value instead",
     {"<ds:X509Data>", "</ds:X509Data>", "<ds:KeyValue></ds:KeyValue>"},
     FORMAT},
    {"key value beside", {"<ds:X509Data>", NULL, "<ds:KeyValue></ds:KeyValue>@"}, FORMAT},
    {"key name beside", {"</ds:X509Data>", NULL, "@<ds:KeyName>x</ds:KeyName>"}, FORMAT},
    {"issuer serial beside",
     {"<ds:X509Certificate>", NULL, "<ds:X509IssuerSerial></ds:X509IssuerSerial>@"},
     FORMAT},
    {"no certificate", {"<ds:X509Certificate>", "</ds:X509Certificate>", ""}, FORMAT},
    {"certificate is no DER",
     {"<ds:X509Certificate>", "</ds:X509Certificate>",
      "<ds:X509Certificate>AAAA</ds:X509Certificate>"},
     FORMAT},
    {"KeyInfo removed", {"<ds:KeyInfo>", "</ds:KeyInfo>", ""}, FORMAT},

    /* 15, 16: algorithms */
    {"hmac",
     {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", NULL,
      "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"},
     FORMAT},
    {"hmac output length",
     {"<ds:SignatureMethod", "\">", "@<ds:HMACOutputLength>1</ds:HMACOutputLength>"},
     FORMAT},
    {"ecdsa-sha1", {"xmldsig-more#ecdsa-sha256", NULL, "xmldsig-more#ecdsa-sha1"}, FORMAT},
    {"rsa-sha256", {"xmldsig-more#ecdsa-sha256", NULL, "xmldsig-more#rsa-sha256"}, FORMAT},
    {"sha-1 digest", {"http://www.w3.org/2001/04/xmlenc#sha256", NULL, DS "sha1"}, FORMAT},
    {"sha-512 digest",
     {"http://www.w3.org/2001/04/xmlenc#sha256", NULL, "http://www.w3.org/2001/04/xmlenc#sha512"},
     FORMAT},

    /* 22: around it all */
    {"trailing space", {"</Certificate>\n", NULL, "@ "}, FORMAT},
    {"trailing line", {"</Certificate>\n", NULL, "@\n"}, FORMAT},
    {"final line break removed", {"</Certificate>\n", NULL, "</Certificate>"}, FORMAT},
    {"trailing text", {"</Certificate>\n", NULL, "@x"}, UNREADABLE},
    {"second root", {"</Certificate>\n", NULL, "@<x></x>"}, UNREADABLE},
    {"byte order mark", {"<?xml", NULL, "\xef\xbb\xbf@"}, UNREADABLE},
    {"declaration removed", {"<?xml", "?>\n", ""}, FORMAT},
    {"declared standalone", {"encoding=\"UTF-8\"", NULL, "@ standalone=\"yes\""}, FORMAT},
    {"UTF-7", {"encoding=\"UTF-8\"", NULL, "encoding=\"UTF-7\""}, UNREADABLE},
    {"other quotes", {"Id=\"statement\"", NULL, "Id='statement'"}, FORMAT},
    {"space in a tag", {"</Statement>", NULL, "</Statement >"}, FORMAT},
    {"empty element", {"></Record>", NULL, "/>"}, FORMAT},
    {"character reference", {"3000000.00", NULL, "&#51;000000.00"}, FORMAT},
    {"space between", {"</Statement>\n", NULL, "@ "}, FORMAT},
    {"text between", {"</Statement>\n", NULL, "@x"}, FORMAT},
    {"text in the signature", {"<ds:KeyInfo>", NULL, " @"}, FORMAT},
    {"text in SignedInfo", {"<ds:SignedInfo xmlns:ds=\"" DS "\">", NULL, "@\n"}, FORMAT},
};

static struct sample sample;

static void set_up(void)
{
    sample_make(&(struct forge_plan){0}, FORGE_NOW, &sample);
}

static void tear_down(void)
{
    sample_free(&sample);
}

START_TEST(a_forgery_is_refused)
{
    struct sample_verdict report = {0};
    struct error err = {0};
    char *forged = sample_edit(&sample.certificate, &rows[_i].edit);
    int code = sample_judge(&sample, forged, strlen(forged), FORGE_NOW, &report, &err);
    const struct check *decisive = check_list_decisive(&report.checks);

    if (rows[_i].expected == UNREADABLE) {
        ck_assert_msg(code == ERROR_INPUT, "%s: %d", rows[_i].name, code);
    } else {
        ck_assert_msg(code == 0 && report.indication == INDICATION_TOTAL_FAILED, "%s: %d %s",
                      rows[_i].name, code, err.en);
        ck_assert_msg(decisive != NULL && (int)decisive->subindication == rows[_i].expected,
                      "%s: %s", rows[_i].name, decisive == NULL ? "-" : decisive->en);
    }
    ck_assert(!report.stated);
    sample_verdict_free(&report);
    free(forged);
}
END_TEST

/* Values of ds:SignatureValue: base64 of so many octets, all 'A' or what stands here. */
static const struct {
    const char *name;
    const char *value;
    int expected;
} values[] = {
    {"r = 0",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQ==",
     SUBINDICATION_SIG_CRYPTO_FAILURE},
    {"63 octets",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
     FORMAT},
    {"65 octets",
     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQE=",
     FORMAT},
    {"DER",
     "MEUCIQDAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
     "AAAAAAAAAAA=",
     FORMAT},
    {"empty", "", FORMAT},
    {"not base64", "!", FORMAT},
};

START_TEST(a_signature_value_of_another_shape_is_refused)
{
    struct sample_verdict report = {0};
    struct error err = {0};
    char with[256];
    char *forged;

    snprintf(with, sizeof(with), "<ds:SignatureValue Id=\"signature-1-value\">%s<",
             values[_i].value);
    forged = sample_edit(&sample.certificate,
                         &(struct edit){"<ds:SignatureValue Id=\"signature-1-value\">", "<", with});
    ck_assert_int_eq(sample_judge(&sample, forged, strlen(forged), FORGE_NOW, &report, &err), 0);
    ck_assert_int_eq(report.indication, INDICATION_TOTAL_FAILED);
    ck_assert_msg((int)check_list_decisive(&report.checks)->subindication == values[_i].expected,
                  "%s: %s", values[_i].name, check_list_decisive(&report.checks)->en);
    sample_verdict_free(&report);
    free(forged);
}
END_TEST

TCase *attack_cases(void)
{
    TCase *cases = tcase_create("attack");

    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_loop_test(cases, a_forgery_is_refused, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_loop_test(cases, a_signature_value_of_another_shape_is_refused, 0,
                        sizeof(values) / sizeof(values[0]));
    return cases;
}

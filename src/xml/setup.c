#include <libxml/catalog.h>
#include <libxml/globals.h>
#include <libxml/parser.h>
#include <pthread.h>

#include "xml/internal.h"

static pthread_once_t setup_once = PTHREAD_ONCE_INIT;

static xmlParserInputPtr refuse_entity(const char *url, const char *id, xmlParserCtxtPtr context)
{
    (void)url;
    (void)id;
    (void)context;
    return NULL;
}

static void setup(void)
{
    xmlInitParser();
    xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
    xmlSetExternalEntityLoader(refuse_entity);
}

void xml_setup(void)
{
    pthread_once(&setup_once, setup);
}

static void ignore_generic(void *context, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void ignore_generic(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

static void ignore_structured(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

void xml_silence_begin(struct xml_silence *silence)
{
    xml_setup();
    silence->generic = xmlGenericError;
    silence->generic_context = xmlGenericErrorContext;
    silence->structured = xmlStructuredError;
    silence->structured_context = xmlStructuredErrorContext;
    xmlSetGenericErrorFunc(NULL, ignore_generic);
    xmlSetStructuredErrorFunc(NULL, ignore_structured);
}

void xml_silence_end(const struct xml_silence *silence)
{
    xmlResetLastError();
    xmlSetGenericErrorFunc(silence->generic_context, silence->generic);
    xmlSetStructuredErrorFunc(silence->structured_context, silence->structured);
}

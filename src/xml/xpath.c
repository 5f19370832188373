#include "xml/xpath.h"

#include <libxml/xpathInternals.h>
#include <stdlib.h>

#include "base/text.h"
#include "xml/xpath_internal.h"

/* Errors are read from their code after the call; the context's own handler only keeps libxml2
 * from looking for another one. */
static void ignore(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

int xml_xpath_new(struct xml_xpath **out, struct error *err)
{
    struct xml_xpath *xpath = calloc(1, sizeof *xpath);

    *out = NULL;
    xml_setup();
    if (xpath == NULL || (xpath->context = xmlXPathNewContext(NULL)) == NULL ||
        functions_register(xpath->context) != 0) {
        xml_xpath_free(xpath);
        return (int)error_memory(err);
    }
    xpath->context->userData = xpath;
    xpath->context->error = ignore;
    *out = xpath;
    return 0;
}

void xml_xpath_free(struct xml_xpath *xpath)
{
    if (xpath == NULL)
        return;
    while (xpath->documents != NULL) {
        struct xpath_document *next = xpath->documents->next;
        free(xpath->documents->name);
        free(xpath->documents);
        xpath->documents = next;
    }
    xmlXPathFreeContext(xpath->context);
    free(xpath);
}

void xml_xpath_restart(struct xml_xpath *xpath)
{
    xpath->spent = 0;
}

int xml_xpath_namespace(struct xml_xpath *xpath, const char *prefix, const char *uri)
{
    int failed = xmlXPathRegisterNs(xpath->context, xml_chars(prefix), xml_chars(uri));

    return failed != 0 ? ERROR_MEMORY : 0;
}

int xml_xpath_document(struct xml_xpath *xpath, const char *name,
                       const struct xml_document *document)
{
    struct xpath_document *entry = calloc(1, sizeof *entry);

    if (entry == NULL || (entry->name = text_copy(name)) == NULL) {
        free(entry);
        return ERROR_MEMORY;
    }
    entry->document = document;
    entry->next = xpath->documents;
    xpath->documents = entry;
    return 0;
}

int xml_xpath_variable(struct xml_xpath *xpath, const char *name, struct xml_value *value)
{
    int failed;

    if (value == NULL) {
        xmlXPathRegisterVariable(xpath->context, xml_chars(name), NULL);
        return 0;
    }
    failed = xmlXPathRegisterVariable(xpath->context, xml_chars(name), value->object);
    if (failed == 0)
        value->object = NULL;
    xml_value_free(value);
    return failed != 0 ? ERROR_MEMORY : 0;
}

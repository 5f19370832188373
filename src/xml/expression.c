#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "xml/expression_names.h"
#include "xml/xpath_internal.h"

/* A variable an expression names; all of them must be bound when it is evaluated. */
struct expression_variable {
    struct expression_variable *next;
    char *name;
};

struct xml_expression {
    struct xml_xpath *xpath;
    char *text;
    xmlXPathCompExprPtr compiled;
    struct expression_variable *variables;
};

struct naming {
    struct xml_xpath *xpath;
    struct xml_expression *expression;
    struct error *err;
};

static int refuse_name(const struct naming *naming, struct bilingual what, const char *text,
                       size_t length)
{
    return (int)error_set(naming->err, ERROR_CONFIG, "表达式中%s%.0s“%.*s”：%s",
                          "%.0s%s '%.*s' in the expression %s", what.zh, what.en, (int)length, text,
                          naming->expression->text);
}

static int add_variable(struct naming *naming, const char *text, size_t length)
{
    struct expression_variable *variable = calloc(1, sizeof *variable);

    if (variable == NULL || (variable->name = text_copy_part(text, length)) == NULL) {
        free(variable);
        return (int)error_memory(naming->err);
    }
    struct expression_variable **end = &naming->expression->variables;
    while (*end != NULL)
        end = &(*end)->next;
    *end = variable;
    return 0;
}

static bool knows_prefix(xmlXPathContextPtr context, const char *text, size_t length)
{
    xmlChar *prefix = xmlStrndup(xml_chars(text), (int)length);
    bool known = prefix != NULL && xmlXPathNsLookup(context, prefix) != NULL;

    xmlFree(prefix);
    return known;
}

static int check_name(void *context, enum name_kind kind, const char *text, size_t length)
{
    struct naming *naming = context;

    switch (kind) {
    case NAME_PREFIX:
        if (knows_prefix(naming->xpath->context, text, length))
            return 0;
        return refuse_name(naming, (struct bilingual){"有未声明的前缀", "undeclared prefix"}, text,
                           length);
    case NAME_FUNCTION:
        if (functions_know(naming->xpath->context, text, length))
            return 0;
        return refuse_name(naming, (struct bilingual){"有未知的函数", "unknown function"}, text,
                           length);
    case NAME_VARIABLE:
        return add_variable(naming, text, length);
    }
    return ERROR_INTERNAL;
}

static int compile(struct naming *naming)
{
    struct xml_expression *expression = naming->expression;
    int result = expression_names(expression->text, check_name, naming);

    if (result != 0)
        return result;
    naming->xpath->context->opLimit = 0;
    expression->compiled = xmlXPathCtxtCompile(naming->xpath->context, xml_chars(expression->text));
    if (expression->compiled != NULL)
        return 0;
    return (int)error_set(naming->err, ERROR_CONFIG, "不是有效的 XPath 1.0 表达式：%s",
                          "not a valid XPath 1.0 expression: %s", expression->text);
}

int xml_expression_compile(struct xml_xpath *xpath, const char *text, struct xml_expression **out,
                           struct error *err)
{
    struct xml_silence silence;
    struct xml_expression *expression = calloc(1, sizeof *expression);
    struct naming naming = {xpath, expression, err};

    *out = NULL;
    if (expression == NULL || (expression->text = text_copy(text)) == NULL) {
        xml_expression_free(expression);
        return (int)error_memory(err);
    }
    expression->xpath = xpath;
    xml_silence_begin(&silence);
    int result = compile(&naming);
    xml_silence_end(&silence);
    if (result != 0) {
        xml_expression_free(expression);
        return result;
    }
    *out = expression;
    return 0;
}

void xml_expression_free(struct xml_expression *expression)
{
    if (expression == NULL)
        return;
    while (expression->variables != NULL) {
        struct expression_variable *next = expression->variables->next;
        free(expression->variables->name);
        free(expression->variables);
        expression->variables = next;
    }
    xmlXPathFreeCompExpr(expression->compiled);
    free(expression->text);
    free(expression);
}

const char *xml_expression_variable_at(const struct xml_expression *expression, size_t index)
{
    const struct expression_variable *at = expression->variables;

    while (at != NULL && index-- > 0)
        at = at->next;
    return at == NULL ? NULL : at->name;
}

static int check_variables(const struct xml_expression *expression, struct xml_xpath *xpath)
{
    for (const struct expression_variable *at = expression->variables; at != NULL; at = at->next) {
        if (xpath->context->varHash != NULL &&
            xmlHashLookup2(xpath->context->varHash, xml_chars(at->name), NULL) != NULL)
            continue;
        return (int)error_set(xpath->err, ERROR_CONFIG, "变量 $%s 没有定义：%s",
                              "the variable $%s is not defined: %s", at->name, expression->text);
    }
    return 0;
}

static int refuse_spent(struct xml_xpath *xpath)
{
    return (int)error_set(xpath->err, ERROR_CONFIG,
                          "记录中各类条目过多：全部规则的计算量超过上限 %d 步，其余规则未计算",
                          "the record lists too much: all rules together need more than %d steps, "
                          "and the others were not evaluated",
                          LIMIT_XPATH_RECORD_OPERATIONS);
}

static int refuse_evaluation(const struct xml_expression *expression, struct xml_xpath *xpath)
{
    const xmlError *last = &xpath->context->lastError;

    if (last->code == XML_XPATH_EXPRESSION_OK + XPATH_MEMORY_ERROR ||
        last->code == XML_ERR_NO_MEMORY)
        return (int)error_memory(xpath->err);
    if (xpath->spent >= LIMIT_XPATH_RECORD_OPERATIONS)
        return refuse_spent(xpath);
    if (last->code == XML_XPATH_EXPRESSION_OK + XPATH_OP_LIMIT_EXCEEDED)
        return (int)error_set(xpath->err, ERROR_CONFIG, "表达式计算量超过上限 %d 步：%s",
                              "the expression needs more than %d steps: %s", LIMIT_XPATH_OPERATIONS,
                              expression->text);
    return (int)error_set(xpath->err, ERROR_CONFIG, "表达式无法计算（XPath 错误 %d）：%s",
                          "the expression cannot be evaluated (XPath error %d): %s",
                          last->code - XML_XPATH_EXPRESSION_OK, expression->text);
}

/* What is left of the record's operations, where that is less than one evaluation may take. */
static unsigned long allowance(const struct xml_xpath *xpath)
{
    unsigned long left = LIMIT_XPATH_RECORD_OPERATIONS - xpath->spent;

    return left < LIMIT_XPATH_OPERATIONS ? left : LIMIT_XPATH_OPERATIONS;
}

/* libxml2 tells of memory that ran out in more places than it stops in, some of them only to the
 * thread: a result from after that is worth nothing. */
static bool ran_out_of_memory(const xmlXPathContext *context)
{
    const xmlError *last = xmlGetLastError();

    return context->lastError.code == XML_ERR_NO_MEMORY ||
           (last != NULL && last->code == XML_ERR_NO_MEMORY);
}

static void set_focus(struct xml_xpath *xpath, const struct xml_document *document,
                      const struct xml_node *node)
{
    xmlXPathContextPtr context = xpath->context;

    context->doc = document->tree;
    context->node = node == NULL ? (xmlNodePtr)document->tree : xml_native(node);
    context->contextSize = 1;
    context->proximityPosition = 1;
    context->opLimit = allowance(xpath);
    context->opCount = 0;
    xmlResetError(&context->lastError);
}

int xml_expression_evaluate(struct xml_expression *expression, const struct xml_document *document,
                            const struct xml_node *node, struct xml_value **out, struct error *err)
{
    struct xml_xpath *xpath = expression->xpath;
    struct xml_silence silence;

    *out = NULL;
    xpath->err = err;
    xpath->expression = expression->text;
    int result = check_variables(expression, xpath);
    if (result == 0 && xpath->spent >= LIMIT_XPATH_RECORD_OPERATIONS)
        result = refuse_spent(xpath);
    if (result != 0)
        goto out;
    xml_silence_begin(&silence);
    set_focus(xpath, document, node);
    xmlResetLastError();
    xmlXPathObjectPtr object = xmlXPathCompiledEval(expression->compiled, xpath->context);
    bool ran_short = ran_out_of_memory(xpath->context);
    xpath->spent += xpath->context->opCount;
    xml_silence_end(&silence);
    if (ran_short) {
        xmlXPathFreeObject(object);
        result = (int)error_memory(err);
    } else if (object == NULL) {
        result = refuse_evaluation(expression, xpath);
    } else if (xml_value_wrap(object, out) != 0) {
        result = (int)error_memory(err);
    }
out:
    xpath->err = NULL;
    return result;
}

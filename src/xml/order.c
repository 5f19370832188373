#include <libxml/xpath.h>

#include "xml/internal.h"
#include "xml/node.h"

/* xmlXPathCmpNodes() answers 1 for "the first comes before" and -2 for different documents, which
 * are then ordered by address so that sorting stays consistent within one run. */
int xml_node_compare(const struct xml_node *a, const struct xml_node *b)
{
    if (a == b)
        return 0;
    int order = xmlXPathCmpNodes(xml_native(a), xml_native(b));
    if (order == -2)
        return (uintptr_t)xml_native(a)->doc < (uintptr_t)xml_native(b)->doc ? -1 : 1;
    return -order;
}

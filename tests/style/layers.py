"""A file includes its own folder and the rows below it, never sideways or up."""
from style import check, folder_of

ROWS = [
    {"base"},
    {"xml", "key", "merkle"},
    {"record", "signature"},
    {"rule", "certificate"},
    {"report", "registry"},
    {"api"},
    {"server"},
    {"cli"},
]
# Rows 5 to 7 meet only in the public header.
PUBLIC = "dingjia.h"
CLIENTS = {"server", "cli"}


def row_of(folder):
    for number, row in enumerate(ROWS):
        if folder in row:
            return number
    return None


def allowed(folder, target, name):
    if target == PUBLIC:
        return folder == "api" or folder in CLIENTS
    other = folder_of(target)
    if folder == ".":
        return other == "base"
    if other == folder:
        return True
    if folder in CLIENTS:
        return other == "base" or (name == "cli/cmd_serve.c" and other == "server")
    if row_of(other) is None or row_of(folder) is None:
        return False
    return row_of(other) < row_of(folder)


def layers(tree):
    complaints = []
    for name in tree.files:
        folder = folder_of(name)
        if folder != "." and row_of(folder) is None:
            complaints.append("%s: the folder has no row in the table" % name)
        for kind, target in tree.includes(name):
            if kind == '"' and not allowed(folder, target, name):
                complaints.append("%s must not include %s" % (name, target))
    return complaints


check("layers", layers,
      bad=[{"xml/a.c": '#include "record/record.h"\n'},
           {"key/a.c": '#include "xml/node.h"\n'},
           {"cli/a.c": '#include "rule/pack.h"\n'},
           {"report/a.c": '#include "dingjia.h"\n'},
           {"dingjia.h": '#include "xml/node.h"\n'},
           {"cli/cmd_check.c": '#include "server/server.h"\n'},
           {"record/a.c": '#include "signature/sign.h"\n'},
           {"other/a.c": ""}],
      good=[{"rule/a.c": '#include "rule/b.h"\n#include "xml/node.h"\n#include <stdio.h>\n'},
            {"cli/a.c": '#include "dingjia.h"\n#include "base/file.h"\n'},
            {"api/a.c": '#include "dingjia.h"\n#include "report/writer.h"\n'}])

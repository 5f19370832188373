"""Functions of at most 60 lines and 5 parameters, files of at most 400 lines, 100 columns."""
import re

from style import check, without_comments

FUNCTION_LINES, FILE_LINES, COLUMNS, PARAMETERS, DEPTH = 60, 400, 100, 5, 4
HEAD = re.compile(r"^[A-Za-z_][\w\s\*]*?\b(\w+)\s*\(([^;{}]*?)\)\s*\n\{\n(.*?)\n\}", re.M | re.S)


def depth_of(body):
    depth = deepest = 0
    for c in body:
        depth += (c == "{") - (c == "}")
        deepest = max(deepest, depth)
    return deepest


def functions(code):
    """(name, parameters, lines of the body, deepest braces) of each function."""
    for match in HEAD.finditer(code):
        parameters = match.group(2).strip()
        count = 0 if parameters in ("", "void") else parameters.count(",") + 1
        yield match.group(1), count, match.group(3).count("\n") + 3, depth_of(match.group(3)) + 1


def sizes(tree):
    complaints = []
    for name, text in tree.files.items():
        lines = text.split("\n")
        if len(lines) - 1 > FILE_LINES:
            complaints.append("%s has %d lines, %d are allowed" % (name, len(lines), FILE_LINES))
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                complaints.append("%s:%d: %d columns" % (name, number, len(line)))
            if line != line.rstrip():
                complaints.append("%s:%d: blanks at the end" % (name, number))
        for function, count, length, depth in functions(without_comments(text)):
            if length > FUNCTION_LINES:
                complaints.append("%s: %s() has %d lines" % (name, function, length))
            if count > PARAMETERS:
                complaints.append("%s: %s() has %d parameters" % (name, function, count))
            if depth > DEPTH:
                complaints.append("%s: %s() is %d braces deep" % (name, function, depth))
    return complaints


LONG = "static int f(int a)\n{\n" + "    a++;\n" * 70 + "}\n"
MANY = "int f(int a, int b, int c, int d, int e, int g)\n{\n    return 1;\n}\n"
DEEP = "int f(void)\n{\n    {{{{ a(); }}}}\n}\n"
FINE = "static int f(int a,\n             int b)\n{\n    return a;\n}\n"

check("sizes", sizes,
      bad=[{"a.c": LONG}, {"a.c": MANY}, {"a.c": DEEP}, {"a.c": "\n" * 500}, {"a.c": "x" * 101},
           {"a.c": "int a; \n"}],
      good=[{"a.c": FINE}])

"""A module's text, cut open: a definition out of it, a blank made of it, and one put back in.

Everything is done by lines, on the text that the builder made: so what is put back is the same to
the byte, and nobody writes a definition twice.
"""

import ast
import re
import textwrap
from dataclasses import dataclass

DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
KEPT = (*DEFINITIONS, *ASSIGNMENTS, ast.Import, ast.ImportFrom)
GIVES_AWAY = r"\breceiv|←"  # sentences of a docstring that a blank does without
BORROWED = "# Borrowed: this is the course's text, until yours is there."
WIDTH = 100


@dataclass
class Unit:
    """A definition with the assignments that belong to it: `lines` of a module, from `first`."""

    name: str
    first: int
    last: int
    text: str


def begin(node):
    """The line where a statement begins, its decorators included."""
    return min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])


def unit(text, name):
    """The definition called `name`, and the assignments right after it that name it."""
    body, lines = ast.parse(text).body, text.split("\n")
    places = [i for i, node in enumerate(body) if getattr(node, "name", None) == name]
    if not places:
        raise LookupError(f"no definition is called {name}")
    i = places[-1]  # where it is defined twice, the last one holds
    first, last = begin(body[i]), body[i].end_lineno
    for node in body[i + 1 :]:
        if not isinstance(node, ASSIGNMENTS) or name not in names_in(node):
            break
        last = node.end_lineno
    return Unit(name, first, last, "\n".join(lines[first - 1 : last]))


def names_in(node):
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def defined(text):
    """The names of the functions and classes that a piece of code defines."""
    return [node.name for node in ast.parse(text).body if isinstance(node, DEFINITIONS)]


# Blanks


def blanked(text, holes=(), hide=GIVES_AWAY, taken=True):
    """The unit with `...` where a learner writes; its docstring says no more what is asked there.

    A hole is the beginning of a statement: from there to the end of its block. A pair says where
    it ends, too. "def move" is the body of a method. Without holes, it is the whole body. With
    `taken` False, nothing is taken out, and the docstring is shortened all the same.
    """
    tree, lines = ast.parse(text), text.split("\n")
    found = [span for hole in holes or whole(tree) for span in spans(tree, lines, hole)]
    edits = [(first, last, [indent(lines[first - 1]) + "..."]) for first, last in found if taken]
    for node in holders(tree, found):
        spoken = docstring(node)
        if spoken:
            edits.append((spoken.lineno, spoken.end_lineno, said(node, hide, lines)))
    for first, last, new in sorted(edits, reverse=True):
        lines[first - 1 : last] = new
    return "\n".join(lines)


def whole(tree):
    return [f"def {node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)]


def spans(tree, lines, hole):
    """The first and the last line of what a hole takes out."""
    start, end = (hole, None) if isinstance(hole, str) else hole
    found = []
    for body in bodies(tree):
        for i, node in enumerate(body):
            if not lines[node.lineno - 1].strip().startswith(start):
                continue
            if start.startswith("def ") and end is None:
                inside = node.body[1:] if docstring(node) else node.body
                found.append((begin(inside[0]), inside[-1].end_lineno))
            elif end is None:
                found.append((begin(node), body[-1].end_lineno))
            else:
                until = [each for each in body[i:] if ends(lines, each, end)]
                found += [(begin(node), until[0].end_lineno)] if until else []
    if len(found) != 1:
        raise LookupError(f"`{start}` begins {len(found)} statements")
    return found


def ends(lines, node, end):
    return lines[node.lineno - 1].strip().startswith(end)


def bodies(tree):
    """Every list of statements in it."""
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            value = getattr(node, field, None)
            if isinstance(value, list):
                yield value


def indent(line):
    return line[: len(line) - len(line.lstrip())]


def holders(tree, found):
    """The definitions, inner and outer, in which something is asked for."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, DEFINITIONS)
        and any(node.lineno <= first and last <= node.end_lineno for first, last in found)
    ]


def docstring(node):
    """The statement that is the docstring of a definition, or None."""
    first = node.body[0] if node.body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return first if isinstance(first.value.value, str) else None
    return None


def said(node, hide, lines):
    """The lines of the docstring without the sentences that give away what is asked."""
    spoken = docstring(node)
    before, left = ast.get_docstring(node), kept_words(ast.get_docstring(node), hide)
    if left == before:
        return lines[spoken.lineno - 1 : spoken.end_lineno]
    space = indent(lines[spoken.lineno - 1])
    if not left:
        return []
    if "\n" not in left and len(left) + len(space) + 6 <= WIDTH:
        return [f'{space}"""{left}"""']
    lines = textwrap.indent(f'"""{left}\n"""', space)  # empty lines stay empty
    return lines.split("\n")


def kept_words(text, hide):
    """A docstring without its sentences in which `hide` is found."""
    paragraphs, changed = [], False
    for paragraph in text.split("\n\n"):
        sentences = re.split(r"(?<=[.?!])\s+", " ".join(paragraph.split()))
        left = [each for each in sentences if not re.search(hide, each)]
        changed |= left != sentences
        if left:
            paragraphs.append(textwrap.fill(" ".join(left), WIDTH - 8))
    return "\n\n".join(paragraphs) if changed else text


def refusing(stub, name):
    """A blank that says so when it is called, in place of returning nothing, or for ever."""
    said = f'raise NotImplementedError("{name} is still blank")'
    return re.sub(r"^(\s*)\.\.\.$", lambda found: found[1] + said, stub, flags=re.M)


def filled(stub, holes):
    """The blank with these lines in its holes."""
    waiting, lines = iter(holes), []
    for line in stub.split("\n"):
        if line.strip() == "...":
            lines += [indent(line) + each for each in next(waiting).split("\n")]
        else:
            lines.append(line)
    return "\n".join(lines)


# What a learner wrote


def waits(text):
    """True where a `...` still stands in the place of a statement."""
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and node.value.value is ...
        for node in ast.walk(ast.parse(text))
    )


def tidy(source):
    """A cell's definitions, assignments and imports: trials and prints stay in the notebook."""
    lines, body = source.rstrip().split("\n"), ast.parse(source).body
    for node in reversed(body):
        if not isinstance(node, KEPT):
            alone = not any(
                each is not node
                and each.lineno <= node.end_lineno
                and node.lineno <= each.end_lineno
                for each in body
            )
            if alone:
                lines[node.lineno - 1 : node.end_lineno] = []
    return "\n".join(lines).strip("\n")


def spoken_again(source, ours, hide=GIVES_AWAY):
    """What the learner wrote with the docstrings in full, where the blank had them shortened."""
    full = dict(paths(ast.parse(ours)))
    lines, edits = source.split("\n"), []
    our_lines = ours.split("\n")
    for path, node in paths(ast.parse(source)):
        spoken = docstring(full[path]) if path in full else None
        if spoken is None:
            continue
        text, mine = ast.get_docstring(full[path]), docstring(node)
        left = kept_words(text, hide)
        new = our_lines[spoken.lineno - 1 : spoken.end_lineno]
        if mine and same_words(ast.get_docstring(node), left):
            edits.append((mine.lineno, mine.end_lineno, new))
        elif mine is None and not left and node.body[0].lineno > node.lineno:
            edits.append((begin(node.body[0]), begin(node.body[0]) - 1, new))
    for first, last, new in sorted(edits, reverse=True):
        lines[first - 1 : last] = new
    return "\n".join(lines)


def same_words(a, b):
    return a.split() == b.split()


def paths(tree, above=()):
    """(path of names, node) of every definition."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, DEFINITIONS):
            yield (*above, node.name), node
            yield from paths(node, (*above, node.name))
        else:
            yield from paths(node, above)


def put(text, pieces):
    """The module's text with other pieces in the place of these units, {name: piece}."""
    places = sorted((unit(text, name) for name in pieces), key=lambda each: each.first)
    lines = text.split("\n")
    for each in reversed(places):
        lines[each.first - 1 : each.last] = pieces[each.name].strip("\n").split("\n")
    return "\n".join(lines)

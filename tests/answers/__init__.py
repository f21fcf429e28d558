"""What readers answered, one file a chapter: ANSWERS, a list of (name, answer, verdict, kind).

`verdict` is the one that the answer deserves: "right", "right, but" or "not yet"; `kind` says
whether it was given in earnest, "natural", or to see what happens, "probing".
"""

import linecache


def typed(name, source, names):
    """What was typed into a cell, as the check gets it: a function, or the value of an answer."""
    if not name.startswith("my_"):
        return eval(source, {**names})
    cell = f"<cell {len(linecache.cache)}>"  # where a notebook, too, keeps what was typed
    linecache.cache[cell] = len(source), None, source.splitlines(True), cell
    cells = {**names}
    exec(compile(source, cell, "exec"), cells)
    return cells[name]

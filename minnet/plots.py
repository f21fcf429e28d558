"""What one looks at: a training while it runs, its curves, its mistakes, a network, a graph.

Matplotlib is imported where something is drawn. Ctrl-C waits for what is done in one piece.
"""

import os
import sys
from contextlib import contextmanager
from itertools import cycle, pairwise
from math import inf, isfinite
from time import perf_counter

import numpy as np

from minnet import checks

COLOURS = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"
DASHES = "-", "--", "-.", ":", "-", "--", "-."  # Okabe and Ito's colours, and told apart in grey
INKS = "#0072B2", "#B84A00", "#007A55", "#A3487C", "#8A5F00", "#22739F", "#000000"  # for words
ARROW = {"arrowstyle": "-|>", "color": "0.45", "shrinkA": 0, "shrinkB": 0}


def new_figure(width=9, height=3.6):
    """A figure that pyplot does not keep: a notebook shows it, and .savefig(path) writes it."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    figure._repr_png_ = lambda: png(figure)
    return figure


def png(figure):
    """A figure as the bytes of a PNG with two pixels for one, and its size on the screen."""
    from io import BytesIO

    file, (width, height) = BytesIO(), 100 * figure.get_size_inches()
    figure.savefig(file, format="png", dpi=200)
    return file.getvalue(), {"width": int(width), "height": int(height)}


def on(ax, draw, *given, size=(9, 3.6)):
    """Draw on `ax`; where there is none, on a new figure, which is returned."""
    if ax is not None:
        return draw(*given, checks.require_axes(ax))
    figure = new_figure(*size)
    draw(*given, figure.subplots())
    return figure


def draw_curves(curves, what, ax):
    """Draw lists of one number an epoch, of `what`, each with its name and last value at its end.

    On a log scale, where all of them are above 0.
    """
    shown = {name: numbers for name, numbers in curves.items() if numbers}
    for (name, numbers), colour, dash in zip(shown.items(), cycle(COLOURS), cycle(DASHES)):
        dot = {"marker": "o", "markersize": 4} if len(numbers) == 1 else {}
        look = {"color": colour, "linestyle": dash, "lw": 1.8, "label": name, **dot}
        ax.plot(range(1, len(numbers) + 1), numbers, **look)
    ax.set_xlabel("epoch")
    ax.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    ax.spines[["top", "right"]].set_visible(False)
    if shown and all(number > 0 for numbers in shown.values() for number in numbers):
        log_scale(ax)
    ax.set_ylabel(what + " (log scale)" * (ax.get_yscale() == "log"))
    name_ends(shown, ax)


def name_ends(curves, ax):
    """The name and the last value of each curve at its end, moved apart where they are close."""
    ax.get_ylim()  # matplotlib settles the limits when it is asked for them
    to_axes = ax.transData + ax.transAxes.inverted()
    ends = []
    for (name, numbers), ink in zip(curves.items(), cycle(INKS)):
        if isfinite(numbers[-1]):
            at = to_axes.transform((len(numbers), numbers[-1]))[1]
            ends.append([at, len(numbers), f"  {name} {numbers[-1]:.3g}", ink])
    ends.sort()
    gap = 0.075
    for before, each in pairwise(ends):
        each[0] = max(each[0], before[0] + gap)
    for y, x, text, colour in ends:
        ax.text(x, y, text, color=colour, va="center", transform=ax.get_xaxis_transform())


def log_scale(ax):
    """An axis of powers, with its numbers written as numbers are: 0.5, not 5 times a power."""
    from matplotlib.ticker import LogLocator, NullFormatter

    ax.set_yscale("log")
    low, high = ax.get_ylim()
    marks = range(1, 10) if high < 5 * low else (1, 2, 5) if high < 300 * low else (1,)
    ax.yaxis.set_major_locator(LogLocator(subs=marks))
    ax.yaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_minor_formatter(NullFormatter())


def draw_losses(history, ax):
    """Draw a history's losses against the epoch, and mark the lowest of the validation."""
    ax.margins(y=0.12)  # room for words under the lowest
    curves = {"training": history["loss"], "validation": history["validation_loss"]}
    draw_curves(curves, "loss", ax)
    losses = [loss if isfinite(loss) else inf for loss in history["validation_loss"]]
    if losses and min(losses) < inf:
        best = losses.index(min(losses)) + 1
        at, share = (best, losses[best - 1]), best / len(losses)
        side = "left" if share <= 0.2 else "center" if share <= 0.8 else "right"
        ax.plot(*at, "o", color=COLOURS[1], markerfacecolor="white", zorder=3)
        ax.annotate(  # below the lowest there is nothing of this curve
            f"best epoch {best}", at, (0, -7), color=INKS[1], ha=side, va="top",
            textcoords="offset points", fontsize="small", path_effects=halo(),
        )  # fmt: skip


def halo():
    """White around a text, so that it can be read on a line."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=3, foreground="white")]


def compare(histories, what=None, *, ax=None):
    """A figure of several trainings, {name: History}: one list of each against the epoch.

    `what` names the list; without it, the validation losses, where all have them, or the losses.
    """
    checks.require_histories(histories, what)
    if what is None:
        every = all(history["validation_loss"] for history in histories.values())
        what = "validation_loss" if every else "loss"
    curves = {name: history[what] for name, history in histories.items()}
    return on(ax, draw_curves, curves, what.replace("_", " "))


class LossCurve:
    """A loss curve that grows on the screen while a network learns, redrawn when it is time.

    At most every `every` seconds, and no more than a tenth of the time is spent on drawing, but for
    the first, which brings matplotlib with it.
    """

    def __init__(self, every=0.25):
        self.every = checks.require_number("every", every, 0, inf)
        self.due, self.handle = 0.0, None

    def __repr__(self):
        return f"LossCurve(every={self.every})"

    def draw(self, history, last=False, **more):
        """Show the history so far, unless it is too early for another picture."""
        begun, first = perf_counter(), self.due == 0
        if begun < self.due and not last:
            return
        if not in_notebook():
            print(history)
        else:
            self.show(self.picture(history, **more))
        now = perf_counter()
        self.due = now + (self.every if first else max(self.every, 9 * (now - begun)))

    def picture(self, history, title="", epochs=None):
        """The curve as the bytes of a PNG, and its size; while it runs, with room to go on."""
        figure = new_figure(7, 3.6)
        ax = figure.subplots()
        draw_losses(history, ax)
        if title:
            ax.set(xlim=(0.5, min(epochs, max(10, 2 * len(history["loss"]))) + 0.5))
            figure.suptitle(title, x=0.01, ha="left", fontsize="medium")
        return png(figure)


def show(curve, picture):
    """Put a PNG, and what is said about it, in its place on the screen, always the same one."""
    show = sys.modules["IPython"].display.display
    data, about = picture
    picture = {"image/png": data, "text/plain": "<loss curve>"}
    if curve.handle is None:
        curve.handle = show(picture, raw=True, metadata={"image/png": about}, display_id=True)
    else:
        curve.handle.update(picture, raw=True, metadata={"image/png": about})


LossCurve.show = show


def in_notebook():
    """Is somebody looking at this through a kernel, as in Jupyter?"""
    python = sys.modules.get("IPython")  # there already, where this is a notebook
    return hasattr(python and python.get_ipython(), "kernel")


@contextmanager
def in_one_piece():
    """What is done inside is done as a whole: a Ctrl-C that comes meanwhile is heard after it."""
    from signal import SIGINT, getsignal, signal
    from threading import current_thread, main_thread

    before, pressed = getsignal(SIGINT), []
    if not callable(before) or current_thread() is not main_thread():  # none comes here
        yield
        return
    signal(SIGINT, lambda *press: pressed.append(press))
    try:
        yield
    finally:
        signal(SIGINT, before)
        if pressed:
            before(*pressed[0])


class Progress:
    """What one sees of a training while it runs: a figure in a notebook, else a line on stderr.

    `verbose` True shows it, False does not, and None does once it has run for three seconds.
    """

    def __init__(self, history, epochs, optimizer, batches, stop=None, verbose=None):
        self.history, self.epochs, self.optimizer, self.stop = history, epochs, optimizer, stop
        self.before, self.steps, self.number, self.mean = len(history["loss"]), 0, 0, None
        self.size = getattr(batches, "__len__", lambda: 0)()  # batches in an epoch, 0: not known
        self.verbose, self.screen, self.begun = verbose, None, perf_counter()
        self.due = inf if verbose is False else self.begun + (0 if verbose else 3)

    def batch(self, number, mean):
        """One more batch of this epoch is done, with this mean loss so far."""
        self.steps, self.number, self.mean = self.steps + 1, number, mean
        self.show()

    def epoch(self):
        """One more epoch is in the history."""
        self.number, self.size = 0, self.number
        self.show()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        """However it has ended: the last of what was shown; after Ctrl-C a line of what is left."""
        self.number = 0
        if stopped := isinstance(error, KeyboardInterrupt):
            error.history = self.history
        if self.screen or self.verbose:
            self.show(last=True)
        if stopped:
            print(what_is_left(self.history, self.stop))


def done_epochs(progress):
    """How many epochs this run has done; a part of one where their length is known."""
    part = min(progress.number / progress.size, 1) if progress.size else 0
    return len(progress.history["loss"]) - progress.before + part


def time_left(progress):
    """How long it still takes if it goes on as it went: [words], or [] where nobody knows yet.

    Epochs of an earlier run do not count; with a stop, it may take less.
    """
    passed, done = perf_counter() - progress.begun, done_epochs(progress)
    if not done or passed < 0.5:
        return []
    left = in_words((progress.epochs - progress.before - done) * passed / done)
    return [f"{'at most ' if progress.stop else ''}{left} left"]


def in_words(seconds):
    """A time as one says it: 42 s, 3 min 5 s, 2 h 10 min."""
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def where_it_is(progress):
    """The epoch that runs, or the last that is done."""
    return f"epoch {len(progress.history['loss']) + bool(progress.number)} of {progress.epochs}"


def how_it_goes(progress, last=False, room=inf):
    """How it goes, what matters most first: as many words as there is room for."""
    history, passed = progress.history, perf_counter() - progress.begun
    losses = [progress.mean] if progress.number else history["loss"][-1:]
    said = [f"loss {loss:.4g}" for loss in losses]
    said += [f"validation {loss:.4g}" for loss in history["validation_loss"][-1:]]
    said += [in_words(passed)] if last else progress.left()
    said += [f"lr {progress.optimizer.lr:.3g}"]
    of = f" of {progress.size}" if progress.size else ""
    said += [f"batch {progress.number}{of}"] if progress.number else []
    said += [f"{progress.steps / passed:.3g} batches/s"] if passed and progress.steps else []
    while said[1:] and len(", ".join(said)) > room:
        said.pop()
    return ", ".join(said)


def show_progress(progress, last=False):
    """Draw what there is, if it is time, in the one place where this training is shown."""
    if perf_counter() < progress.due and not last:
        return
    with in_one_piece():  # a drawing that is cut short ends deep in matplotlib
        progress.screen = progress.screen or (LossCurve() if in_notebook() else Line())
        if in_notebook():
            title = "" if last else ", ".join([progress.place(), progress.words(room=60)])
            progress.screen.draw(progress.history, last, title=title, epochs=progress.epochs)
        else:
            progress.screen.draw(progress, last)
        progress.due = progress.screen.due


Progress.place, Progress.words = where_it_is, how_it_goes
Progress.left, Progress.show = time_left, show_progress


class Line:
    """A training as text: one line with a bar, which a terminal writes anew; elsewhere lines.

    Those come once a tenth of the time so far has passed again: ever fewer, and none with a
    control character in it.
    """

    def __init__(self, file=None):
        self.file = file or sys.stderr
        asked = getattr(self.file, "isatty", bool)
        self.terminal, self.due = asked() and "dumb" not in os.environ.get("TERM", ""), 0.0

    def draw(self, progress, last=False):
        """Write where the training is."""
        if self.file is None:  # a program without a window to write to
            return
        if self.terminal:
            width, place = columns(self.file) - 1, progress.place()
            place += f" {bar(progress)}" if width > 45 else ""
            line = f"{place} {progress.words(last, width - len(place) - 1)}"
            self.file.write("\r" + line[:width].ljust(width) + ("\n" if last else ""))
        else:
            self.file.write(f"{progress.place()}: {progress.words(last)}\n")
        self.file.flush()
        now = perf_counter()
        self.due = now + (0.1 if self.terminal else max(1.0, (now - progress.begun) / 10))


def bar(progress):
    """A bar of ten places, as full as the training is far."""
    full = round(10 * (progress.before + done_epochs(progress)) / progress.epochs)
    return f"[{'#' * full}{'.' * (10 - full)}]"


def columns(file):
    """How wide a terminal is; 80, if it does not know."""
    try:
        return os.get_terminal_size(file.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def what_is_left(history, stop):
    """What Ctrl-C leaves of a training, in a line."""
    best = f", back at its best epoch, {stop.best_epoch}" if stop and stop.best else ""
    return f"Interrupted after {history!r}{best}."


def plot_confusion_matrix(table, names=None, *, ax=None):
    """A figure of a table of counts: row, what it is; column, what it was taken for.

    What is right is grey; a mistake is the darker, the larger its share of its row.
    """
    table = checks.require_square(np.asarray(table))
    names = range(len(table)) if names is None else checks.require_class_names(names, len(table))

    def draw(ax):
        wrong = np.where(np.eye(len(table)) + (table == 0), np.nan, table)
        shares = np.sqrt(wrong / np.maximum(table.sum(axis=1, keepdims=True), 1))
        ax.imshow(shares, cmap="Oranges", vmin=-0.1, vmax=0.8, interpolation="nearest")
        size = min(10, 150 / len(table))
        for (i, j), count in np.ndenumerate(table):
            if count and size > 3:
                colour = "0.4" if i == j else "white" if shares[i, j] > 0.6 else "black"
                ax.text(j, i, f"{count}", ha="center", va="center", color=colour, fontsize=size)
        ax.set(xlabel="taken for", ylabel="is")
        places = range(0, len(table), 1 + len(table) // 20)  # no more names than there is room for
        named = [str(names[i]) for i in places]
        ax.set_xticks(places, named, rotation=90 if max(map(len, named)) > 3 else 0)
        ax.set_yticks(places, named)

    return on(ax, draw, size=(5.2, 4.8))


def worst_mistakes(network, inputs, labels, n):
    """Up to n rows that are read wrong, surest first; and all probabilities, (rows, classes)."""
    labels = np.asarray(labels)
    logits = checks.require_scores(network.predict(inputs), labels)
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    surest = np.argsort(-p.max(axis=1), kind="stable")
    return surest[p.argmax(axis=1)[surest] != labels[surest]][:n], p


def show_mistakes(network, inputs, labels, n=10, *, images=None, names=None):
    """A figure of the n mistakes of which the network is surest: its guess, the truth, how sure.

    Rows are drawn as squares; `images`, (rows, height, width), says what to draw instead. `names`
    are those of the classes.
    """
    checks.require_network(network)
    wrong, p = worst_mistakes(network, inputs, labels, checks.require_count("n", n))
    images = checks.require_shown(np.asarray(inputs if images is None else images), len(labels))
    call = str if names is None else checks.require_class_names(names, p.shape[1]).__getitem__
    columns, rows = min(5, max(len(wrong), 1)), max(-(-len(wrong) // 5), 1)
    figure = new_figure(1.8 * columns if len(wrong) else 4, 2.1 * rows if len(wrong) else 1)
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for ax in axes[len(wrong) :]:
        ax.axis("off")
    for ax, i in zip(axes, wrong):
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set(visible=True, color="0.85")
        ax.imshow(images[i], cmap="gray_r", interpolation="nearest")
        guess = f"{call(p[i].argmax())} ({p[i].max():.0%})"
        ax.set_title(f"{guess}, is {call(labels[i])}", color=INKS[1], loc="center", fontsize=10)
    if not len(wrong):
        axes[0].text(0.5, 0.5, f"no mistake in {len(labels)} rows", ha="center", va="center")
    return figure


def draw(what, *inputs, names=None, ax=None):
    """A figure of a network, its layers from top to bottom; or of the graph of a Tensor.

    A network says the shapes that go through it where `inputs` are given, arrays or shapes, as
    to summary(). A Tensor, such as a loss before backward(), is drawn with all that it was made
    from; `names`, {name: Tensor}, as dict(network.named_parameters()), says what leaves are called.
    """
    names = checks.require_named({} if names is None else names)
    if hasattr(what, "node"):
        nodes = checks.require_drawable(nodes_of(what.node))
        called = {tensor.node: name for name, tensor in names.items()}
        places = placed(nodes)
        width, height = (max(each) + 1 for each in zip(*places.values()))
        size = min(1.35 * width, 16), min(max(0.75 * height, 1.5), 16)
        return on(ax, draw_graph, places, what.node, called, size=size)
    checks.require_network(what)
    rows = what.summary(*inputs).rows
    start = [tuple(getattr(x, "shape", x)) for x in inputs]
    return on(ax, draw_layers, rows, start, size=(7, 0.62 * (len(rows) + 1)))


def draw_layers(rows, start, ax):
    """Boxes from top to bottom, the shapes between them, a bar for how many numbers each has."""
    most = max((numbers for *_, numbers in rows), default=0)
    ax.text(0, 0.35, ", ".join(map(str, start)) or "input", ha="center", va="center", fontsize=9)
    for y, (name, what, gives, numbers) in enumerate(rows, 1):
        ax.annotate("", (0, y - 0.25), (0, y - (0.5 if y == 1 else 0.75)), arrowprops=ARROW)
        look = {"facecolor": "#56B4E9" if numbers else "0.9", "alpha": 0.5, "edgecolor": "0.4"}
        ax.barh(y, 3.6, left=-1.8, height=0.5, **look)
        words = what if len(what) < 42 else what[:41] + "…"
        ax.text(0, y, words, ha="center", va="center", fontsize=9)
        ax.text(-1.9, y, name, ha="right", va="center", color="0.4", fontsize=9)
        if gives:
            ax.text(0.08, y + 0.5, f"{gives}", va="center", color="0.4", fontsize=8)
        if numbers:
            ax.barh(y, 1.6 * numbers / most, left=2, height=0.3, color=COLOURS[0])
            ax.text(2.06 + 1.6 * numbers / most, y, f"{numbers:,}", va="center", fontsize=9)
    if rows and gives:
        ax.annotate("", (0, y + 0.75), (0, y + 0.25), arrowprops=ARROW)
    ax.set(xlim=(-2.4, 4.6), ylim=(len(rows) + 0.8, 0))
    ax.axis("off")


def nodes_of(node):
    """`node` and all that it was made from, oldest first; it may be too many to draw."""
    found, seen = [node], {node}
    for each in found:
        for source, _ in each.sources or ():
            if source not in seen:
                seen.add(source)
                found.append(source)
    return sorted(found, key=lambda each: each.birth)


def placed(nodes):
    """{node: (column, row)}: each stands right of all that it is made from, near to them."""
    column = {}
    for node in nodes:  # oldest first
        column[node] = 1 + max([column[source] for source, _ in node.sources], default=-1)
    for node in reversed(nodes):  # a leaf stands right before the first that needs it
        for source, _ in node.sources:
            if not source.sources:
                users = [column[n] for n in nodes if any(s is source for s, _ in n.sources)]
                column[source] = min(users) - 1
    stacks = {}
    for node in nodes:
        stacks.setdefault(column[node], []).append(node)
    row, tallest = {}, max(map(len, stacks.values()))
    for _, stack in sorted(stacks.items()):
        stack.sort(key=lambda node: mean_row(node, row))
        for i, node in enumerate(stack):
            row[node] = i + (tallest - len(stack)) / 2
    return {node: (column[node], row[node]) for node in nodes}


def mean_row(node, row):
    """Where the sources of a node stand, on average; leaves come last."""
    rows = [row[source] for source, _ in node.sources if source in row]
    return sum(rows) / len(rows) if rows else inf


def draw_graph(places, last, called, ax):
    """Each node of a graph in its place, and an arrow from each source."""
    for node, (x, y) in places.items():
        colour = "#56B4E9" if node.name == "leaf" else "#E69F00" if node is last else "0.85"
        ax.barh(y, 0.72, left=x - 0.36, height=0.62, color=colour, alpha=0.6, edgecolor="0.4")
        name = called.get(node, "" if node.name == "leaf" else node.name)
        words = "\n".join(filter(None, [wrapped(name), str(node.shape)]))
        ax.text(x, y, words, ha="center", va="center", fontsize=7.5)
        for source, _ in node.sources:
            a, b = places[source]
            bend = {"connectionstyle": f"arc3,rad={-0.25 * (x - a > 1)}"}
            ax.annotate("", (x - 0.36, y), (a + 0.36, b), arrowprops=ARROW | bend, zorder=0)
    columns, rows = zip(*places.values())
    ax.set(xlim=(-0.5, max(columns) + 0.5), ylim=(max(rows) + 0.5, min(rows) - 0.5))
    ax.axis("off")


def wrapped(name):
    """A long name in lines, cut at its underscores."""
    lines = [""]
    for part in name.replace("_", "_ ").split():
        lines += [""] if len(lines[-1] + part) > 13 else []
        lines[-1] += part
    return "\n".join(filter(None, lines))


__all__ = ["LossCurve", "compare", "draw", "plot_confusion_matrix", "show_mistakes"]

"""Chapter 4: how large a step, and in which direction."""

import numpy as np

from course.workbook.blanks import Blank, Mistake, Probe

START = np.array([1.0, 2.0, -1.0])
GRADIENTS = [np.array([1.0, -2.0, 0.5]), np.array([0.5, 0.0, 0.25]), np.array([-1.0, 0.5, 4.0])]


def slips(lines, *rows):
    """Known mistakes: right lines, and of each (label, {ours: theirs}, the reply)."""
    found = []
    for label, how, reply in rows:
        new = lines
        for ours, theirs in how.items():
            new = new.replace(ours, theirs)
        found.append(Mistake(label, "", new, reply))
    return found


def made(m, name, parameters, lr, settings):
    """An optimizer; with `groups`, each parameter has a weight decay of its own."""
    settings = dict(settings)
    if "groups" in settings:
        pairs = zip(parameters, settings.pop("groups"), strict=True)
        parameters = [{"params": [w], "weight_decay": decay} for w, decay in pairs]
    return getattr(m, name)(parameters, lr, **settings)


IDLE = "Nothing has moved: change `parameter.data` itself."


def path(words, name, lr=0.2, steps=3, idle=IDLE, **settings):
    """Where the numbers are after some steps with given gradients."""

    def look(m, lr=lr):
        w = m.Tensor(START)
        optimizer = made(m, name, [w], lr, settings)
        places = []
        for i in range(steps):
            w.grad = GRADIENTS[i % 3]
            optimizer.step()
            places.append(w.data.copy())
        return np.array(places)

    def kin(m):
        if settings.get("momentum") and not settings.get("nesterov"):
            plain = path("", "SGD", lr).look(m)
            yield plain, "The steps are those without momentum: is v kept, and does `g` take it?"
        right = look(m)
        yield np.array([START] * steps), idle
        yield 2 * START - right, "It climbs: the step goes *against* the gradient."
        yield look(m, lr=1.0), "`lr` is lost: every step is multiplied by it."

    return Probe(words, look, kin)


def spared(name, *several):
    """Is the gradient as it was, after steps with it?"""

    def look(m):
        for settings in several or ({},):
            w = m.Tensor(START)
            w.grad = GRADIENTS[0]
            optimizer = made(m, name, [w], 0.2, settings)
            for _ in range(3):
                optimizer.step()
            if w.grad is None or not np.array_equal(w.grad, GRADIENTS[0]):
                return "changed"
        return "as it was"

    said = "It changes the gradient, which others look at, too: work on a copy."
    return Probe("the gradient, after steps with it", look, lambda m: [("changed", said)])


def single(name, **settings):
    """A parameter of one number, of shape (); one of its gradients is 0."""

    def look(m):
        w = m.Tensor(2.0)
        optimizer = made(m, name, [w], 0.2, settings)
        for g in (0.5, 0.0, -0.25):
            w.grad = np.array(g)
            optimizer.step()
        return [w.data, list(w.data.shape)]

    return Probe("a parameter of shape (), with a gradient of 0 on its way", look)


def apart(words, name, **settings):
    """Two parameters, of which one has no gradient at first."""

    def look(m):
        a, b = m.Tensor([1.0, 3.0]), m.Tensor([1.0, -2.0])
        optimizer = made(m, name, [a, b], 0.2, settings)
        for i in range(3):
            a.grad, b.grad = np.array([1.0, 0.0]), np.array([2.0, 0.5]) if i else None
            optimizer.step()
        return [a.data, b.data]

    return Probe(words, look)


def cleared(m):
    """Asked before any gradient came, and twice when they are there."""
    a, b = m.Tensor([1.0]), m.Tensor([2.0, 3.0])
    optimizer = m.SGD([a, b], 0.1)
    optimizer.zero_grad()
    a.grad, b.grad = np.array([1.0]), np.array([4.0, 5.0])
    optimizer.zero_grad()
    optimizer.zero_grad()
    return [str(a.grad), str(b.grad)]


def near_cleared(m):
    yield ["[1.]", "[4. 5.]"], "All are still there: of each parameter, the `grad` is to be None."
    yield ["None", "[4. 5.]"], "Only the first is forgotten: it is asked of all."


def trained(m):
    """A whole loop, as one writes it: the numbers, and the gradients that are there at its end."""
    a, b = m.Tensor([1.0, 2.0]), m.Tensor([[0.5]])
    optimizer = m.SGD([a, b], 0.1)
    for _ in range(3):
        loss = (a * a).sum() + (b * b).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [a.data, b.data, a.grad, b.grad]


def near_trained(m):
    a, b, *grads = trained(m)
    yield [a, b, None, None], "After a step the gradients are still there: `zero_grad` forgets."
    yield [np.array([1.0, 2.0]), np.array([[0.5]]), *grads], "No step moves: who moves a parameter?"


def own_kind(m, plain=False):
    """An optimizer of one's own: two shapes, and each parameter its memory."""

    class Own(m.SGD if plain else m.Optimizer):
        def move(self, i, parameter):
            self.seen[i] += np.abs(parameter.grad)
            parameter.data -= self.seen[i] * parameter.grad

    kind = m.SGD if plain else Own
    a, b = m.Tensor([1.0]), m.Tensor([1.0, 2.0, 3.0])
    optimizer = kind([a, b], 0.1)
    optimizer.seen = optimizer.zeros()
    for i in range(3):
        a.grad, b.grad = np.array([0.5]) if i else None, np.array([1.0, 0.5, -2.0])
        optimizer.step()
    return [a.data, b.data]


def near_own(m):
    said = "How it moves, its own `move` says: there are kinds that do not go plainly downhill."
    yield own_kind(m, plain=True), said


def closed(m):
    """Are histories that were made with the old numbers closed by a step, and no others?"""
    a, b, c = m.Tensor([1.0, 2.0]), m.Tensor([3.0]), m.Tensor([4.0])
    optimizer = m.SGD([a, b, c], 0.1)
    losses = [(w * w).sum() for w in (a, b, c)]
    a.grad, b.grad = np.array([1.0, 1.0]), np.array([1.0])
    optimizer.step()
    return [is_open(loss) for loss in losses]


def is_open(loss):
    try:
        loss.backward()
    except ValueError:
        return "closed"
    return "open"


def near_closed(m):
    yield (
        ["closed", "closed", "closed"],
        "The third had no gradient and did not move: what was made with it is still true.",
    )
    yield ["closed", "open", "open"], "Only the first one is closed: each that moves is to be."
    yield ["open", "closed", "open"], "Only the last one is closed: each that moves is to be."


def scheduled(m, name, lr, settings):
    optimizer = m.SGD([m.Tensor([1.0])], lr)
    return optimizer, getattr(m, name)(optimizer, **settings)


def rates(words, name, times=6, **settings):
    """lr at the beginning and after each step: at [t], after t of them."""

    def look(m):
        optimizer, schedule = scheduled(m, name, 0.8, settings)
        found = [optimizer.lr]
        for _ in range(times):
            schedule.step()
            found.append(optimizer.lr)
        return np.array(found)

    return Probe(words, look)


def asked_of(name, *times, **settings):
    """rate(t) of a new schedule, asked out of order; and whether asking changes lr."""

    def look(m, times=times):
        _, schedule = scheduled(m, name, 0.8, settings)
        return [schedule.rate(t) for t in times]

    def kin(m):
        n = len(times)
        yield [None] * n, "It returns nothing: is a `return` missing?"
        yield [np.array([rate]) for rate in look(m)], "A rate is one number, and no array."
        yield look(m, [0] * n), "For every t it gives the same: the `t` that is handed in counts."

    def lr_then(m):
        optimizer, schedule = scheduled(m, name, 0.8, settings)
        for t in times:
            schedule.rate(t)
        return optimizer.lr

    def near_lr(m):
        lr = look(m, [times[-1]])[0]
        yield lr, "To ask for a rate changes lr: `rate` only says it, and `step` sets it."

    how = ", ".join(f"{key} {value:g}" for key, value in settings.items())
    yield Probe(f"rate(t) of a new one, t = {', '.join(map(str, times))} ({how})", look, kin)
    yield Probe("lr, after rate(t) was asked", lr_then, near_lr)


def share_left(m):
    """How many times smaller the rate is, long after: small rates differ, too."""
    _, schedule = scheduled(m, "InverseTimeDecay", 0.8, {"rate": 0.5})
    return [round(0.8 / schedule.rate(t), 6) for t in (1000, 100_000)]


def warm(m):
    """Another schedule goes on after the rise: lr, and what is noted in the optimizer."""
    optimizer = m.SGD([m.Tensor([1.0])], 1.0)
    then = m.InverseTimeDecay(optimizer, rate=1.0)
    schedule, found = m.WarmUp(optimizer, steps=3, then=then), [optimizer.lr]
    for _ in range(6):
        schedule.step()
        found.append(optimizer.lr)
    return np.array(found)


def warming(m):
    """What is noted in the optimizer while it warms, and that it ends."""
    optimizer, schedule = scheduled(m, "WarmUp", 0.8, {"steps": 3})
    found = [optimizer.warming]
    for _ in range(4):
        schedule.step()
        found.append(optimizer.warming)
    return found


def near_warming(m):
    yield (
        [warming(m)[0]] * 5,
        "The two lines below are not reached: they note in `optimizer.warming` that it rises. "
        "Bind the rate to `lr`, and go on.",
    )


def clipped(words, *gradients, most):
    """The length before, and the gradients; None is one that has not arrived."""

    def look(m, shortened=True):
        weights = [m.Tensor(np.ones(np.shape(g) if g else 2)) for g in gradients]
        for w, g in zip(weights, gradients):
            w.grad = None if g is None else np.array(g)
        length = m.clip_grad_norm(weights, most if shortened else 1e9)
        return [length, *(w.grad for w in weights)]

    def kin(m):
        length, *left = look(m, shortened=False)
        yield [None, *left], "Nothing is shortened, and nothing is returned."
        said = "The gradients are as they were. Is it asked the right way round, and are the arrays"
        yield [length, *left], f"{said} themselves changed? (`g = g * …` makes new ones.)"

    return Probe(words, look, kin)


def scale_of(m):
    """The first step of Adam is as long as lr, whatever the gradient."""
    w = m.Tensor([0.0, 0.0])
    optimizer = m.Adam([w], 0.1)
    w.grad = np.array([1e-3, 1e3])
    optimizer.step()
    return np.round(w.data, 4)


VELOCITY = """\
v *= self.momentum
v += g
g = g + self.momentum * v if self.nesterov else v"""
LOOK_AHEAD = "g + self.momentum * v if self.nesterov else v"
FORGETTING = """\
s *= self.alpha
s += (1 - self.alpha) * g * g
parameter.data -= self.lr * g / (np.sqrt(s) + self.eps)"""
STEP = "parameter.data -= self.lr * g / (np.sqrt(s) + self.eps)"
BOTH = """\
m *= b1
m += (1 - b1) * g
v *= b2
v += (1 - b2) * g * g
m_hat, v_hat = m / (1 - b1**t), v / (1 - b2**t)
parameter.data -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)"""
PULL = "parameter.data *= 1 - self.lr * self.weight_decay[i]"
PULLED = f"{PULL}\nsuper().move(i, parameter)"
SHORTENED = """\
if length > max_norm:
    for _, p in having:
        g = p.grad
        g *= max_norm / length
return length"""
FALLING = "return self.start / (1 + self.rate_ * t)"
WAVE = """\
share = min(t / self.steps, 1)
wave = (1 + np.cos(np.pi * share)) / 2
return self.lowest + (self.start - self.lowest) * wave"""
RISING = "lr = self.start * min((t + 1) / (self.steps + 1), 1)"
RISE = "min((t + 1) / (self.steps + 1), 1)"

BLANKS = [
    Blank(
        "Optimizer",
        "What all optimizers share. Open: `zero_grad`, which forgets all gradients, and what "
        "`step` does in each round of its loop, with the i-th parameter, one that has a gradient.",
        shapes="Each kind of optimizer has a method `move` of its own, which is handed i and the "
        "parameter. After it, the function `renew(…)`, which is handed a parameter, closes every "
        "history that was made with its old numbers.",
        hint="A gradient that has not arrived is None.",
        because="Forget, gather, move: and what was computed before is untrue now.",
        holes=("def zero_grad", "self.move(i, parameter)"),
        hide=r"^$",
        probes=[
            Probe("the gradients after zero_grad()", cleared, near_cleared),
            path(
                "three steps of plain descent",
                "SGD",
                idle="Nothing has moved: who moves a parameter?",
            ),
            Probe("a kind of its own, with two shapes", own_kind, near_own),
            Probe("histories that are older than a step", closed, near_closed),
            Probe("a loop of three rounds", trained, near_trained),
            apart("two parameters, one without a gradient at first", "SGD"),
        ],
        mistakes=[
            Mistake(
                "zeros for None",
                "parameter.grad = None",
                "parameter.grad = parameter.data * 0",
                "A gradient of zeros has arrived; what is wanted is that none has.",
            ),
            Mistake(
                "0 for None",
                "parameter.grad = None",
                "parameter.grad = 0",
                "A gradient of 0 has arrived; what is wanted is that none has: None.",
            ),
            Mistake(
                "deleted",
                "parameter.grad = None",
                "del parameter.grad",
                "`del` takes the name itself away: that stays, and what it holds is None.",
            ),
            Mistake(
                "numbers cleared",
                "parameter.grad = None",
                "parameter.data = None",
                "The numbers are to stay: it is the gradient, `grad`, that is forgotten.",
            ),
            Mistake(
                "cleared only where there are some",
                "for parameter in self.parameters:\n            parameter.grad",
                "for _, parameter in checks.require_gradients('zero_grad()', self.parameters):\n"
                "            parameter.grad",
                "It asks for gradients that need not be there: a loop clears before the first.",
            ),
            Mistake(
                "a history closed too early",
                "parameter.grad = None",
                "parameter.grad = None\n            renew(parameter)",
                "`zero_grad` only forgets gradients: the numbers have not moved, and what was made "
                "with them is still true.",
            ),
            Mistake(
                "history left open",
                "renew(parameter)",
                "pass",
                "The numbers have moved, and a loss from before would still go backward with "
                "them: `renew` closes it.",
            ),
            Mistake(
                "renew as a method of the parameter",
                "renew(parameter)",
                "parameter.renew()",
                "`renew` is no method: it is a function, which is handed the parameter.",
            ),
            Mistake(
                "renew as a method of the optimizer",
                "renew(parameter)",
                "self.renew(parameter)",
                "`renew` is no method of the optimizer: it is a function, called without `self`.",
            ),
            Mistake(
                "numbers renewed",
                "renew(parameter)",
                "renew(parameter.data)",
                "`renew` is handed the parameter itself, and not its numbers.",
            ),
            Mistake(
                "all renewed at once",
                "renew(parameter)",
                "renew(self.parameters)",
                "`renew` is handed one parameter: the one that has moved.",
            ),
            Mistake(
                "i and parameter swapped",
                "self.move(i, parameter)",
                "self.move(parameter, i)",
                "`move` is handed i first, and then the parameter.",
            ),
            Mistake(
                "all moved as the first",
                "self.move(i, parameter)",
                "self.move(0, parameter)",
                "All are moved as if they were the first: the i-th has a memory of its own.",
            ),
            Mistake(
                "what move gives is kept",
                "self.move(i, parameter)",
                "parameter = self.move(i, parameter)",
                "`move` returns nothing: it changes the parameter that it is handed.",
            ),
        ],
    ),
    Blank(
        "InverseTimeDecay",
        "A schedule: the rate falls so slowly that any place can still be reached, and so surely "
        "that it settles: after t steps, the start is divided by 1 + rate t.",
        shapes="`t` counts the steps, `self.start` is the rate at the beginning. The setting is "
        "`self.rate_`, with an underscore at its end: `self.rate` is this method. A number is "
        "returned.",
        example="InverseTimeDecay(SGD([Tensor([0.0])], 0.8), rate=0.5).rate(2)",
        because="The sum of all steps has no end, that of their squares has.",
        holes=("def rate",),
        hide=r"lr\(t\)",
        probes=[
            *asked_of("InverseTimeDecay", 3, 0, 2, 20, rate=0.5),
            rates("a step at a time (at [t], lr after t of them)", "InverseTimeDecay", rate=0.5),
            rates("rate 0", "InverseTimeDecay", rate=0.0),
            Probe("the start, divided by rate(1000) and rate(100000)", share_left),
        ],
        mistakes=slips(
            FALLING,
            (
                "the start changed",
                {
                    "return self.start": "self.start = self.start",
                    "* t)": "* t)\nreturn self.start",
                },
                "The next rate begins from the last one: all begin at `self.start`, which stays.",
            ),
            (
                "the method for the setting",
                {"self.rate_": "self.rate"},
                "`self.rate` is this method: the setting has an underscore at its end.",
            ),
            (
                "without the 1",
                {"1 + self": "self"},
                "After 0 steps nothing has happened yet: 1 + rate t.",
            ),
            (
                "a power",
                {"(1 + self.rate_ * t)": "(1 + self.rate_) ** t"},
                "That is a power, and falls too fast to arrive anywhere: t times the rate.",
            ),
            (
                "an exponential",
                {"/ (1 + self.rate_ * t)": "* np.exp(-self.rate_ * t)"},
                "That is an exponential, and falls too fast to arrive anywhere: divide.",
            ),
            (
                "a straight line",
                {"/ (1 + ": "* (1 - "},
                "That is a straight line, and ends below 0: the start is divided.",
            ),
        ),
    ),
    Blank(
        "SGD",
        "Descent with momentum. Open: the velocity `v` takes in the gradient, and says what to "
        "step by: itself, or with `nesterov` the gradient and once more momentum times v.",
        shapes="`v` is an array that lives on in `self.velocity`: change its numbers, and bind no "
        "new one. `g` is what is stepped by, in the line below.",
        hint="v keeps a share `momentum` of itself; then comes the whole gradient.",
        because="What has pointed the same way for long adds up; what goes to and fro cancels.",
        holes=("v *= self.momentum",),
        hide=r"←|Nesterov",
        probes=[
            spared("SGD", {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}),
            path("three steps, each a row, momentum 0.9", "SGD", momentum=0.9),
            path("three steps without momentum", "SGD"),
            path("three steps, Nesterov", "SGD", momentum=0.9, nesterov=True),
            path("momentum 0.5, weight decay 0.1", "SGD", momentum=0.5, weight_decay=0.1),
            path(
                "Nesterov, weight decay 0.1", "SGD", momentum=0.9, nesterov=True, weight_decay=0.1
            ),
            apart("two parameters", "SGD", momentum=0.9),
            single("SGD", momentum=0.9),
        ],
        mistakes=slips(
            VELOCITY,
            (
                "nothing forgotten",
                {"v *= self.momentum\n": ""},
                "v keeps all that it was: only the share `momentum` of it is kept.",
            ),
            (
                "momentum on the gradient",
                {"v *= self.momentum\nv += g": "v += self.momentum * g"},
                "The momentum multiplies the gradient: it is v that keeps a share of itself.",
            ),
            (
                "the list replaced",
                {"v *= self.momentum\nv += g\n": "self.velocity = v = self.momentum * v + g\n"},
                "`self.velocity` is the list of all of them: v is its i-th.",
            ),
            (
                "raw gradient",
                {"+= g": "+= parameter.grad", "g + self": "parameter.grad + self"},
                "The weight decay is lost: it is in `g`, and not in `parameter.grad`.",
            ),
            (
                "raw gradient in Nesterov",
                {"g + self": "parameter.grad + self"},
                "With `nesterov` the weight decay is lost: it is in `g`, not in `parameter.grad`.",
            ),
            (
                "Nesterov turned round",
                {LOOK_AHEAD: "v if self.nesterov else g + self.momentum * v"},
                "With `nesterov` the step is the gradient and momentum times the new v; else v.",
            ),
            (
                "Nesterov without g",
                {"g + self.momentum * v": "self.momentum * v"},
                "Nesterov steps by the gradient *and* by momentum times v.",
            ),
            (
                "Nesterov without momentum",
                {"self.momentum * v if": "v if"},
                "With `nesterov`, v counts once more times `momentum`.",
            ),
            (
                "Nesterov in v",
                {f"g = {LOOK_AHEAD}": "if self.nesterov:\n    v[:] = self.momentum * v + g\ng = v"},
                "With `nesterov` it is only the step that looks ahead: v itself stays as it is.",
            ),
            (
                "Nesterov in v, v twice",
                {f"g = {LOOK_AHEAD}": "if self.nesterov:\n    v += self.momentum * v\ng = v"},
                "With `nesterov` only the step looks ahead, by the gradient and momentum times v: "
                "v itself stays as it is.",
            ),
        ),
    ),
    Blank(
        "Adagrad",
        "Each number with its own rate, complete: it divides by all that has happened. Say to "
        "yourself what becomes of the steps in the long run.",
        complete=True,
    ),
    Blank(
        "RMSprop",
        "Adagrad that forgets. Open: the running mean of squared gradients, and the step.",
        shapes="`s` lives on in `self.squares`: change its numbers. The mean keeps the share "
        "`self.alpha` of itself. `self.eps` keeps the root away from 0, outside of it.",
        hint="What it keeps and what comes in are shares of one whole.",
        because="The mean forgets, so the steps do not die.",
        holes=("s *= self.alpha",),
        hide=r"←",
        probes=[
            spared("RMSprop"),
            path("three steps, each a row, alpha 0.7, eps 0.1", "RMSprop", alpha=0.7, eps=0.1),
            path("twelve steps", "RMSprop", 0.01, steps=12),
            apart("two parameters", "RMSprop"),
            single("RMSprop"),
        ],
        mistakes=slips(
            FORGETTING,
            (
                "shares swapped",
                {"s *= self.alpha": "s *= 1 - self.alpha", "(1 - self.alpha)": "self.alpha"},
                "The shares are swapped: it keeps alpha of itself.",
            ),
            (
                "the whole square",
                {"(1 - self.alpha) * g": "g"},
                "The squares count in full: what is kept and what comes in are shares of one "
                "whole, and nothing (as in Adam) is corrected after it.",
            ),
            (
                "nothing forgotten",
                {"s *= self.alpha\n": "", "(1 - self.alpha) * g": "g"},
                "Nothing is forgotten: that is Adagrad.",
            ),
            (
                "one root for all numbers",
                {"np.sqrt(s)": "np.linalg.norm(s)"},
                "All numbers are divided by one length: each by its own root.",
            ),
            (
                "first the step",
                {FORGETTING: f"{STEP}\ns *= self.alpha\ns += (1 - self.alpha) * g * g"},
                "The order: first the mean takes in the square, then comes the step.",
            ),
            (
                "eps under the root",
                {"np.sqrt(s) + self.eps": "np.sqrt(s + self.eps)"},
                "`eps` stands under the root; PyTorch and we add it outside.",
            ),
            (
                "eps forgotten",
                {" + self.eps": ""},
                "`self.eps` does not count: it is added to the root, which may be 0.",
            ),
            (
                "eps kept in s",
                {STEP: "s += self.eps\nparameter.data -= self.lr * g / np.sqrt(s)"},
                "`eps` gathers in the mean: it is added to the root, at the step.",
            ),
            (
                "root kept in s",
                {STEP: "np.sqrt(s, out=s)\nparameter.data -= self.lr * g / (s + self.eps)"},
                "The root is written into `s`: what lives on is the mean of the squares.",
            ),
        ),
    ),
    Blank(
        "Adam",
        "Both together. The count of steps `t` and the two memories `m` and `v` are there; open: "
        "how they take in `g`, and the step, in which both are corrected for their start at zero.",
        shapes="`m` and `v` live on in `self.means` and `self.squares`: change their numbers. "
        "`b1`, `b2` are the betas, `self.eps` stands beside the corrected root.",
        hint="After t steps from zero, a running mean has gathered a share 1 - βᵗ of the whole: "
        "divide by it. The first step is about as long as lr, whether the gradient is large or "
        "small: a good thing to try.",
        because="Corrected, so that the first steps are no larger than the others.",
        holes=("m *= b1",),
        hide=r"←|/ \(1|m̂",
        probes=[
            spared("Adam"),
            path(
                "three steps, each a row, betas 0.7 and 0.95, eps 0.1",
                "Adam",
                betas=(0.7, 0.95),
                eps=0.1,
            ),
            Probe("the first step of tiny and huge gradients", scale_of),
            path("twelve steps", "Adam", 0.01, steps=12),
            apart("two parameters, one without a gradient at first", "Adam"),
            single("Adam"),
        ],
        mistakes=slips(
            BOTH,
            (
                "memories not kept",
                {"m *= b1\nm += ": "m = b1 * m + ", "v *= b2\nv += ": "v = b2 * v + "},
                "`m` and `v` are bound anew, and what they remember is lost: change the numbers of "
                "the arrays that live on.",
            ),
            (
                "corrected for good",
                {"m_hat, v_hat = m /": "m /=", ", v /": "\nv /=", "_hat": ""},
                "Both memories are corrected for good: what lives on is not corrected, only what "
                "the step uses.",
            ),
            (
                "no correction",
                {"m / (1 - b1**t), v / (1 - b2**t)": "m, v"},
                "Without the correction of both memories, the first steps have another length.",
            ),
            (
                "only m corrected",
                {", v / (1 - b2**t)": ", v"},
                "Only the first memory is corrected: the second began at zero, too.",
            ),
            (
                "only v corrected",
                {"m / (1 - b1**t)": "m"},
                "Only the second memory is corrected: the first began at zero, too.",
            ),
            (
                "betas swapped in the memories",
                {
                    "m *= b1": "m *= b2",
                    "m += (1 - b1)": "m += (1 - b2)",
                    "v *= b2": "v *= b1",
                    "v += (1 - b2)": "v += (1 - b1)",
                },
                "In the memories the two betas are swapped: the squares have the longer one.",
            ),
            (
                "b1 for both memories",
                {"v *= b2": "v *= b1", "v += (1 - b2)": "v += (1 - b1)"},
                "Both memories forget with `b1`: the squares have their own, `b2`.",
            ),
            (
                "shares swapped",
                {
                    "m *= b1\nm += (1 - b1)": "m *= 1 - b1\nm += b1",
                    "v *= b2\nv += (1 - b2)": "v *= 1 - b2\nv += b2",
                },
                "The shares are swapped: each memory keeps its beta of itself.",
            ),
            (
                "the whole gradient",
                {"m += (1 - b1) * g": "m += g"},
                "`m` takes in the whole gradient: it is a mean, and takes the share 1 - β.",
            ),
            (
                "the whole square",
                {"v += (1 - b2) * g": "v += g"},
                "`v` takes in the whole square: it is a mean, and takes the share 1 - β.",
            ),
            (
                "all counts",
                {"**t": "**self.t"},
                "`self.t` is the list of all counts: that of this parameter is `t`.",
            ),
            (
                "all betas",
                {"b1**t": "self.betas**t"},
                "`self.betas` are both of them: they are there as `b1` and `b2`.",
            ),
            (
                "without t",
                {"b1**t": "b1", "b2**t": "b2"},
                "What is gathered grows from step to step: `t` is missing in the correction.",
            ),
            (
                "power of the whole",
                {"(1 - b1**t)": "(1 - b1) ** t", "(1 - b2**t)": "(1 - b2) ** t"},
                "The power belongs to β alone: 1 - βᵗ.",
            ),
            (
                "multiplied",
                {"m / ": "m * ", "v / ": "v * "},
                "Memories that began at zero are too small, and multiplied they are smaller still: "
                "divide.",
            ),
            (
                "v corrected outside of the root",
                {"v_hat =": "c =", ", v / (1": ", (1", "np.sqrt(v_hat)": "np.sqrt(v) / c"},
                "The correction of `v` belongs under the root: v is corrected first.",
            ),
            (
                "eps under the root",
                {"np.sqrt(v_hat) + self.eps": "np.sqrt(v_hat + self.eps)"},
                "`eps` stands under the root; it is added outside.",
            ),
            (
                "eps corrected, too",
                {"np.sqrt(v_hat) + self.eps": "np.sqrt((v + self.eps) / (1 - b2**t))"},
                "`eps` stands under the root, and is corrected, too; it is added outside.",
            ),
            (
                "eps beside the root of v",
                {
                    "self.lr * m_hat": "self.lr * np.sqrt(1 - b2**t) * m_hat",
                    "np.sqrt(v_hat) + self.eps": "np.sqrt(v) + self.eps",
                },
                "`eps` stands beside the root of v as it is: it is added to the *corrected* root.",
            ),
            (
                "eps forgotten",
                {" + self.eps": ""},
                "`self.eps` does not count: it is added to the root, which may be 0.",
            ),
            (
                "the squares of m",
                {"g * g": "m * m"},
                "The second memory takes in the square of the gradient, and not that of `m`.",
            ),
            (
                "first the step",
                {
                    "m *= b1": f"{BOTH[BOTH.index('m_hat') :]}\nm *= b1",
                    BOTH[BOTH.index("\nm_hat") :]: "",
                },
                "The order: first the memories take in the gradient, then comes the step.",
            ),
        ),
    ),
    Blank(
        "AdamW",
        "Adam, and besides every weight is drawn a little towards 0, apart from all memories and "
        "before the step.",
        shapes="`self.weight_decay[i]` is the pull on the i-th parameter; it counts times lr. "
        "Change `parameter.data` in place; `super().move(…)` is Adam's own.",
        hint="To draw towards 0 is to multiply by something that is a little below 1.",
        because="What pulls at a weight does not go through Adam's memories.",
        holes=("def move",),
        hide=r"←",
        probes=[
            path("three steps, each a row, a pull of 0.3", "AdamW", weight_decay=0.3),
            path("no pull", "AdamW", weight_decay=0.0),
            path("another rate", "AdamW", 0.02, weight_decay=0.4),
            apart("two groups, with pulls of 0.3 and 0.1", "AdamW", groups=(0.3, 0.1)),
            single("AdamW", weight_decay=0.3),
            spared("AdamW", {"weight_decay": 0.3}),
        ],
        mistakes=slips(
            PULLED,
            (
                "lr forgotten",
                {"self.lr * ": ""},
                "The pull counts times lr: a schedule slows it, too.",
            ),
            (
                "in the gradient",
                {PULL: "parameter.grad = parameter.grad + self.weight_decay[i] * parameter.data"},
                "The pull is in the gradient, and goes through Adam's memories: there it is "
                "divided away. It acts on the weights, apart from them.",
            ),
            (
                "in the memory",
                {PULL: "self.means[i] += self.weight_decay[i] * parameter.data"},
                "The pull is in Adam's memory: it acts on the weights, apart from all memories.",
            ),
            (
                "no step",
                {"\nsuper().move(i, parameter)": ""},
                "It pulls, and Adam's own step is missing.",
            ),
            (
                "no pull",
                {f"{PULL}\n": ""},
                "These are Adam's steps, and no pull: is `parameter.data` itself changed?",
            ),
            (
                "the same for all weights",
                {"*= 1 - ": "-= "},
                "From every weight the same is taken away: a large one should be pulled more, and "
                "one below 0 upwards.",
            ),
            (
                "the gradient is pulled",
                {"*= 1 - ": "-= parameter.grad * "},
                "It subtracts a share of the gradient: a share of the *weight* is meant.",
            ),
            (
                "all pulls",
                {"[i]": ""},
                "`self.weight_decay` is the list of all pulls: that of this parameter is the i-th.",
            ),
            (
                "the first one's pull",
                {"[i]": "[0]"},
                "All parameters are pulled as the first: each has its own pull, the i-th.",
            ),
            (
                "the last one's pull",
                {"[i]": "[-1]"},
                "All parameters are pulled as the last: each has its own pull, the i-th.",
            ),
            (
                "all pulled at each move",
                {
                    PULL: "for k, p in enumerate(self.parameters):\n"
                    "    p.data *= 1 - self.lr * self.weight_decay[k]"
                },
                "At each move all parameters are pulled: only the one that moves is.",
            ),
            (
                "the Tensor and not its numbers",
                {"parameter.data *=": "parameter *="},
                "`parameter * …` is a new Tensor, without a gradient: change `parameter.data`.",
            ),
        ),
    ),
    Blank(
        "clip_grad_norm",
        "All gradients together are one long arrow. Where it is too long, it is shortened to "
        "`max_norm`, in its direction. Open: the shortening, and what is returned: the length "
        "before.",
        shapes="`having` holds pairs, of which the second is a parameter, one with a gradient. "
        "Gradients are changed in place (`g = p.grad`, then `g *= …`).",
        hint="All by the same factor, or the direction would change.",
        because="One factor for all keeps the direction.",
        holes=("if length > max_norm",),
        probes=[
            clipped("(1, 2) and (2, 4), to the length 2", [1.0, 2.0], [2.0, 4.0], most=2.0),
            clipped("(1, 2) and (2, 4), to the length 10", [1.0, 2.0], [2.0, 4.0], most=10.0),
            clipped("(1, 2) and (2, 4), to the length 4.9", [1.0, 2.0], [2.0, 4.0], most=4.9),
            clipped(
                "four parameters, the second without a gradient",
                *([3.0, 0.0], None, [[4.0, 12.0], [0.0, 0.0]], 84.0),
                most=1.0,
            ),
            clipped("a gradient of zeros", [0.0, 0.0], most=1.0),
        ],
        mistakes=slips(
            SHORTENED,
            (
                "short ones made longer",
                {"if length > max_norm": "if length"},
                "An arrow that is short enough stays as it is.",
            ),
            (
                "short ones made longer, and 0 divided by",
                {"if length > max_norm": "if True"},
                "An arrow that is short enough stays as it is, and one of length 0, too.",
            ),
            (
                "each for itself, if it is too long",
                {
                    "if length > max_norm:": "if True:",
                    "*= max_norm / length": "*= min(1, max_norm / ((g * g).sum() + 1e-30) ** 0.5)",
                },
                "Each is measured and shortened for itself, and the direction changes.",
            ),
            (
                "each number cut",
                {
                    "if length > max_norm": "if True",
                    "g *= max_norm / length": "g.clip(-max_norm, max_norm, out=g)",
                },
                "Each number is cut for itself, and the direction changes.",
            ),
            (
                "something taken away",
                {"*= max_norm / length": "-= length - max_norm"},
                "From each number the same is taken away, and the direction changes: a factor "
                "keeps it.",
            ),
            (
                "the first of a pair",
                {"_, p in": "p, _ in"},
                "Of each pair, the *second* is the parameter.",
            ),
            (
                "those without a gradient, too",
                {"_, p in having": "p in parameters"},
                "Some parameters have no gradient: `having` has those that have one.",
            ),
            (
                "nothing returned",
                {"\nreturn length": ""},
                "The length before is to be returned, whether the arrow is shortened or not.",
            ),
            (
                "the factor returned",
                {
                    "    for": "    length = max_norm / length\n    for",
                    "*= max_norm / length": "*= length",
                },
                "`length` was bound anew, to the factor: the length before is to be returned.",
            ),
        ),
    ),
    Blank(
        "CosineDecay",
        "Half a wave from the start down to `lowest`, in `steps` steps; then it stays there.",
        shapes="`self.start`, `self.lowest`, `self.steps`; `t` may be more than `self.steps`.",
        example="CosineDecay(SGD([Tensor([0.0])], 1.0), steps=4).rate(2)",
        hint="A cosine goes from 1 to -1 in half a turn, np.pi: bring that to 1 and 0 first.",
        because="Slow at first, quick in the middle, slow at the end.",
        holes=("def rate",),
        hide=r"^$",
        probes=[
            *asked_of("CosineDecay", 1, 0, 3, 4, 5, 8, 1001, steps=4, lowest=0.2),
            rates("4 steps from 0.8 (at [t], lr after t of them)", "CosineDecay", steps=4),
            rates("5 steps down to 0.2", "CosineDecay", 7, steps=5, lowest=0.2),
        ],
        mistakes=slips(
            WAVE,
            (
                "comes up again",
                {"min(t / self.steps, 1)": "t / self.steps"},
                "After its last step the wave comes up again: it should stay at the lowest.",
            ),
            (
                "begins again",
                {"min(t / self.steps, 1)": "t % self.steps / self.steps"},
                "After its last step it begins again at the top: it should stay at the lowest.",
            ),
            (
                "lowest forgotten",
                {"self.lowest + (self.start - self.lowest)": "self.start"},
                "It goes down to 0, and not to `lowest`.",
            ),
            (
                "cut at the lowest",
                {
                    "self.lowest + (self.start - self.lowest) * wave": "max(self.lowest, self.start"
                    " * wave)"
                },
                "It goes down to 0 and is cut off at `lowest`: the whole wave lies above `lowest`.",
            ),
            (
                "too high at the start",
                {"(self.start - self.lowest)": "self.start"},
                "It begins above the start: the way down is as long as start - lowest.",
            ),
            (
                "from its last rate",
                {"self.start": "self.optimizer.lr"},
                "It begins each time from the rate it has come to: begin from `self.start`.",
            ),
            (
                "the bare cosine",
                {"(1 + np.cos(np.pi * share)) / 2": "np.cos(np.pi * share)"},
                "The cosine goes down to -1: bring 1 and -1 to 1 and 0.",
            ),
            (
                "without pi",
                {"np.pi * ": ""},
                "Half a turn is np.pi, about three times as far as yours goes.",
            ),
            (
                "degrees",
                {"np.pi": "180"},
                "Half a turn is 180 in degrees, and numpy counts in radians: np.pi.",
            ),
            ("a sine", {"np.cos": "np.sin"}, "A sine begins at 0, and comes back to it: a cosine."),
            (
                "a straight line",
                {"(1 + np.cos(np.pi * share)) / 2": "1 - share"},
                "That is a straight line: a wave is slow at both ends.",
            ),
            (
                "cosine of pi alone",
                {"np.pi * share": "np.pi) * (share"},
                "That is the cosine of np.pi, times something: what is counted belongs inside.",
            ),
        ),
    ),
    Blank(
        "WarmUp",
        "A rise in a straight line to the optimizer's own rate. Open: the rate while it rises, "
        "which never is 0, and stays at the start's once it is there. Bind it to `lr`: the lines "
        "below note in `optimizer.warming` that it rises, and return it.",
        shapes="`t` is 0 before the first step; with `steps=3`, the rates are 1/4, 2/4, 3/4 and "
        "then 1 of `self.start`.",
        because="The first steps are small, and none of them is lost.",
        holes=(("lr = self.start", "lr = self.start"),),
        hide=r"^$",
        probes=[
            *asked_of("WarmUp", 1, 0, 2, 3, 4, 1000, steps=3),
            rates("3 steps, then on (at [t], lr after t of them)", "WarmUp", steps=3),
            rates("1 step", "WarmUp", 4, steps=1),
            Probe("what is noted in optimizer.warming", warming, near_warming),
            Probe("another schedule after it", warm),
        ],
        mistakes=slips(
            RISING,
            (
                "from 0",
                {"(t + 1) / (self.steps + 1)": "t / self.steps"},
                "It begins at 0: the first batch would teach nothing.",
            ),
            (
                "steps for steps + 1",
                {"(self.steps + 1)": "self.steps"},
                "It arrives a step too early: with 3 steps, the first rate is a *quarter*.",
            ),
            (
                "no end",
                {RISE: "(t + 1) / (self.steps + 1)"},
                "It never stops rising.",
            ),
            (
                "start lost",
                {"self.start * ": ""},
                "That is the share alone: times `self.start`.",
            ),
            (
                "the method for the start",
                {"self.start": "self.rate"},
                "`self.rate` is this method: what it rises to is `self.start`.",
            ),
            (
                "another name than lr",
                {"lr =": "self.lr ="},
                "The lines below ask for `lr`, a name without a dot: bind the rate to it.",
            ),
            (
                "a cap at the start",
                {RISING: "lr = min((t + 1) / (self.steps + 1), self.start)"},
                "It is cut off at the start, and the share is not multiplied by it: times "
                "`self.start`.",
            ),
            (
                "from its last rate",
                {"self.start": "self.optimizer.lr"},
                "It takes a share of the rate it has come to: take it of `self.start`.",
            ),
            (
                "the start changed",
                {"lr = self.start": "lr = self.start = self.start"},
                "It changes `self.start`, and the next rate begins from there: leave it as it is.",
            ),
            (
                "downwards",
                {RISE: "(1 - min(t / (self.steps + 1), 1))"},
                "It falls: it should begin small, and rise.",
            ),
            (
                "never there",
                {RISE: "min(t + 1, self.steps) / (self.steps + 1)"},
                "It stops a step below the start: in the end it is `self.start`.",
            ),
            (
                "twice the first of steps",
                {"(t + 1) / (self.steps + 1)": "max(t, 1) / self.steps"},
                "The first rate comes twice: each is larger than the one before.",
            ),
        ),
    ),
]


def payoff(m, ax):
    """Four optimizers in a narrow valley: where each of them goes in sixty steps."""
    low = np.array([0.0, 0.0])

    def loss_of(w):
        return w[0] * w[0] * 0.05 + w[1] * w[1] * 1.0

    across, up = np.meshgrid(np.linspace(-10, 3, 100), np.linspace(-3, 3, 80))
    ax.contour(across, up, 0.05 * across**2 + up**2, 12, colors="0.85")
    kinds = {
        "plain descent": lambda w: m.SGD([w], 0.9),
        "momentum": lambda w: m.SGD([w], 0.15, momentum=0.8),
        "RMSprop": lambda w: m.RMSprop([w], 0.25),
        "Adam": lambda w: m.Adam([w], 0.5),
    }
    ends = []
    for name, make in kinds.items():
        w = m.Tensor([-9.0, 2.4])
        optimizer, places = make(w), [w.numpy()]
        for _ in range(60):
            loss = loss_of(w)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            places.append(w.numpy())
        ax.plot(*np.array(places).T, marker="o", ms=2, lw=1.2, label=name)
        ends.append(f"{name} {np.abs(places[-1] - low).max():.2g}")
    ax.plot(0, 0, "k*", ms=12)
    ax.legend(loc="upper right", frameon=False)
    ax.set(xlabel="w₁", ylabel="w₂", title="Four ways into the same valley")
    return "distance from the bottom: " + ", ".join(ends)

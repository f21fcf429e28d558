"""Chapter 4: how large a step, and in which direction."""

import numpy as np

from course.workbook.blanks import Blank, Mistake, Probe

PULL = "parameter.data *= 1 - self.lr * self.weight_decay[i]"
GRADIENTS = [np.array([1.0, -2.0, 0.5]), np.array([0.5, 1.0, 0.25]), np.array([-1.0, 0.5, 4.0])]


def path(name, lr=0.1, steps=3, **settings):
    """Where the numbers are after some steps with given gradients."""

    def look(m):
        w = m.Tensor([1.0, 2.0, -1.0])
        optimizer = getattr(m, name)([w], lr, **settings)
        places = []
        for i in range(steps):
            w.grad = GRADIENTS[i % 3]
            optimizer.step()
            places.append(w.data.copy())
        return np.array(places)

    return look


def single(name, lr=0.1, **settings):
    """A parameter of one number, of shape ()."""

    def look(m):
        w = m.Tensor(2.0)
        optimizer = getattr(m, name)([w], lr, **settings)
        for _ in range(3):
            w.grad = np.array(0.5)
            optimizer.step()
        return [w.data, list(w.data.shape)]

    return look


def apart(name, **settings):
    """Two parameters, of which one has no gradient at first."""

    def look(m):
        a, b = m.Tensor([1.0]), m.Tensor([1.0])
        optimizer = getattr(m, name)([a, b], 0.1, **settings)
        for i in range(3):
            a.grad, b.grad = np.array([1.0]), np.array([2.0]) if i else None
            optimizer.step()
        return [a.data, b.data]

    return look


def cleared(m):
    a, b = m.Tensor([1.0]), m.Tensor([2.0])
    optimizer = m.SGD([a, b], 0.1)
    a.grad = np.array([1.0])
    optimizer.zero_grad()
    return [str(a.grad), str(b.grad)]


def closed(m):
    """Is a history that was made with the old numbers closed by a step?"""
    w = m.Tensor([1.0, 2.0])
    optimizer = m.SGD([w], 0.1)
    loss = (w * w).sum()
    w.grad = np.array([1.0, 1.0])
    optimizer.step()
    try:
        loss.backward()
    except ValueError:
        return "closed"
    return "open"


def rates(name, steps=6, lr=0.8, **settings):
    def look(m):
        optimizer = m.SGD([m.Tensor([1.0])], lr)
        schedule = getattr(m, name)(optimizer, **settings)
        found = [optimizer.lr]
        for _ in range(steps):
            schedule.step()
            found.append(optimizer.lr)
        return np.array(found)

    return look


def warm(m):
    optimizer = m.SGD([m.Tensor([1.0])], 1.0)
    then = m.InverseTimeDecay(optimizer, rate=1.0)
    schedule, found = m.WarmUp(optimizer, steps=3, then=then), [optimizer.lr]
    for _ in range(6):
        schedule.step()
        found.append(optimizer.lr)
    return np.array(found)


def clipped(*gradients, most):
    def look(m):
        weights = [m.Tensor(np.zeros(len(g))) for g in gradients]
        for w, g in zip(weights, gradients):
            w.grad = np.array(g)
        length = m.clip_grad_norm(weights, most)
        return [length, *(w.grad for w in weights)]

    return look


def scale_of(m):
    """The first step of Adam is as long as lr, whatever the gradient."""
    w = m.Tensor([0.0, 0.0])
    optimizer = m.Adam([w], 0.1)
    w.grad = np.array([1e-3, 1e3])
    optimizer.step()
    return np.round(w.data, 4)


BLANKS = [
    Blank(
        "Optimizer",
        "What all optimizers share. Open: forgetting all gradients, and what a step does with one "
        "parameter, which is the i-th.",
        shapes="Each kind of optimizer has its own `move`, which is handed i and the parameter. "
        "After it, `renew` closes every history that was made with the old numbers of a parameter.",
        hint="A gradient that has not arrived is None.",
        because="Forget, gather, move: and what was computed before is untrue now.",
        holes=("def zero_grad", "self.move(i, parameter)"),
        hide=r"^$",
        probes=[
            Probe("the gradients after zero_grad()", cleared),
            Probe("three steps of plain descent", path("SGD")),
            Probe("a history that is older than a step", closed),
            Probe("two parameters, one without a gradient at first", apart("SGD")),
        ],
        mistakes=[
            Mistake(
                "zeros for None",
                "parameter.grad = None",
                "parameter.grad = parameter.data * 0",
                "A gradient of zeros has arrived; what is wanted is that none has.",
            ),
            Mistake(
                "history left open",
                "renew(parameter)",
                "pass",
                "The numbers have moved, and a loss from before would still go backward with "
                "them: `renew` closes it.",
            ),
        ],
    ),
    Blank(
        "InverseTimeDecay",
        "A schedule: the rate falls so slowly that any place can still be reached, and so surely "
        "that it settles: after t steps, the start is divided by 1 + rate t.",
        shapes="`t` counts the steps, `self.start` is the rate at the beginning, `self.rate_` the "
        "setting. A number.",
        example="InverseTimeDecay(SGD([Tensor([0.0])], 0.8), rate=0.5).rate(2)",
        because="The sum of all steps has no end, that of their squares has.",
        holes=("def rate",),
        hide=r"lr\(t\)",
        probes=[
            Probe("rate 0.5 from 0.8", rates("InverseTimeDecay", rate=0.5)),
            Probe("rate 0", rates("InverseTimeDecay", rate=0.0)),
        ],
        mistakes=[
            Mistake(
                "from its last rate",
                "self.start / (1 + self.rate_ * t)",
                "self.optimizer.lr / (1 + self.rate_ * t)",
                "It divides what it has divided before: begin each time from the start.",
            ),
            Mistake(
                "without the 1",
                "(1 + self.rate_ * t)",
                "max(self.rate_ * t, 1e-9)",
                "After 0 steps nothing has happened yet: 1 + rate t.",
            ),
        ],
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
            Probe("three steps, momentum 0.9", path("SGD", momentum=0.9)),
            Probe("three steps without momentum", path("SGD")),
            Probe("three steps, Nesterov", path("SGD", momentum=0.9, nesterov=True)),
            Probe("with weight decay", path("SGD", momentum=0.5, weight_decay=0.1)),
            Probe("two parameters", apart("SGD", momentum=0.9)),
            Probe("a parameter of shape ()", single("SGD", momentum=0.9)),
        ],
        mistakes=[
            Mistake(
                "v forgotten each time",
                "v *= self.momentum",
                "v *= 0",
                "The velocity of the last step is lost: it keeps a share of itself.",
            ),
            Mistake(
                "a running mean",
                "v += g\n",
                "v += (1 - self.momentum) * g\n",
                "That is a running mean, Adam's. Here the whole gradient is added.",
            ),
            Mistake(
                "Nesterov without g",
                "g = g + self.momentum * v if self.nesterov else v",
                "g = self.momentum * v if self.nesterov else v",
                "Nesterov steps by the gradient *and* by momentum times v.",
            ),
        ],
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
            Probe("three steps", path("RMSprop", 0.1, alpha=0.9)),
            Probe("twelve steps", path("RMSprop", 0.01, steps=12)),
            Probe("with a large eps", path("RMSprop", 0.1, alpha=0.9, eps=0.5)),
            Probe("two parameters", apart("RMSprop")),
            Probe("a parameter of shape ()", single("RMSprop")),
        ],
        mistakes=[
            Mistake(
                "shares swapped",
                "s *= self.alpha\n        s += (1 - self.alpha) * g * g",
                "s *= 1 - self.alpha\n        s += self.alpha * g * g",
                "The shares are swapped: it keeps alpha of itself.",
            ),
            Mistake(
                "eps under the root",
                "(np.sqrt(s) + self.eps)",
                "np.sqrt(s + self.eps)",
                "`eps` stands under the root; PyTorch and we add it outside.",
            ),
            Mistake(
                "no root",
                "np.sqrt(s) + self.eps",
                "s + self.eps",
                "Divided by the square itself: where gradients are small, it would leap.",
            ),
        ],
    ),
    Blank(
        "Adam",
        "Both together. The count of steps `t` and the two memories `m` and `v` are there; open: "
        "how they take in `g`, and the step, in which both are corrected for their start at zero.",
        shapes="`m` and `v` live on in `self.means` and `self.squares`: change their numbers. "
        "`b1`, `b2` are the betas, `self.eps` stands beside the corrected root.",
        hint="After t steps from zero, a running mean has gathered a share 1 - βᵗ of the whole: "
        "divide by it. The first step is about as long as lr, whatever the gradient: a good "
        "thing to try.",
        because="Corrected, so that the first steps are no larger than the others.",
        holes=("m *= b1",),
        hide=r"←|/ \(1|m̂",
        probes=[
            Probe("three steps", path("Adam")),
            Probe("the first step of tiny and huge gradients", scale_of),
            Probe("twelve steps", path("Adam", 0.01, steps=12)),
            Probe("other betas and a large eps", path("Adam", 0.1, betas=(0.5, 0.7), eps=0.3)),
            Probe("two parameters, one without a gradient at first", apart("Adam")),
            Probe("a parameter of shape ()", single("Adam")),
        ],
        mistakes=[
            Mistake(
                "t from 0",
                "self.betas, self.t[i], parameter.grad",
                "self.betas, self.t[i] + 1, parameter.grad",
                "It corrects as if one step more had been made: t is 1 at the first.",
            ),
            Mistake(
                "no correction",
                "",
                "m *= b1\nm += (1 - b1) * g\nv *= b2\nv += (1 - b2) * g * g\n"
                "parameter.data -= self.lr * m / (np.sqrt(v) + self.eps)",
                "Without the correction of both memories, the first steps have another length.",
            ),
            Mistake(
                "betas swapped",
                "(b1, b2), t, g = self.betas,",
                "(b2, b1), t, g = self.betas,",
                "The two betas are swapped: the squares have the longer memory.",
            ),
            Mistake(
                "only one corrected",
                "",
                "m *= b1\nm += (1 - b1) * g\nv *= b2\nv += (1 - b2) * g * g\n"
                "parameter.data -= self.lr * m / (1 - b1**t) / (np.sqrt(v) + self.eps)",
                "Only the first memory is corrected: the second began at zero, too.",
            ),
            Mistake(
                "g not squared",
                "",
                "m *= b1\nm += (1 - b1) * g\nv *= b2\nv += (1 - b2) * np.abs(g)\n"
                "v_hat = v / (1 - b2**t)\n"
                "parameter.data -= self.lr * m / (1 - b1**t) / (np.sqrt(v_hat) + self.eps)",
                "The second memory is of *squares*: the root comes later.",
            ),
        ],
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
            Probe("three steps", path("AdamW", 0.1, weight_decay=0.2)),
            Probe("without a pull", path("AdamW", 0.1, weight_decay=0.0)),
            Probe("another rate", path("AdamW", 0.02, weight_decay=0.3)),
        ],
        mistakes=[
            Mistake(
                "lr forgotten",
                "1 - self.lr * self.weight_decay[i]",
                "1 - self.weight_decay[i]",
                "The pull counts times lr: a schedule slows it, too.",
            ),
            Mistake(
                "after the step",
                f"{PULL}\n        super().move(i, parameter)",
                f"super().move(i, parameter)\n        {PULL}",
                "First the pull, then the step: else it also pulls at the step.",
            ),
        ],
    ),
    Blank(
        "clip_grad_norm",
        "All gradients together are one long arrow. Where it is too long, it is shortened to "
        "`max_norm`, in its direction. Open: the shortening.",
        shapes="`having` holds pairs, of which the second is a parameter. Gradients are changed in "
        "place (`g = p.grad`, then `g *= …`). The length before is returned.",
        hint="All by the same factor, or the direction would change.",
        because="One factor for all keeps the direction.",
        holes=("if length > max_norm",),
        probes=[
            Probe("3 and 4, to the length 1", clipped([3.0], [4.0], most=1.0)),
            Probe("3 and 4, to the length 10", clipped([3.0], [4.0], most=10.0)),
            Probe("more numbers", clipped([3.0, 0.0], [4.0, 12.0], most=2.0)),
        ],
        mistakes=[
            Mistake(
                "short ones made longer",
                "if length > max_norm:",
                "if length:",
                "An arrow that is short enough stays as it is.",
            ),
            Mistake(
                "each for itself",
                "g *= float(max_norm) / length",
                "g *= float(max_norm) / np.sqrt((g * g).sum())",
                "Each is shortened for itself, and the direction changes.",
            ),
        ],
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
            Probe("from 0.8 in 4 steps, and two more", lambda m: cosine(m, 4, 0.0)),
            Probe("down to 0.2", lambda m: cosine(m, 5, 0.2)),
        ],
        mistakes=[
            Mistake(
                "comes up again",
                "min(t / self.steps, 1)",
                "(t / self.steps)",
                "After its last step the wave comes up again: it should stay at the lowest.",
            ),
            Mistake(
                "lowest forgotten",
                "self.lowest + (self.start - self.lowest) * wave",
                "self.start * wave",
                "It goes down to 0, and not to `lowest`.",
            ),
            Mistake(
                "a whole turn",
                "np.cos(np.pi * min(t / self.steps, 1))",
                "np.cos(2 * np.pi * min(t / self.steps, 1))",
                "A whole turn ends where it began: half of one.",
            ),
        ],
    ),
    Blank(
        "WarmUp",
        "A rise in a straight line to the optimizer's own rate. Open: the rate while it rises, "
        "which never is 0, and stays at the start's once it is there.",
        shapes="`t` is 0 before the first step; with `steps=3`, the rates are 1/4, 2/4, 3/4 and "
        "then 1 of `self.start`.",
        because="The first steps are small, and none of them is lost.",
        holes=(("lr = self.start", "lr = self.start"),),
        hide=r"^$",
        probes=[
            Probe("3 steps, then on", lambda m: warm_alone(m, 3)),
            Probe("1 step", lambda m: warm_alone(m, 1)),
            Probe("another schedule after it", warm),
        ],
        mistakes=[
            Mistake(
                "from 0",
                "(t + 1) / (self.steps + 1)",
                "t / self.steps",
                "It begins at 0: the first batch would teach nothing.",
            ),
            Mistake(
                "no end",
                "min((t + 1) / (self.steps + 1), 1)",
                "((t + 1) / (self.steps + 1))",
                "It never stops rising.",
            ),
        ],
    ),
]


def cosine(m, steps, lowest):
    optimizer = m.SGD([m.Tensor([1.0])], 0.8)
    schedule, found = m.CosineDecay(optimizer, steps=steps, lowest=lowest), []
    for _ in range(steps + 2):
        schedule.step()
        found.append(optimizer.lr)
    return np.array(found)


def warm_alone(m, steps):
    optimizer = m.SGD([m.Tensor([1.0])], 0.8)
    schedule, found = m.WarmUp(optimizer, steps=steps), [optimizer.lr]
    for _ in range(steps + 3):
        schedule.step()
        found.append(optimizer.lr)
    return np.array(found)


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

"""The same in scikit-learn, which has networks of this one kind: a partial_fit is a step.

What it checks of its input at each call is counted in.
"""

import numpy as np
from sklearn.neural_network import MLPClassifier


def mlp(settings, **how):
    x, labels, weights = settings["inputs"], settings["labels"], settings["weights"]
    model = MLPClassifier(
        (256, 128), learning_rate_init=settings["lr"], alpha=0, shuffle=False, **how
    )
    model.partial_fit(x, labels, classes=np.arange(10))  # this makes it; now our own start
    for arrays, starts in (model.coefs_, weights[::2]), (model.intercepts_, weights[1::2]):
        for array, start in zip(arrays, starts, strict=True):
            array[...] = start
    del model._optimizer  # and what it remembers of that step
    return lambda: model.partial_fit(x, labels).loss_


def mlp_sgd(settings):
    return mlp(settings, solver="sgd", momentum=settings["momentum"], nesterovs_momentum=False)


def mlp_adam(settings):
    return mlp(settings, solver="adam")

"""A later reader's answers for chapter 2, as they were typed, with the verdict they deserve."""

import course.exercises.cost_functions
from answers import typed

TYPED = [
    ("slope of (x - 5)² at x = 2", "3", "not yet", "natural"),
    ("slope of (x - 5)² at x = 2", "-4", "not yet", "natural"),
    ("x.grad after another backward", "None", "not tried yet", "natural"),
    ("x.grad after another backward", "2.5", "not yet", "natural"),
    (
        "my_mean_squared_error",
        (
            "def my_mean_squared_error(predictions, targets):\n"
            "    return ((predictions - targets) ** 2).sum()"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_mean_squared_error",
        (
            "def my_mean_squared_error(predictions, targets):\n"
            "    return (predictions - targets) ** 2"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_mean_squared_error",
        (
            "def my_mean_squared_error(predictions, targets):\n"
            "    return (predictions - targets ** 2).mean()"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_mean_absolute_error",
        (
            "def my_mean_absolute_error(predictions, targets):\n"
            "    return abs(predictions - targets)"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_mean_absolute_error",
        (
            "def my_mean_absolute_error(predictions, targets):\n"
            "    return abs(predictions - targets).sum()"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_mean_absolute_error",
        (
            "def my_mean_absolute_error(predictions, targets):\n"
            "    return abs(predictions + targets).mean()"
        ),
        "not yet",
        "natural",
    ),
    ("best constant for MSE", "25", "not yet", "natural"),
    ("best constant for MSE", "1", "not yet", "natural"),
    (
        "my_mse_gradient",
        (
            "def my_mse_gradient(predictions, targets):\n"
            "    return 2 * (targets - predictions) / predictions.size"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_mse_gradient",
        (
            "def my_mse_gradient(predictions, targets):\n"
            "    return 2 * (predictions - targets) * predictions.size"
        ),
        "not yet",
        "natural",
    ),
    ("MAE slope of a castle for 150", "-4", "not yet", "natural"),
    ("slope of the number of mistakes", "0.9", "not yet", "natural"),
    ("slope of the number of mistakes", "None", "not tried yet", "natural"),
    ("tickets and heads", "100", "not yet", "natural"),
    (
        "my_surprise",
        ("def my_surprise(p, happened):\n    return -np.log(np.where(happened, p, 1 - p))"),
        "not yet",
        "natural",
    ),
    (
        "my_surprise",
        ("def my_surprise(p, happened):\n    return -np.log(np.where(happened, 1 - p, p)).mean()"),
        "not yet",
        "natural",
    ),
    (
        "my_surprise",
        ("def my_surprise(p, happened):\n    return -np.log(np.where(happened, p, 1 - p)).sum()"),
        "not yet",
        "natural",
    ),
    (
        "my_surprise",
        ("def my_surprise(p, happened):\n    return -np.log2(np.where(happened, p, 1 - p)).mean()"),
        "not yet",
        "natural",
    ),
    (
        "my_surprise",
        (
            "def my_surprise(p, happened):\n"
            "    return -np.log10(np.where(happened, p, 1 - p)).mean()"
        ),
        "not yet",
        "natural",
    ),
    ("probability of the logit 0", "0.25", "not yet", "natural"),
    ("the last probability, with 100 added to all", "0.9", "not yet", "natural"),
    (
        "my_cross_entropy_gradient",
        ("def my_cross_entropy_gradient(p, one_hot):\n    return (one_hot - p) / len(p)"),
        "not yet",
        "natural",
    ),
    (
        "my_cross_entropy_gradient",
        ("def my_cross_entropy_gradient(p, one_hot):\n    return (p - one_hot) / p.shape[1]"),
        "not yet",
        "natural",
    ),
    (
        "my_cross_entropy_gradient",
        ("def my_cross_entropy_gradient(p, one_hot):\n    return (p - one_hot) * len(p)"),
        "not yet",
        "natural",
    ),
    (
        "my_cross_entropy_gradient",
        ("def my_cross_entropy_gradient(p, one_hot):\n    return p - one_hot / len(p)"),
        "not yet",
        "natural",
    ),
    (
        "my_cross_entropy_gradient",
        ("def my_cross_entropy_gradient(p, one_hot):\n    return 3 * (p - one_hot)"),
        "not yet",
        "natural",
    ),
    (
        "my_policy_loss",
        (
            "def my_policy_loss(log_p, actions, advantages):\n"
            "    surprise = -log_p[np.arange(len(actions)), actions]\n"
            "    return surprise * advantages"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_policy_loss",
        (
            "def my_policy_loss(log_p, actions, advantages):\n"
            "    surprise = -log_p[np.arange(len(actions)), actions]\n"
            "    return (surprise * (advantages - advantages.mean())).mean()"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_floor",
        ("def my_floor(k):\n    return -np.log(np.e / np.e + k - 1)"),
        "not yet",
        "natural",
    ),
    (
        "my_pinball",
        (
            "def my_pinball(predictions, targets, share):\n"
            "    above = targets - predictions\n"
            "    return np.minimum(share * above, (share - 1) * above).mean()"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_pinball",
        (
            "def my_pinball(predictions, targets, share):\n"
            "    above = targets - predictions\n"
            "    return np.maximum(share * above, (1 - share) * above).mean()"
        ),
        "not yet",
        "natural",
    ),
    (
        "my_pinball",
        (
            "def my_pinball(predictions, targets, share):\n"
            "    above = targets - predictions\n"
            "    return max(share * above, (share - 1) * above).mean()"
        ),
        "not yet",
        "natural",
    ),
]

NAMES = vars(course.exercises.cost_functions)
ANSWERS = [(name, typed(name, text, NAMES), deserved, kind) for name, text, deserved, kind in TYPED]

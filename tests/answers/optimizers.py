"""Answers to chapter 4, each with the verdict that it deserves."""

import numpy as np

from answers import typed
from minnet.optimizers import SGD
from minnet.tensors import Tensor


def perfect_halves(a):
    return 1 / 2 * a


def perfect_by_search(a):
    return min(np.linspace(0.001, 2, 100_000), key=lambda lr: abs(1 - 2 * a * lr))


def perfect_printed(a):
    print(1 / (2 * a))


def perfect_for_five(a):
    return 0.1


def perfect_slope(a):
    return 1 / (2 * a * 1.0)


def perfect_word(a):
    return "1/(2a)"


def move_and_return(p, lr):
    p.data -= lr * p.grad
    return p


def move_by_loop(p, lr):
    for i in np.ndindex(p.data.shape):
        p.data[i] -= lr * p.grad[i]


def move_a_name(p, lr):
    p = p - lr * p.grad


def move_a_name_in_place(p, lr):
    p -= lr * p.grad


def move_by_array(p, lr):
    p.array = p.data - lr * p.grad


def move_returned(p, lr):
    return p.data - lr * p.grad


def move_up(p, lr):
    p.data = p.data + lr * p.grad


def move_without_lr(p, lr):
    p.data -= p.grad


def opinion_in_steps(w, b, x, y):
    prediction = w * x + b
    slope = 2 * (prediction - y)
    by_w = slope * x
    by_b = slope
    return by_w, by_b


def opinion_of_the_other_miss(w, b, x, y):
    return -2 * x * (y - (w * x + b)), -2 * (y - (w * x + b))


def opinion_mean(w, b, x, y):
    return np.mean(2 * (w * x + b - y) * x), np.mean(2 * (w * x + b - y))


def opinion_without_two(w, b, x, y):
    return x * (w * x + b - y), w * x + b - y


def opinion_turned(w, b, x, y):
    return 2 * (y - w * x - b) * x, 2 * (y - w * x - b)


def opinion_of_w_alone(w, b, x, y):
    return 2 * (w * x + b - y) * x


def falling_hyperbola(start, t):
    return 50 * start / (t + 50)


def falling_by_one(start, t):
    return start / (1 + t)


def falling_halves(start, t):
    return start / 2 ** (t / 50)


def falling_by_steps(start, t):
    return start / (t // 50 + 1)


def falling_to_nothing(start, t):
    return start - start * t / 100


def falling_divides_by_zero(start, t):
    return start / (t / 50)


def roll_in_place(w, v, gradient, lr, momentum):
    v *= momentum
    v += gradient
    w -= lr * v
    return v, w


def roll_old(w, v, gradient, lr, momentum):
    w = w - lr * v
    v = momentum * v + gradient
    return v, w


def roll_by_gradient(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    w = w - lr * gradient
    return v, w


def roll_other_order(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    return w - lr * v, v


def roll_mean(w, v, gradient, lr, momentum):
    v = momentum * v + (1 - momentum) * gradient
    return v, w - lr * v


def roll_with_lr_inside(w, v, gradient, lr, momentum):
    v = momentum * v - lr * gradient
    return v, w + v


def roll_of_nine(w, v, gradient, lr, momentum):
    v = 0.9 * v + gradient
    return v, w - 0.1 * v


def scaled_in_steps(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient * gradient
    step = lr / (np.sqrt(s) + 1e-8)
    return s, w - step * gradient


def scaled_inside_the_root(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient / np.sqrt(s + 1e-16)


def scaled_without_root(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient / (s + 1e-8)


def scaled_by_the_old(w, s, gradient, lr, alpha):
    new = alpha * s + (1 - alpha) * gradient**2
    return new, w - lr * gradient / (np.sqrt(s) + 1e-8)


def scaled_without_tiny(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient / np.sqrt(s)


def scaled_sum(w, s, gradient, lr, alpha):
    s = alpha * s + gradient**2
    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)


def scaled_unsquared(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient
    return s, w - lr * gradient / (np.sqrt(abs(s)) + 1e-8)


def scaled_turned(w, s, gradient, lr, alpha):
    s = (1 - alpha) * s + alpha * gradient**2
    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)


def corrected_share(mean, beta, t):
    share = 1 - beta**t
    return mean / share


def corrected_once(mean, beta, t):
    return mean / (1 - beta)


def corrected_caret(mean, beta, t):
    return mean / (1 - beta ^ t)


def corrected_times(mean, beta, t):
    return mean * (1 - beta**t)


def corrected_from_zero(mean, beta, t):
    return mean / (1 - beta ** (t + 1))


def bets_all_alike():
    return 0.1, 0.1, 0.1, 0.1


def bets_dict():
    return {"SGD": 0.5, "momentum": 0.05, "RMSprop": 0.005, "Adam": 0.01}


def bets_three():
    return 0.5, 0.05, 0.01


def bets_list():
    return [0.4, 0.06, 0.004, 0.02]


def bets_bold():
    return 2.0, 1.0, 0.5, 0.5


def adagrad_new(w, s, gradient, lr):
    s = s + gradient**2
    return s, w - lr * gradient / np.sqrt(s)


def adagrad_without_root(w, s, gradient, lr):
    s = s + gradient**2
    return s, w - lr * gradient / s


def adam_with_defaults(w, m, v, gradient, t):
    return adam(w, m, v, gradient, t)


def adam(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + 1e-8)


def adam_of_the_first(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1)) / (np.sqrt(v / (1 - b2)) + 1e-8)


def hidden_turned(errors, weight):
    return (weight @ errors.T).T


def hidden_plain(errors, weight):
    return errors @ weight


def perfect_tenth(a):
    return 1 / (10 * a)


def perfect_whole(a):
    return 1 // (2 * a)


def move_by_data(p, lr):
    p.data -= lr * p.data


def move_overwritten(p, lr):
    p.data = -lr * p.grad


def move_by_sign(p, lr):
    p.data -= lr * np.sign(p.grad)


def move_by_a_tenth(p, lr):
    p.data -= 0.1 * p.grad


def opinion_mean_method(w, b, x, y):
    m = w * x + b - y
    return (2 * m * x).mean(), (2 * m).mean()


def opinion_squared(w, b, x, y):
    m = w * x + b - y
    return 2 * m**2 * x, 2 * m**2


def opinion_of_two(w, b, x, y):
    return 2 * (w * x + b - y) * x, 2


def falling_by_t(start, t):
    return start / t


def falling_up(start, t):
    return start * (1 + t / 50)


def roll_textbook(w, v, gradient, lr, momentum):
    v = momentum * v + lr * gradient
    return v, w - v


def roll_turned(w, v, gradient, lr, momentum):
    v = v + momentum * gradient
    return v, w - lr * v


def roll_minus_inside(w, v, gradient, lr, momentum):
    v = momentum * v - gradient
    return v, w - lr * v


def roll_twice(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    return v, w - lr * (v + gradient)


def scaled_missing_brackets(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient / np.sqrt(s) + 1e-8


def scaled_without_gradient(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr / (np.sqrt(s) + 1e-8)


def scaled_by_the_memory(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * s / (np.sqrt(s) + 1e-8)


def scaled_caret(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient ^ 2
    return s, w


def scaled_bare_sqrt(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient / (sqrt(s) + 1e-8)  # noqa: F821


def corrected_base_and_power(mean, beta, t):
    return mean / (1 - t**beta)


def corrected_by_t(mean, beta, t):
    return mean / t


def bets_of_the_reader():
    return [0.5, 0.05, 0.002, 0.02]


def bets_too_slow():
    return 0.5, 0.05, 0.001, 0.02


def bets_of_nothing():
    return 0, 0.05, 0.002, 0.02


def bets_uphill():
    return -1, 0.05, 0.005, 0.02


def bets_in_quotes():
    return "0.5", "0.05", "0.005", "0.02"


def hidden_of_one_output(errors, weight):
    return errors * weight.T


def adagrad_that_forgets(w, s, gradient, lr):
    s = 0.9 * s + 0.1 * gradient**2
    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)


def adagrad_by_the_old(w, s, gradient, lr):
    w = w - lr * gradient / (np.sqrt(s) + 1e-8)
    return s + gradient**2, w


def adam_without_tiny(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1**t)) / np.sqrt(v / (1 - b2**t))


def adam_rootless(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1**t)) / (v / (1 - b2**t) + 1e-8)


def adam_half_corrected(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1**t)) / (np.sqrt(v) + 1e-8)


def adam_by_products(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1 * t)) / (np.sqrt(v / (1 - b2 * t)) + 1e-8)


def adam_unsquared(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient
    return m, v, w - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + 1e-8)


# A third reader's


def perfect_lr_again_1(a):
    return a / 2


def perfect_lr_again_2(a):
    return 1 / a**2


def perfect_lr_again_3(a):
    return 0.5 * a


def perfect_lr_again_4(a):
    return {0.5: 1.0, 5.0: 0.1, 8.0: 0.0625, 500.0: 0.001}.get(a, 0)


def move_again_1(p, lr):
    p.data = p - lr * p.grad


def move_again_2(p, lr):
    p.data -= lr * p.grad
    p.grad = None


def move_again_3(p, lr):
    p.data -= lr * p.grad.data


def move_again_4(p, lr):
    p.data -= p.grad / lr


def move_again_5(p, lr):
    p.data -= lr * p.grad.mean()


def move_again_6(p, lr):
    p.data -= lr * p.grad
    p.grad *= 0


def move_again_7(p, lr):
    p.backward()
    p.data -= lr * p.grad


def move_again_8(p, lr):
    p.data *= 1 - lr * p.grad


def move_again_9(p, lr):
    lr *= 1
    p.data -= lr


def move_again_10(lr, p):
    p.data -= lr * p.grad


def move_again_11(p, lr):
    p.data -= lr * p.grad.astype(int)


def opinion_again_1(w, b, x, y):
    m = w * x + b - y
    return 2 * m * x, 0


def opinion_again_2(w, b, x, y):
    m = w * x + b - y
    return np.sign(m) * x, np.sign(m)


def opinion_again_3(w, b, x, y):
    m = w * x + b - y
    return 2 * m * x, m


def opinion_again_4(w, b, x, y):
    m = w * x + b - y
    return 2 * m * y, 2 * m


def opinion_again_5(w, b, x, y):
    m = w * x + b - y
    return (2 * m * x).sum(), (2 * m).sum()


def opinion_again_6(w, b, x, y):
    m = w * x + b - y
    return 2 * m * x / len(x), 2 * m / len(x)


def opinion_again_7(w, b, x, y):
    w, b = Tensor(w), Tensor(b)
    ((w * x + b - y) ** 2).sum().backward()
    return w.grad, b.grad


def falling_again_1(start, t):
    return start / 2 ** (t // 50)


def falling_again_2(start, t):
    return start / (2 + t / 50)


def falling_again_3(start, t):
    return start / np.sqrt(1 + t / 50)


def falling_again_4(start, t):
    return start / (1 + round(t / 50))


def falling_again_5(start, t):
    return start / (1 + t / 100)


def falling_again_6(start, t):
    return start * 0.97**t


def falling_again_7(start, t):
    return start / (t % 50 + 1)


def falling_again_8(t, start):
    return start / (1 + t / 50)


def falling_again_9(start, t):
    if t == 50:
        return start / 2
    if t == 100:
        return start / 3
    if t == 150:
        return start / 4
    return start


def roll_again_1(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    w -= lr * v
    return v, w


def roll_again_2(w, v, gradient, lr, momentum):
    v = momentum * v + lr * gradient
    return v, w - lr * v


def roll_again_3(w, v, gradient, lr, momentum):
    v = (1 - momentum) * v + momentum * gradient
    return v, w - lr * v


def roll_again_4(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    return v, w - lr * (gradient + momentum * v)


def roll_again_5(w, v, gradient, lr, momentum):
    v = momentum * v - gradient
    return v, w + lr * v


def roll_again_6(w, v, gradient, lr, momentum):
    v = momentum + v * gradient
    return v, w - lr * v


def scaled_again_1(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient / np.sqrt(s + 1e-8)


def scaled_again_2(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient * np.sqrt(s)


def scaled_again_3(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return np.sqrt(s), w - lr * gradient / (np.sqrt(s) + 1e-8)


def scaled_again_4(w, s, gradient, lr, alpha):
    s = alpha * s**2 + (1 - alpha) * gradient**2
    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)


def scaled_again_5(w, s, gradient, lr, alpha):
    s = (alpha * s + (1 - alpha) * gradient) ** 2
    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)


def scaled_again_6(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient / (np.sqrt(s) + 1e-6)


def scaled_again_7(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * gradient**2
    return s, w - lr * gradient**2 / (np.sqrt(s) + 1e-8)


def scaled_again_8(w, s, gradient, lr, alpha):
    s = alpha * s + (1 - alpha) * np.abs(gradient)
    return s, w - lr * gradient / (s + 1e-8)


def corrected_again_1(mean, beta, t):
    return mean / (1 + beta**t)


def corrected_again_2(mean, beta, t):
    return mean / (1 - beta ** (t - 1))


def corrected_again_3(mean, beta, t):
    return mean - (1 - beta**t)


def corrected_again_4(mean, beta, t):
    return mean / np.sqrt(1 - beta**t)


def corrected_again_5(mean, beta, t):
    return beta * mean / (1 - beta**t)


def corrected_again_6(mean, beta, t):
    return mean / (1 - beta) * t


def corrected_again_7(mean, beta, t):
    return mean / ((1 - beta) * t)


def corrected_again_8(mean, beta, t):
    return (1 - beta**t) / mean


def bets_again_1():
    return 0.5, 0.05, 0.01, None


def hidden_errors_again_1(errors, weight):
    return errors.sum(axis=1, keepdims=True) * weight.sum(axis=1)


def hidden_errors_again_2(errors, weight):
    return (errors @ weight.T) * (1 - np.tanh(errors @ weight.T) ** 2)


def hidden_errors_again_3(errors, weight):
    return errors @ np.linalg.pinv(weight)


def hidden_errors_again_4(errors, weight):
    return errors @ weight.t()


def adagrad_step_again_1(w, s, gradient, lr):
    s = 0.99 * s + 0.01 * gradient**2
    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)


def adagrad_step_again_2(w, s, gradient, lr):
    s = s + gradient**2
    return s, w - lr / (np.sqrt(s) + 1e-8)


def adagrad_step_again_3(w, s, gradient, lr):
    s = s + (gradient**2).sum()
    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)


def adagrad_step_again_4(w, s, gradient, lr):
    s = s + gradient**2
    return s, w - lr * gradient / np.sqrt(s + 1e-8)


def adam_step_again_1(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * gradient / (np.sqrt(v / (1 - b2**t)) + 1e-8)


def adam_step_again_2(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1**t)) / np.sqrt(v / (1 - b2**t) + 1e-8)


def adam_step_again_3(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b2**t)) / (np.sqrt(v / (1 - b1**t)) + 1e-8)


def adam_step_again_4(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + 1e-8)


def adam_step_again_5(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * m**2
    return m, v, w - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + 1e-8)


def adam_step_again_6(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):
    m = b1 * m + (1 - b1) * gradient
    v = b2 * v + (1 - b2) * gradient**2
    return m, v, w - lr * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)))


def move_again_12(p, lr):
    for x in p:
        x.data -= lr * x.grad


def move_again_13(p, lr):
    p.data[0] -= lr * p.grad[0]


def move_again_14(p, lr):
    p.data.sub_(lr * p.grad)


def move_again_15(p, lr):
    p.data -= p.grad * p.data * lr


def move_again_16(p, lr):
    p.data = Tensor(p.data - lr * p.grad)


def roll_again_7(w, v, gradient, lr, momentum):
    v = momentum * v + gradient
    return w - lr * v


def roll_again_8(w, v, gradient, lr, momentum):
    w = w - lr * (momentum * v + gradient)
    return v, w


def roll_again_9(w, v, gradient, lr, momentum):
    v = momentum * v + gradient * (1 - lr)
    return v, w - lr * v


def roll_again_10(w, v, gradient, lr, momentum):
    v = momentum * (v + (1 - momentum) * gradient)
    return v, w - lr * v


def falling_again_10(start, t):
    return start / (1 + t) * 50


def falling_again_11(start, t):
    return start / ((1 + t) / 50)


ANSWERS = [
    ("what moves from zero", "last bias", "right", "natural"),
    ("first loss of ten classes", 3.32, "not yet", "natural"),
    ("first loss of ten classes", 0.69, "not yet", "natural"),
    ("first loss of ten classes", -np.log(10), "not yet", "natural"),
    ("gradient after two walks", "twice", "right", "probing"),
    ("lr 0.19", "arrive", "right", "natural"),
    ("lr 0.20", "arrives", "not yet", "natural"),
    ("as fast as lr 0.05", 3 / 20, "right", "natural"),
    ("as fast as lr 0.05", 0.25, "not yet", "natural"),
    ("as fast as lr 0.05", 15, "not yet", "probing"),
    ("my_perfect_lr", perfect_tenth, "not yet", "natural"),
    ("my_perfect_lr", perfect_whole, "not yet", "probing"),
    ("my_perfect_lr", 0.1, "not yet", "probing"),
    ("w after p = p - lr * p.grad", False, "not yet", "probing"),
    ("my_move", move_by_data, "not yet", "natural"),
    ("my_move", move_overwritten, "not yet", "natural"),
    ("my_move", move_by_sign, "not yet", "probing"),
    ("my_move", move_by_a_tenth, "not yet", "natural"),
    ("order of the five lines", ["c", "e", "b", "a", "d"], "not yet", "natural"),
    ("order of the five lines", "ceadb", "not yet", "natural"),
    ("order of the five lines", ["C", "E", "D", "A", "B"], "right", "natural"),
    ("order of the five lines", ["c", "e", "d", "d", "a", "b"], "not yet", "probing"),
    ("lr in cents", 5, "not yet", "natural"),
    ("lr in cents", 0.00005, "not yet", "natural"),
    ("lr in cents", 0.00001, "not yet", "natural"),
    ("my_opinion", opinion_mean_method, "not yet", "natural"),
    ("my_opinion", opinion_squared, "not yet", "natural"),
    ("my_opinion", opinion_of_two, "not yet", "natural"),
    ("share of updates that make it worse", 0.4, "right", "natural"),
    ("share of updates that make it worse", 0.8, "not yet", "natural"),
    ("share of updates that make it worse", 0.3, "not yet", "natural"),
    ("share of updates that make it worse", 50, "not yet", "probing"),
    ("share of updates that make it worse", "half", "right", "probing"),
    ("the same for batches of 20", 0.7, "not yet", "natural"),
    ("my_falling", falling_by_t, "not yet", "natural"),
    ("my_falling", falling_up, "not yet", "natural"),
    ("SGD with × 0.97 at each step", "stops", "right", "probing"),
    ("largest lr for the cholesterol", 0.0008, "right", "natural"),
    ("largest lr for the cholesterol", 0.001, "not yet", "natural"),
    ("largest lr for the cholesterol", 1195, "not yet", "natural"),
    ("my_roll", roll_textbook, "not yet", "natural"),
    ("my_roll", roll_turned, "not yet", "natural"),
    ("my_roll", roll_minus_inside, "not yet", "natural"),
    ("my_roll", roll_twice, "not yet", "natural"),
    ("velocity in the end", "infinity", "not yet", "natural"),
    ("velocity in the end", 0, "not yet", "natural"),
    ("velocity in the end", 100, "not yet", "natural"),
    ("velocity in the end", 11, "not yet", "natural"),
    ("my_scaled", scaled_missing_brackets, "not yet", "natural"),
    ("my_scaled", scaled_without_gradient, "not yet", "natural"),
    ("my_scaled", scaled_by_the_memory, "not yet", "natural"),
    ("my_scaled", scaled_caret, "not yet", "natural"),
    ("my_scaled", scaled_bare_sqrt, "not yet", "natural"),
    ("RMSprop's first step", -10, "not yet", "probing"),
    ("my_corrected", corrected_base_and_power, "not yet", "natural"),
    ("my_corrected", corrected_by_t, "not yet", "natural"),
    ("the longest uncorrected step", "the twelfth", "not yet", "probing"),
    ("names of A to D", ["RMSprop", "momentum", "Adam", "plain"], "right", "natural"),
    ("names of A to D", ["Adam", "SGD", "RMSprop", "momentum"], "not yet", "natural"),
    ("names of A to D", ["SGD", "momentum", "RMSprop", "Adam"], "not yet", "probing"),
    ("names of A to D", "RMSprop, momentum, Adam, SGD", "right", "probing"),
    ("names of A to D", ["RMSprop", "RMSprop", "Adam", "SGD"], "not yet", "probing"),
    ("my_bets", bets_of_the_reader, "right", "natural"),  # its loss ends at 0.44
    ("my_bets", bets_too_slow, "not yet", "natural"),
    ("my_bets", bets_of_nothing, "not yet", "probing"),
    ("my_bets", bets_uphill, "not yet", "probing"),
    ("my_bets", bets_in_quotes, "not yet", "probing"),
    ("my_bets", [0.5, 0.05, 0.005, 0.02], "not yet", "natural"),
    ("where the best rates go", [-2, -2, 0, 0], "right", "natural"),
    ("where the best rates go", [2, 3, 0, 0], "not yet", "natural"),
    ("where the best rates go", [1, 1, 0, 0], "not yet", "natural"),
    ("where the best rates go", 2, "not yet", "probing"),
    ("where the best rates go", [2, 2], "not yet", "probing"),
    ("a rate for all four", [0.03], "right", "natural"),
    ("a rate for all four", 0.5, "not yet", "natural"),
    ("a rate for all four", 0.04, "not yet", "natural"),
    ("a rate for all four", 10, "not yet", "probing"),
    ("a rate for all four", 3, "not yet", "probing"),
    ("my_hidden_errors", hidden_of_one_output, "not yet", "natural"),
    ("Adagrad's fourth step", 4, "not yet", "natural"),
    ("Adagrad's fourth step", 1 / 3, "not yet", "natural"),
    ("Adagrad's fourth step", 0.125, "not yet", "natural"),
    ("Adagrad's fourth step", 50, "not yet", "probing"),
    ("a step decay after 25", 0.1 * 0.3**25, "not yet", "natural"),
    ("a step decay after 25", 0.06, "not yet", "natural"),
    ("a step decay after 25", 0.1, "not yet", "natural"),
    ("a step decay after 25", 0.9, "not yet", "natural"),
    ("a cosine after a quarter", 0.1 * np.cos(np.pi / 8), "not yet", "natural"),
    ("a cosine after a quarter", 0.025, "not yet", "natural"),
    ("a cosine after a quarter", 0.09, "not yet", "natural"),
    ("a cosine after a quarter", 0.0146, "not yet", "natural"),
    ("my_adagrad_step", adagrad_that_forgets, "not yet", "natural"),
    ("my_adagrad_step", adagrad_by_the_old, "not yet", "natural"),
    ("my_adam_step", adam_without_tiny, "not yet", "natural"),
    ("my_adam_step", adam_rootless, "not yet", "natural"),
    ("my_adam_step", adam_half_corrected, "not yet", "natural"),
    ("my_adam_step", adam_by_products, "not yet", "natural"),
    ("my_adam_step", adam_unsquared, "not yet", "natural"),
    ("what moves from zero", "the last bias", "right", "natural"),
    ("what moves from zero", "only the last bias moves", "right", "natural"),
    ("what moves from zero", "nothing", "not yet", "natural"),
    ("what moves from zero", "everything", "not yet", "natural"),
    ("first loss of ten classes", 2.3, "right", "natural"),
    ("first loss of ten classes", np.log(10), "right", "natural"),
    ("first loss of ten classes", "ln 10", "right", "natural"),
    ("first loss of ten classes", 0.1, "not yet", "natural"),
    ("gradient after two walks", 2, "right", "natural"),
    ("gradient after two walks", "2", "right", "natural"),
    ("gradient after two walks", 1, "not yet", "natural"),
    ("lr 0.19", "converges", "not yet", "natural"),
    ("lr 0.19", "swings", "not yet", "natural"),
    ("lr 0.20", "it swings", "right", "natural"),
    ("lr 0.21", "flies off", "right", "natural"),
    ("lr 0.21", "swings", "not yet", "natural"),
    ("as fast as lr 0.05", 0.15, "right", "natural"),
    ("as fast as lr 0.05", "0.15", "right", "natural"),
    ("as fast as lr 0.05", 0.1, "not yet", "natural"),
    ("as fast as lr 0.05", 0.19, "not yet", "natural"),
    ("my_perfect_lr", lambda a: 1 / (2 * a), "right", "natural"),
    ("my_perfect_lr", perfect_slope, "right", "natural"),
    ("my_perfect_lr", perfect_halves, "not yet", "natural"),
    ("my_perfect_lr", perfect_printed, "not yet", "natural"),
    ("my_perfect_lr", perfect_for_five, "not yet", "natural"),
    ("my_perfect_lr", perfect_word, "not yet", "probing"),
    ("w after p = p - lr * p.grad", "not moved", "right", "natural"),
    ("w after p = p - lr * p.grad", "moved", "not yet", "natural"),
    ("my_move", move_and_return, "right", "natural"),
    ("my_move", move_by_loop, "right", "natural"),
    ("my_move", move_a_name, "not yet", "natural"),
    ("my_move", move_a_name_in_place, "not yet", "natural"),
    ("my_move", move_by_array, "not yet", "probing"),
    ("my_move", move_returned, "not yet", "natural"),
    ("my_move", move_up, "not yet", "natural"),
    ("my_move", move_without_lr, "not yet", "natural"),
    ("order of the five lines", ["c", "e", "d", "a", "b"], "right", "natural"),
    ("order of the five lines", "cedab", "right", "natural"),
    ("order of the five lines", ["c", "e", "a", "b", "d"], "right", "natural"),
    ("order of the five lines", ["c", "e", "a", "b"], "not yet", "natural"),
    ("order of the five lines", ["c", "e", "d", "b", "a"], "not yet", "natural"),
    ("order of the five lines", ["c", "e", "a", "d", "b"], "not yet", "natural"),
    ("the loss at lr 5", "near 2.3", "right", "natural"),
    ("the loss at lr 5", "beyond 1000", "not yet", "natural"),
    ("the loss at lr 5", 2.3, "not yet", "natural"),
    ("lr in cents", 5e-6, "right", "natural"),
    ("lr in cents", 0.05 / 10_000, "right", "natural"),
    ("lr in cents", 0.0005, "not yet", "natural"),
    ("lr in cents", 500, "not yet", "natural"),
    ("lowest after one pass", "single", "right", "natural"),
    ("lowest after one pass", "batches", "not yet", "natural"),
    ("my_opinion", opinion_in_steps, "right", "natural"),
    ("my_opinion", opinion_of_the_other_miss, "right", "natural"),
    ("my_opinion", opinion_mean, "not yet", "natural"),
    ("my_opinion", opinion_without_two, "not yet", "natural"),
    ("my_opinion", opinion_turned, "not yet", "natural"),
    ("my_opinion", opinion_of_w_alone, "not yet", "natural"),
    ("share of updates that make it worse", 0.5, "right", "natural"),
    ("share of updates that make it worse", "50 %", "right", "natural"),
    ("share of updates that make it worse", 0.2, "not yet", "probing"),
    ("share of updates that make it worse", 0.1, "not yet", "natural"),
    ("the same for batches of 20", 0.5, "right", "natural"),
    ("the same for batches of 20", 0.1, "not yet", "natural"),
    ("the same for batches of 20", 0.025, "not yet", "natural"),
    ("the same for batches of 20", 0.3, "not yet", "natural"),
    ("my_falling", falling_hyperbola, "right", "natural"),
    ("my_falling", falling_by_one, "not yet", "natural"),
    ("my_falling", falling_halves, "not yet", "natural"),
    ("my_falling", falling_by_steps, "not yet", "natural"),
    ("my_falling", falling_to_nothing, "not yet", "natural"),
    ("my_falling", falling_divides_by_zero, "not yet", "natural"),
    ("SGD with × 0.97 at each step", "stops on the way", "right", "natural"),
    ("SGD with × 0.97 at each step", "arrives", "not yet", "natural"),
    ("trembles without noise", "no", "right", "natural"),
    ("trembles without noise", True, "not yet", "natural"),
    ("largest lr for the cholesterol", 1 / 1195, "right", "natural"),
    ("largest lr for the cholesterol", 0.00084, "right", "natural"),
    ("largest lr for the cholesterol", 1 / 2390, "not yet", "natural"),
    ("my_roll", roll_in_place, "right", "natural"),
    ("my_roll", roll_old, "not yet", "natural"),
    ("my_roll", roll_by_gradient, "not yet", "natural"),
    ("my_roll", roll_other_order, "not yet", "natural"),
    ("my_roll", roll_mean, "not yet", "natural"),
    ("my_roll", roll_with_lr_inside, "not yet", "natural"),
    ("my_roll", roll_of_nine, "not yet", "probing"),
    ("velocity in the end", 10, "right", "natural"),
    ("velocity in the end", np.inf, "not yet", "natural"),
    ("velocity in the end", 2, "not yet", "natural"),
    ("my_scaled", scaled_in_steps, "right", "natural"),
    ("my_scaled", scaled_inside_the_root, "right", "natural"),
    ("my_scaled", scaled_without_root, "not yet", "natural"),
    ("my_scaled", scaled_by_the_old, "not yet", "natural"),
    ("my_scaled", scaled_without_tiny, "not yet", "natural"),
    ("my_scaled", scaled_sum, "not yet", "natural"),
    ("my_scaled", scaled_unsquared, "not yet", "natural"),
    ("my_scaled", scaled_turned, "not yet", "natural"),
    ("RMSprop's first step", 10, "right", "natural"),
    ("RMSprop's first step", 1, "not yet", "natural"),
    ("RMSprop's first step", 0.1, "not yet", "natural"),
    ("my_corrected", corrected_share, "right", "natural"),
    ("my_corrected", corrected_once, "not yet", "natural"),
    ("my_corrected", corrected_caret, "not yet", "natural"),
    ("my_corrected", corrected_times, "not yet", "natural"),
    ("my_corrected", corrected_from_zero, "not yet", "natural"),
    ("the longest uncorrected step", "a later one", "right", "natural"),
    ("the longest uncorrected step", "the first", "not yet", "natural"),
    ("the longest uncorrected step", 12, "not yet", "probing"),
    ("names of A to D", ["RMSprop", "momentum", "Adam", "SGD"], "right", "natural"),
    ("names of A to D", ["rmsprop", "Momentum", "adam", "sgd"], "right", "natural"),
    ("names of A to D", ["Adam", "momentum", "RMSprop", "SGD"], "not yet", "natural"),
    ("names of A to D", [SGD, SGD, SGD, SGD], "not yet", "probing"),
    ("my_bets", bets_list, "right", "natural"),
    ("my_bets", bets_all_alike, "not yet", "natural"),
    ("my_bets", bets_dict, "right, but", "natural"),
    ("my_bets", bets_three, "not yet", "natural"),
    ("my_bets", bets_bold, "not yet", "natural"),
    ("where the best rates go", [2, 2, 0, 0], "right", "natural"),
    ("where the best rates go", (2, 2, 0, 0), "right", "natural"),
    ("where the best rates go", [2, 2, 0, 1], "not yet", "natural"),
    ("where the best rates go", [2, 0, 0, 0], "not yet", "natural"),
    ("where the best rates go", [100, 100, 0, 0], "not yet", "natural"),
    ("a rate for all four", 0.02, "right", "natural"),
    ("a rate for all four", 0.03, "right", "natural"),
    ("a rate for all four", 0.01, "not yet", "natural"),
    ("a rate for all four", 0.1, "not yet", "natural"),
    ("my_adagrad_step", adagrad_new, "right", "natural"),
    ("my_adagrad_step", adagrad_without_root, "not yet", "natural"),
    ("my_adam_step", adam, "right", "natural"),
    ("my_adam_step", adam_with_defaults, "not yet", "probing"),
    ("my_adam_step", adam_of_the_first, "not yet", "natural"),
    ("my_hidden_errors", hidden_turned, "right", "natural"),
    ("my_hidden_errors", hidden_plain, "not yet", "natural"),
    ("a step decay after 25", 0.009, "right", "natural"),
    ("a step decay after 25", 0.03, "not yet", "natural"),
    ("a cosine after a quarter", 0.085, "right", "natural"),
    ("a cosine after a quarter", 0.075, "not yet", "natural"),
    ("Adagrad's fourth step", 0.5, "right", "natural"),
    ("Adagrad's fourth step", 0.25, "not yet", "natural"),
    ("first loss of ten classes", np.inf, "not yet", "probing"),
    ("gradient after two walks", "two", "right", "natural"),
    ("lr 0.21", "flies", "right", "natural"),
    ("my_perfect_lr", perfect_lr_again_1, "not yet", "natural"),
    ("my_perfect_lr", perfect_lr_again_2, "not yet", "natural"),
    ("my_perfect_lr", perfect_lr_again_3, "not yet", "natural"),
    ("my_perfect_lr", perfect_lr_again_4, "not yet", "probing"),
    ("w after p = p - lr * p.grad", "unmoved", "right", "natural"),
    ("my_move", move_again_1, "not yet", "natural"),
    ("my_move", move_again_2, "not yet", "natural"),
    ("my_move", move_again_3, "not yet", "natural"),
    ("my_move", move_again_4, "not yet", "natural"),
    ("my_move", move_again_5, "not yet", "natural"),
    ("my_move", move_again_6, "not yet", "natural"),
    ("my_move", move_again_7, "not yet", "natural"),
    ("my_move", move_again_8, "not yet", "natural"),
    ("my_move", move_again_9, "not yet", "natural"),
    ("my_move", move_again_10, "not yet", "probing"),
    ("my_move", move_again_11, "right, but", "probing"),
    ("order of the five lines", "c e d a b", "right", "natural"),
    ("order of the five lines", ["d", "c", "e", "a", "b"], "right", "natural"),
    ("my_opinion", opinion_again_1, "not yet", "natural"),
    ("my_opinion", opinion_again_2, "not yet", "natural"),
    ("my_opinion", opinion_again_3, "not yet", "natural"),
    ("my_opinion", opinion_again_4, "not yet", "natural"),
    ("my_opinion", opinion_again_5, "not yet", "natural"),
    ("my_opinion", opinion_again_6, "not yet", "natural"),
    ("my_opinion", opinion_again_7, "not yet", "probing"),
    ("share of updates that make it worse", "half", "right", "natural"),
    ("the same for batches of 20", 0.51 / np.sqrt(20), "not yet", "natural"),
    ("the same for batches of 20", 0.8, "not yet", "natural"),
    ("my_falling", falling_again_1, "not yet", "natural"),
    ("my_falling", falling_again_2, "not yet", "natural"),
    ("my_falling", falling_again_3, "not yet", "natural"),
    ("my_falling", falling_again_4, "not yet", "natural"),
    ("my_falling", falling_again_5, "not yet", "natural"),
    ("my_falling", falling_again_6, "not yet", "natural"),
    ("my_falling", falling_again_7, "not yet", "natural"),
    ("my_falling", falling_again_8, "not yet", "probing"),
    ("my_falling", falling_again_9, "not yet", "probing"),
    ("SGD with × 0.97 at each step", "stops", "right", "natural"),
    ("largest lr for the cholesterol", 0.0512, "not yet", "natural"),
    ("largest lr for the cholesterol", 1195, "not yet", "natural"),
    ("largest lr for the cholesterol", 0.84, "not yet", "natural"),
    ("largest lr for the cholesterol", 0.0009, "not yet", "natural"),
    ("my_roll", roll_again_1, "right", "natural"),
    ("my_roll", roll_again_2, "not yet", "natural"),
    ("my_roll", roll_again_3, "not yet", "natural"),
    ("my_roll", roll_again_4, "not yet", "natural"),
    ("my_roll", roll_again_5, "not yet", "natural"),
    ("my_roll", roll_again_6, "not yet", "probing"),
    ("velocity in the end", 2.71, "not yet", "natural"),
    ("velocity in the end", 1 / 0.9, "not yet", "natural"),
    ("velocity in the end", 19, "not yet", "natural"),
    ("velocity in the end", 9.5, "not yet", "probing"),
    ("my_scaled", scaled_again_1, "not yet", "natural"),
    ("my_scaled", scaled_again_2, "not yet", "natural"),
    ("my_scaled", scaled_again_3, "not yet", "natural"),
    ("my_scaled", scaled_again_4, "not yet", "natural"),
    ("my_scaled", scaled_again_5, "not yet", "natural"),
    ("my_scaled", scaled_again_6, "right", "natural"),
    ("my_scaled", scaled_again_7, "not yet", "natural"),
    ("my_scaled", scaled_again_8, "not yet", "natural"),
    ("RMSprop's first step", 0, "not yet", "natural"),
    ("RMSprop's first step", 1e8, "not yet", "natural"),
    ("my_corrected", corrected_again_1, "not yet", "natural"),
    ("my_corrected", corrected_again_2, "not yet", "natural"),
    ("my_corrected", corrected_again_3, "not yet", "natural"),
    ("my_corrected", corrected_again_4, "not yet", "natural"),
    ("my_corrected", corrected_again_5, "not yet", "natural"),
    ("my_corrected", corrected_again_6, "not yet", "natural"),
    ("my_corrected", corrected_again_7, "not yet", "natural"),
    ("my_corrected", corrected_again_8, "not yet", "probing"),
    ("names of A to D", "RMSprop, momentum, Adam, plain", "right", "natural"),
    ("names of A to D", ["RMSProp", "momentun", "Adam", "plain"], "right", "probing"),
    ("my_bets", bets_again_1, "not yet", "probing"),
    ("where the best rates go", "2 2 0 0", "right", "natural"),
    ("where the best rates go", [-2, -2, 0, 0], "right", "natural"),
    ("where the best rates go", [4, 4, 0, 0], "not yet", "natural"),
    ("a rate for all four", 0.018, "right", "natural"),
    ("my_hidden_errors", hidden_errors_again_1, "not yet", "natural"),
    ("my_hidden_errors", hidden_errors_again_2, "not yet", "natural"),
    ("my_hidden_errors", hidden_errors_again_3, "not yet", "natural"),
    ("my_hidden_errors", hidden_errors_again_4, "not yet", "natural"),
    ("Adagrad's fourth step", 0.577, "not yet", "natural"),
    ("Adagrad's fourth step", 1 / np.sqrt(3), "not yet", "natural"),
    ("a step decay after 25", 0.0049, "not yet", "natural"),
    ("a step decay after 25", 0.1 - 2 * 0.3, "not yet", "natural"),
    ("a cosine after a quarter", 0.1 * (1 + np.cos(10)) / 2, "not yet", "natural"),
    ("a cosine after a quarter", 0.0962, "not yet", "natural"),
    ("my_adagrad_step", adagrad_step_again_1, "not yet", "natural"),
    ("my_adagrad_step", adagrad_step_again_2, "not yet", "natural"),
    ("my_adagrad_step", adagrad_step_again_3, "not yet", "natural"),
    ("my_adagrad_step", adagrad_step_again_4, "right", "natural"),
    ("my_adam_step", adam_step_again_1, "not yet", "natural"),
    ("my_adam_step", adam_step_again_2, "not yet", "natural"),
    ("my_adam_step", adam_step_again_3, "not yet", "natural"),
    ("my_adam_step", adam_step_again_4, "not yet", "natural"),
    ("my_adam_step", adam_step_again_5, "not yet", "natural"),
    ("my_adam_step", adam_step_again_6, "not yet", "natural"),
    ("RMSprop's first step", 0, "not yet", "probing"),
    ("velocity in the end", -np.inf, "not yet", "probing"),
    ("RMSprop's first step", 0.001, "not yet", "natural"),
    ("RMSprop's first step", 0.0, "not yet", "natural"),
    ("RMSprop's first step", 0.012, "not yet", "natural"),
    ("a cosine after a quarter", 0.0080, "not yet", "natural"),
    ("a cosine after a quarter", 0.1 * np.cos(0.25), "not yet", "natural"),
    ("a cosine after a quarter", 0.0095, "not yet", "natural"),
    ("where the best rates go", [-2, 2, 0, 0], "not yet", "natural"),
    ("where the best rates go", [0.01, 0.01, 1, 1], "not yet", "natural"),
    ("where the best rates go", ["2", "2", "0", "0"], "right", "natural"),
    ("where the best rates go", [2, 2, -2, -2], "not yet", "natural"),
    ("the longest uncorrected step", "a later", "right", "natural"),
    ("SGD with × 0.97 at each step", "on the way", "right", "natural"),
    ("my_move", move_again_12, "not yet", "natural"),
    ("my_move", move_again_13, "not yet", "natural"),
    ("my_move", move_again_14, "not yet", "natural"),
    ("my_move", move_again_15, "not yet", "natural"),
    ("my_move", move_again_16, "not yet", "natural"),
    ("my_roll", roll_again_7, "not yet", "natural"),
    ("my_roll", roll_again_8, "not yet", "natural"),
    ("my_roll", roll_again_9, "not yet", "natural"),
    ("my_roll", roll_again_10, "not yet", "natural"),
    ("my_falling", falling_again_10, "not yet", "natural"),
    ("my_falling", falling_again_11, "not yet", "natural"),
    ("velocity in the end", 0.1, "not yet", "natural"),
    ("whose lr must be changed", "momentum's", "right", "natural"),
    ("whose lr must be changed", "Momentum", "right", "natural"),
    ("whose lr must be changed", "both", "not yet", "natural"),
    ("whose lr must be changed", "Adam", "not yet", "natural"),
]

# A third batch: what was told with numbers alone
TYPED = [
    ("as fast as lr 0.05", "0.01", "not yet", "natural"),
    ("order of the five lines", "[3, 5, 4, 1, 2]", "not yet", "natural"),
    ("lr in cents", "5e-10", "not yet", "natural"),
    ("lr in cents", "0.000025", "not yet", "natural"),
    ("largest lr for the cholesterol", "0.01", "not yet", "natural"),
    ("largest lr for the cholesterol", "0.5", "not yet", "natural"),
    ("where the best rates go", "[4, 4, 2, 2]", "not yet", "natural"),
    ("a rate for all four", "[0.05, 0.005, 0.005, 0.01]", "not yet", "natural"),
    ("a step decay after 25", "0.07", "not yet", "natural"),
    ("a cosine after a quarter", "0.1707", "not yet", "natural"),
    ("a cosine after a quarter", "0.1 * (1 + np.cos(45)) / 2", "not yet", "natural"),
    ("my_perfect_lr", "def my_perfect_lr(a):\n    return 2 / a", "not yet", "natural"),
    ("my_perfect_lr", "def my_perfect_lr(a):\n    return 1 / (10 * a)", "not yet", "natural"),
    ("my_perfect_lr", "def my_perfect_lr(a):\n    return 1 - lr * 2 * a", "not yet", "natural"),
    ("my_move", "def my_move(p, lr):\n    p.data -= lr / p.grad", "not yet", "natural"),
    ("my_move", "def my_move(p, lr):\n    p.data *= lr * p.grad", "not yet", "natural"),
    ("my_move", "def my_move(p, lr):\n    w.data -= lr * w.grad", "not yet", "natural"),
    (
        "my_move",
        "def my_move(p, lr):\n    for p in p:\n        p.data -= lr * p.grad",
        "not yet",
        "natural",
    ),
    (
        "my_opinion",
        "def my_opinion(w, b, x, y):\n    miss = w * x + b - y\n    return 2 * miss * x",
        "not yet",
        "natural",
    ),
    (
        "my_opinion",
        "def my_opinion(w, b, x, y):\n"
        "    miss = w * x + b - y\n"
        "    return 2 * miss * w, 2 * miss * b",
        "not yet",
        "natural",
    ),
    (
        "my_opinion",
        "def my_opinion(w, b, x, y):\n    miss = w * x + b - y\n    return 2 * miss * x + 2 * miss",
        "not yet",
        "natural",
    ),
    (
        "my_opinion",
        "def my_opinion(w, b, x, y):\n    miss = w * x + b + y\n    return 2 * miss * x, 2 * miss",
        "not yet",
        "natural",
    ),
    (
        "my_opinion",
        "def my_opinion(w, b, x, y):\n    miss = w * x + b - y\n    return miss**2 * x, miss**2",
        "not yet",
        "natural",
    ),
    (
        "my_opinion",
        "def my_opinion(w, b, x, y):\n"
        "    miss = w * x + b - y\n"
        "    return 2 * miss * x / 400, 2 * miss / 400",
        "not yet",
        "natural",
    ),
    (
        "my_opinion",
        "def my_opinion(w, b, x, y):\n    miss = w * x + b - y\n    return 2 * miss * x, 1",
        "not yet",
        "natural",
    ),
    ("my_falling", "def my_falling(start, t):\n    return start - t / 50", "not yet", "natural"),
    ("my_falling", "def my_falling(start, t):\n    return start / 50 * t", "not yet", "natural"),
    (
        "my_roll",
        "def my_roll(w, v, gradient, lr, momentum):\n"
        "    v = momentum * v\n"
        "    return v, w - lr * (v + gradient)",
        "not yet",
        "natural",
    ),
    (
        "my_scaled",
        "def my_scaled(w, s, gradient, lr, alpha):\n"
        "    s = alpha * s + (1 - alpha) * gradient**2\n"
        "    return s, w - lr * gradient / (np.sqrt(s) + 1e8)",
        "not yet",
        "natural",
    ),
    (
        "my_scaled",
        "def my_scaled(w, s, gradient, lr, alpha):\n"
        "    s = alpha * s + 1 - alpha * gradient**2\n"
        "    return s, w - lr * gradient / (np.sqrt(s) + 1e-8)",
        "not yet",
        "natural",
    ),
    ("my_bets", "def my_bets():\n    0.5, 0.05, 0.005, 0.01", "not yet", "natural"),
    (
        "my_hidden_errors",
        "def my_hidden_errors(errors, weight):\n    return errors @ weight.T / len(errors)",
        "not yet",
        "natural",
    ),
    (
        "my_hidden_errors",
        "def my_hidden_errors(errors, weight):\n    return errors @ np.linalg.inv(weight)",
        "not yet",
        "natural",
    ),
    (
        "my_hidden_errors",
        "def my_hidden_errors(errors, weight):\n    return errors @ weight.T * (1 - weight**2)",
        "not yet",
        "natural",
    ),
    (
        "my_hidden_errors",
        "def my_hidden_errors(errors, weight):\n"
        "    return errors @ weight.reshape(weight.shape[1], weight.shape[0])",
        "not yet",
        "natural",
    ),
    (
        "my_adagrad_step",
        "def my_adagrad_step(w, s, gradient, lr):\n"
        "    s = s + gradient**2\n"
        "    return s, w - lr * gradient * np.sqrt(s)",
        "not yet",
        "natural",
    ),
    (
        "my_adagrad_step",
        "def my_adagrad_step(w, s, gradient, lr):\n"
        "    s = s + gradient**2\n"
        "    return s, w - lr * s / (np.sqrt(s) + 1e-8)",
        "not yet",
        "natural",
    ),
    (
        "my_adam_step",
        "def my_adam_step(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):\n"
        "    m = b2 * m + (1 - b2) * gradient\n"
        "    v = b1 * v + (1 - b1) * gradient**2\n"
        "    mh = m / (1 - b1**t)\n"
        "    vh = v / (1 - b2**t)\n"
        "    return m, v, w - lr * mh / (np.sqrt(vh) + 1e-8)",
        "not yet",
        "natural",
    ),
    (
        "my_adam_step",
        "def my_adam_step(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):\n"
        "    mh = m / (1 - b1**t)\n"
        "    vh = v / (1 - b2**t)\n"
        "    m = b1 * m + (1 - b1) * gradient\n"
        "    v = b2 * v + (1 - b2) * gradient**2\n"
        "    return m, v, w - lr * mh / (np.sqrt(vh) + 1e-8)",
        "not yet",
        "natural",
    ),
    (
        "my_adam_step",
        "def my_adam_step(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):\n"
        "    m = b1 * m + (1 - b1) * gradient\n"
        "    v = b2 * v + (1 - b2) * gradient**2\n"
        "    mh = m / (1 - b1**t)\n"
        "    vh = v / (1 - b2**t)\n"
        "    return m, v, w - mh / (np.sqrt(vh) + 1e-8)",
        "not yet",
        "natural",
    ),
    (
        "my_adam_step",
        "def my_adam_step(w, m, v, gradient, t, lr=0.1, b1=0.9, b2=0.999):\n"
        "    m = b1 * m + gradient\n"
        "    v = b2 * v + gradient**2\n"
        "    mh = m / (1 - b1**t)\n"
        "    vh = v / (1 - b2**t)\n"
        "    return m, v, w - lr * mh / (np.sqrt(vh) + 1e-8)",
        "not yet",
        "natural",
    ),
    ("my_bets", "def my_bets():\n    return [0.5, 0.05, 0.005, 0.01]", "right", "natural"),
]
NAMES = {"np": np, "w": Tensor([1.0, 2.0]), "lr": 0.1}
ANSWERS += [(name, typed(name, source, NAMES), *deserved) for name, source, *deserved in TYPED]

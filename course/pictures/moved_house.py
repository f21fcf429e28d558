"""The moved house of chapter 2: one price moves, and three costs answer with their best lines."""

from itertools import combinations, product

import numpy as np

from course.moving import INK, Axes, Line, Moving, Text, apart
from course.pictures import BLUE, GREEN, ORANGE

SIZE = np.array([50.0, 70.0, 90.0, 110.0, 130.0])  # m²
PRICE = np.array([155.0, 220.0, 280.0, 455.0, 405.0])  # thousand €
PRICES = np.arange(0.0, 701.0, 5.0)  # what one house may cost
CLEARLY = 0.3  # so much further one line has to turn than another
DELTA = 50.0  # from here on Huber counts a miss by its length
LOOKS = {"MSE": (BLUE, "none"), "MAE": (ORANGE, "8 5"), "Huber": (GREEN, "9 4 2 4")}


def best_lines(prices):
    """The best lines through houses of these prices (…, 5): {cost: (least, largest) slope}.

    Each is a pair (slope, height at 0) of arrays; where a whole fan is best, its two ends differ.
    """
    middle = SIZE.mean()
    slope = ((SIZE - middle) * prices).sum(-1) / ((SIZE - middle) ** 2).sum()
    mse = slope, prices.mean(-1) - slope * middle
    return {"MSE": (mse, mse), "MAE": least_absolute(prices), "Huber": least_huber(prices)}


def least_absolute(prices):
    """Some best line goes through two of the houses: all ten are tried."""
    i, j = np.array(list(combinations(range(5), 2))).T
    slope = (prices[..., j] - prices[..., i]) / (SIZE[j] - SIZE[i])
    shift = prices[..., i] - slope * SIZE[i]
    misses = slope[..., None] * SIZE + shift[..., None] - prices[..., None, :]
    cost = np.abs(misses).sum(-1)
    return ends(slope, shift, cost < cost.min(-1, keepdims=True) + 1e-6)


def least_huber(prices):
    """Each house lies near the line, or too high, or too low: all 243 ways are tried.

    A near one pulls by its miss, another by delta: with the pulls in balance the line is best.
    """
    side = np.array([way for way in product((-1, 0, 1), repeat=5) if way.count(0) > 1])
    near = side == 0
    pull = np.where(near, prices[..., None, :], 0) + DELTA * side
    n, x, xx = near.sum(-1), (near * SIZE).sum(-1), (near * SIZE**2).sum(-1)
    slope = (n * (pull * SIZE).sum(-1) - x * pull.sum(-1)) / (n * xx - x * x)
    shift = (pull.sum(-1) - slope * x) / n
    above = prices[..., None, :] - slope[..., None] * SIZE - shift[..., None]
    agrees = np.where(near, np.abs(above) <= DELTA + 1e-6, side * above >= DELTA - 1e-6).all(-1)
    return ends(slope, shift, agrees)


def ends(slope, shift, best):
    """Of the lines that are best, the one of least and the one of largest slope."""
    found = []
    for at in (np.where(best, slope, np.inf).argmin(-1), np.where(best, slope, -np.inf).argmax(-1)):
        at = at[..., None]
        found.append([np.take_along_axis(each, at, -1)[..., 0] for each in (slope, shift)])
    return found


def every_price():
    """Prices (5, 141, 5): one house at a time costs each of PRICES, the others stay."""
    houses = np.tile(PRICE, (5, len(PRICES), 1))
    houses[range(5), :, range(5)] = PRICES
    return houses


def least_turns(lines, before):
    """For each cost how far its best line has turned: of a fan, the line that turned least."""
    return {
        cost: np.maximum(0, np.maximum(low[0] - before[cost][1][0], before[cost][0][0] - high[0]))
        for cost, (low, high) in lines.items()
    }


def moved_house(start=4):
    """The figure; `start` is the house that is taken first, the largest."""
    houses, home = every_price(), (PRICE / 5).astype(int)
    lines, before = best_lines(houses), best_lines(PRICE)
    turns = least_turns(lines, before)
    figure = Moving(
        "The moved house",
        "Left, five houses and the best line by each cost; one house can be moved. "
        "Right, the slope of each best line for every price of that house.",
        size=(720, 405),
    )
    figure.control("house", 5, start)
    figure.slider("price", in_euros(PRICES), home[start])
    figure.button("back")

    plane = Axes((40, 140), (0, 700), (46, 58, 300, 296))
    slopes = Axes((-3.5, 7.5), (0, 700), (520, 58, 188, 296))
    plane.draw(figure, "Five houses", "size (m²)", "price (thousand €)", SIZE, range(0, 701, 100))
    across = {"xticks": (-2, 0, 2, 4, 6), "yticks": range(0, 701, 100)}
    slopes.draw(figure, xlabel="slope (thousand € per m²)", **across)
    about = Text("Slopes, for every price of the {} m² house", [[f"{size:.0f}"] for size in SIZE])
    figure.add("text", about, x=708, y=24, text_anchor="end", class_="h")
    figure.add("text", "price", x=486, y=43, class_="n")
    inside, beside = figure.clip(plane), figure.clip(slopes)
    edges = np.array([40.0, 140.0])
    heights = []
    for cost, (colour, dash) in LOOKS.items():
        (low, high), (old, _) = lines[cost], before[cost]
        left = [slope[..., None] * edges + shift[..., None] for slope, shift in (low, high)]
        look = {"stroke": colour, "stroke_dasharray": dash, "clip_path": inside}
        figure.add(
            "path", d=Line(plane(edges, old[0] * edges + old[1])),
            **look | {"stroke_width": 6, "opacity": 0.16, "stroke_dasharray": "none"},
        )  # fmt: skip
        around = np.concatenate([plane(edges, left[0]), plane(edges, left[1])[..., ::-1, :]], -2)
        fill = f"fill:{colour};fill-opacity:.13;stroke:none"
        figure.add("path", d=Line(around, closed=True), style=fill, clip_path=inside)
        for line in left:
            figure.add("path", d=Line(plane(edges, line)), **look, stroke_width=2.2)
        heights.append(np.clip(plane(140, (left[0] + left[1])[..., 1] / 2)[..., 1], 66, 344))
        # the other panel: all prices of the house at once, and where we are
        band = np.concatenate([slopes(low[0], PRICES), slopes(high[0], PRICES)[:, ::-1]], -2)
        figure.add(
            "path", d=Line(band[:, None], closed=True), stroke=colour, stroke_width=1.6,
            style=f"fill:{colour};fill-opacity:.13", clip_path=beside,
        )  # fmt: skip
        now = np.stack([slopes(low[0], PRICES), slopes(high[0], PRICES)], -2)
        figure.add("path", d=Line(now), stroke=colour, stroke_width=9, clip_path=beside)

    label(figure, lines, np.stack(heights, -1))
    points = [plane(SIZE[k], PRICES if k == i else PRICE[k]) for i in range(5) for k in range(5)]
    points = np.array([np.broadcast_to(p, (len(PRICES), 2)) for p in points])
    points = points.reshape(5, 5, len(PRICES), 2)  # house moved, house drawn, price
    was = plane(SIZE, PRICE)[:, None]
    figure.add(
        "circle", cx=Text("{}", was[..., 0]), cy=Text("{}", was[..., 1]), r=7, fill="none",
        stroke="#888", stroke_width=1.5, stroke_dasharray="2 2.5",
    )  # fmt: skip
    for k, size in enumerate(SIZE):
        name = f"price of the {size:.0f} m² house"
        figure.handle("price", points[:, k], name, sets={"house": k}, home=int(home[k]))
    far, at = lets_go(houses, lines), points[range(5), range(5)]
    left = (SIZE > 80)[:, None]  # on which side of the house there is room
    figure.add(
        "text", "Huber let go", class_="t o", opacity=Text("{}", far * 1.0),
        x=Text("{}", at[..., 0] + np.where(left, -20, 20)), y=Text("{}", at[..., 1] + 4),
        text_anchor=Text("{}", np.where(left, "end", "start")),
    )  # fmt: skip
    figure.says("turned: MSE {:2}, MAE {}{:2}", turns["MSE"],
                np.where(fan(lines["MAE"]), "at least ", ""), turns["MAE"])  # fmt: skip
    figure.goal(f"Turn the MAE line further than the MSE line, by more than {CLEARLY}.",
                turns["MAE"] > turns["MSE"] + CLEARLY)  # fmt: skip
    figure.goal(
        "Take the largest house to where Huber lets go of it.", far & (SIZE == 130)[:, None]
    )
    return figure


def cover():
    """Three best lines without names, and the price of one house, the fourth, to move."""
    houses = np.tile(PRICE, (len(PRICES), 1))
    houses[:, 3] = PRICES
    figure = Moving(
        "Three lines, one price",
        "Five houses, and three best lines called A, B and C; the price of one house can be moved.",
        size=(720, 350),
    )
    figure.slider("price", in_euros(PRICES), int(PRICE[3] / 5))
    figure.button("back")
    plane = Axes((40, 140), (0, 700), (60, 50, 600, 250))
    plane.draw(figure, "Three best lines for five houses", "size (m²)", "price (thousand €)",
               SIZE, range(0, 701, 100))  # fmt: skip
    inside, edges, heights = figure.clip(plane), np.array([40.0, 140.0]), []
    lines = {cost: nearest(*ends, best_lines(PRICE)[cost][0][0])
             for cost, ends in best_lines(houses).items()}  # fmt: skip
    for cost, (slope, shift) in lines.items():
        colour, dash = LOOKS[cost]
        line = plane(edges, slope[:, None] * edges + shift[:, None])
        figure.add("path", d=Line(line), stroke=colour, stroke_dasharray=dash, stroke_width=2.4,
                   clip_path=inside)  # fmt: skip
        heights.append(np.clip(line[:, 1, 1], 56, 296))
    tops = apart(np.stack(heights, -1), 20)
    for k, (cost, letter) in enumerate(zip(lines, "ACB")):
        ink = f"fill:{INK[LOOKS[cost][0]]}"
        figure.add("text", letter, x=668, y=Text("{}", tops[:, k] + 5), class_="b o", style=ink)
    for x, y in plane(SIZE, PRICE)[[0, 1, 2, 4]]:
        figure.add("circle", cx=float(x), cy=float(y), r=6, fill="#333")
    x, y = plane(SIZE[3], PRICE[3])
    figure.add("circle", cx=float(x), cy=float(y), r=7, fill="none", stroke="#888",
               stroke_width=1.5, stroke_dasharray="2 2.5")  # fmt: skip
    figure.handle("price", plane(SIZE[3], PRICES), "price of the 110 m² house")
    return figure


def tug(house, price):
    """With this price of this house: how many lie above the old MAE line, on it, below it."""
    (slope, shift), _ = best_lines(PRICE)["MAE"]
    above = np.where(house == SIZE, price, PRICE) - slope * SIZE - shift
    return tuple(int(n) for n in ((above > 1e-6).sum(), (abs(above) <= 1e-6).sum(),
                                  (above < -1e-6).sum()))  # fmt: skip


def stays(house, price):
    """Whether with this price the old MAE line is still a best one: its cost is the least."""
    prices = np.where(house == SIZE, price, PRICE)
    lines = best_lines(PRICE)["MAE"][0], best_lines(prices)["MAE"][0]
    before, best = (np.abs(slope * SIZE + shift - prices).sum() for slope, shift in lines)
    return bool(before < best + 1e-6)


def nearest(low, high, before):
    """Of a fan of best lines, given by its ends, the one whose slope is nearest to `before`."""
    width = np.maximum(high[0] - low[0], 1e-12)
    share = np.clip((before - low[0]) / width, 0, 1)
    return [a + share * (b - a) for a, b in zip(low, high)]


def label(figure, lines, heights):
    """Beside the lines their names and slopes, none over another."""
    tops = apart(heights, 20)
    for k, (cost, (low, high)) in enumerate(lines.items()):
        to = np.where(fan((low, high)), " to ", "")
        upper = np.where(fan((low, high)), signed(high[0]), "")
        words = Text(cost + " {}{}{}", signed(low[0]), to, upper)
        ink = f"fill:{INK[LOOKS[cost][0]]}"
        figure.add("text", words, x=353, y=Text("{}", tops[..., k] + 4), class_="b o", style=ink)
    some = np.any([fan(each) for each in lines.values()], axis=0)
    below = tops.max(-1) + 24
    for i, words in enumerate(("a fan: each line", "in it is as good")):
        figure.add("text", words, x=353, y=Text("{}", below + 16 * i), class_="t o",
                   opacity=Text("{}", some * 1.0))  # fmt: skip


def in_euros(prices):
    return [f"{price:.0f} 000 €" if price else "0 €" for price in prices]


def fan(line):
    low, high = line
    return high[0] - low[0] > 0.005


def signed(slopes):
    """Slopes in words, with a true minus."""
    return np.vectorize(lambda s: f"{s + 1e-9:.2f}".replace("-", "−").replace("−0.00", "0.00"))(
        slopes
    )


def lets_go(houses, lines):
    """Where the moved house lies so far off that Huber's line would not follow it further."""
    moved = houses[range(5), :, range(5)]
    low, high = lines["Huber"]
    misses = [moved - slope * SIZE[:, None] - shift for slope, shift in (low, high)]
    return np.min(np.abs(misses), axis=0) > DELTA - 1e-6

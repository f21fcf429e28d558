"""MNIST, 70,000 handwritten digits: 11 MB, brought once and kept where pooch keeps files.

pip install -r examples/requirements.txt, then python examples/mnist.py.
"""

import sys

import numpy as np
import pooch

import minnet as mn

# Y. LeCun, C. Cortes and C. Burges 1998; this is the copy that PyTorch reads.
ADDRESS = "https://ossci-datasets.s3.amazonaws.com/mnist/"
CACHE = pooch.os_cache("minnet")
SUMS = {
    "train-images-idx3-ubyte": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}


def bring(name):
    """The array in one of the files; downloaded if it is not there, refused if it is another."""
    address, place = f"{ADDRESS}{name}.gz", {"fname": f"{name}.gz", "path": CACHE}
    try:
        path = pooch.retrieve(address, known_hash=SUMS[name], progressbar=True, **place)
    except (OSError, ValueError) as error:
        sys.exit(f"{address} did not come, or not as it should: {error}")
    return mn.read_idx(path, sha256=SUMS[name])


def main():
    rng = np.random.default_rng(0)
    images, y, test_images, test_y = map(bring, SUMS)
    x, test_x = (a.reshape(-1, 784).astype(np.float32) / 255 for a in (images, test_images))
    network = mn.Sequential(mn.Linear(784, 256, rng=rng), mn.relu, mn.Linear(256, 10, rng=rng))
    optimizer = mn.Adam(network.astype(np.float32).parameters())
    schedule = mn.CosineDecay(optimizer, steps=10)
    batches = mn.Batches(x, y, batch_size=64, rng=rng)
    mn.train(network, mn.cross_entropy, optimizer, batches, epochs=10, schedule=schedule)
    print(f"test accuracy {mn.accuracy(network.predict(test_x), test_y):.4f}")


if __name__ == "__main__":
    main()

"""Turn a file of minnet's into one that PyTorch's network of the same layers loads, and back.

    python tools/pytorch_files.py FROM.safetensors TO.safetensors [NAME …]

The names are the same on both sides; a Linear weight is (in, out) here and (out, in) there. So
every weight with two axes is turned, except those that are named: an embedding's is the same on
both sides. In PyTorch, `model.load_state_dict(safetensors.torch.load_file("TO.safetensors"))`;
in minnet, `network.load_state_dict(minnet.load("TO.safetensors"))`.
"""

import sys

import numpy as np

from minnet import load, save


def turned(state, same=()):
    """A state with every weight of two axes transposed, except those named in `same`.

    Only arrays are kept: PyTorch has its dice elsewhere.
    """
    arrays = {name: array for name, array in state.items() if isinstance(array, np.ndarray)}
    return {
        name: array.T if name.endswith("weight") and array.ndim == 2 and name not in same else array
        for name, array in arrays.items()
    }


def main(source, target, *same):
    save(turned(load(source), same), target)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

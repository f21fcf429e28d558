"""A file of ours in PyTorch's hands, and one of theirs in ours: the same logits."""

import numpy as np
import pytest

import minnet as mn
from tools.pytorch_files import main

torch = pytest.importorskip("torch")
safetensors = pytest.importorskip("safetensors.torch")
nn = torch.nn


def ours(rng):
    """A network of all kinds of layers that learn, for pictures (n, 2, 6, 5)."""
    return mn.Sequential(
        mn.Conv2d(2, 4, 3, padding=1, rng=rng),
        mn.BatchNorm(4),
        mn.relu,
        mn.MaxPool2d(2),
        mn.Conv2d(4, 3, 2, bias=False, rng=rng),
        mn.AvgPool2d(2, stride=1, padding=1),
        mn.Flatten(),
        mn.Dropout(0.3, rng=rng),
        mn.Linear(18, 7, rng=rng),
        mn.LayerNorm(7),
        mn.Sequential(mn.tanh, mn.Linear(7, 3, bias=False, rng=rng)),
    )


def theirs():
    """The same layers, as PyTorch has them."""
    return nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 3, 2, bias=False),
        nn.AvgPool2d(2, stride=1, padding=1),
        nn.Flatten(),
        nn.Dropout(0.3),
        nn.Linear(18, 7),
        nn.LayerNorm(7),
        nn.Sequential(nn.Tanh(), nn.Linear(7, 3, bias=False)),
    )


def data():
    rng = np.random.default_rng(5)
    return rng.normal(1, 2, size=(40, 2, 6, 5)), rng.integers(0, 3, 40)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-9), ("float32", 1e-4)])
def test_pytorch_loads_our_file_and_answers_with_the_same_logits(tmp_path, dtype, tolerance):
    x, y = data()
    x, network = x.astype(dtype), ours(np.random.default_rng(0)).astype(dtype)
    optimizer = mn.Adam(network.parameters(), lr=0.01)
    mn.train(network, mn.cross_entropy, optimizer, mn.Batches(x, y, batch_size=8), epochs=2)
    mn.save(network.state_dict(), tmp_path / "ours.safetensors")
    main(tmp_path / "ours.safetensors", tmp_path / "turned.safetensors")
    model = theirs().to(getattr(torch, dtype))
    model.load_state_dict(safetensors.load_file(tmp_path / "turned.safetensors"))  # strict
    with torch.no_grad():
        logits = model.eval()(torch.from_numpy(x)).numpy()
    assert np.abs(logits).max() > 0.1
    np.testing.assert_allclose(network.predict(x), logits, rtol=0, atol=tolerance)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-9), ("float32", 1e-4)])
def test_a_file_that_pytorch_wrote_is_read_by_us(tmp_path, dtype, tolerance):
    x, y = data()
    x, model = x.astype(dtype), theirs().to(getattr(torch, dtype))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(3):
        loss = nn.functional.cross_entropy(model(torch.from_numpy(x)), torch.from_numpy(y))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    state = model.state_dict()
    assert "1.num_batches_tracked" in state
    safetensors.save_file(state, tmp_path / "theirs.safetensors", {"format": "pt"})
    main(tmp_path / "theirs.safetensors", tmp_path / "turned.safetensors")
    network = ours(np.random.default_rng(0)).astype(dtype)
    network.load_state_dict(mn.load(tmp_path / "turned.safetensors"))
    with torch.no_grad():
        logits = model.eval()(torch.from_numpy(x)).numpy()
    np.testing.assert_allclose(network.predict(x), logits, rtol=0, atol=tolerance)


def test_an_embedding_stays_as_it_is(tmp_path):
    rng = np.random.default_rng(0)
    network = mn.Sequential(mn.Embedding(5, 4, rng=rng), mn.Linear(4, 2, rng=rng))
    mn.save(network.state_dict(), tmp_path / "ours.safetensors")
    main(tmp_path / "ours.safetensors", tmp_path / "turned.safetensors", "0.weight")
    model = nn.Sequential(nn.Embedding(5, 4), nn.Linear(4, 2)).double()
    model.load_state_dict(safetensors.load_file(tmp_path / "turned.safetensors"))
    ids = rng.integers(0, 5, (3, 6))
    with torch.no_grad():
        logits = model(torch.from_numpy(ids)).numpy()
    np.testing.assert_allclose(network.predict(ids), logits, rtol=0, atol=1e-12)

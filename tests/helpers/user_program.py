"""A user's ten lines, as mypy and an editor see them; they run, too."""

import numpy as np

import minnet as mn

rng = np.random.default_rng(0)
x, y = rng.normal(size=(40, 3)), rng.integers(0, 2, 40)
network = mn.Sequential(mn.Linear(3, 8, rng=rng), mn.tanh, mn.Linear(8, 2, rng=rng))
optimizer = mn.Adam(network.parameters(), lr=0.01)
batches = mn.Batches(x, y, batch_size=8, rng=rng)
history = mn.train(network, mn.cross_entropy, optimizer, batches, epochs=2, validation=(x, y))
w = mn.Tensor([1.0, 2.0])
loss = ((w * 3 - 1) ** 2).mean() + 0.01 * abs(w).sum()
loss.backward()
print(f"{loss.item():.3f}", w.grad, mn.accuracy(network.predict(x), y), network.state_dict().keys())
network.eval()
mn.save(network.state_dict(), "network.safetensors")
network.load_state_dict(mn.load("network.safetensors"))

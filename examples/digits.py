import numpy as np

import minnet as mn

rng = np.random.default_rng(0)
images, labels = mn.load_digits()
pixels = images.reshape(-1, 64) / 16
x, test_x, y, test_y = mn.train_test_split(pixels, labels, test_size=360, rng=rng)
network = mn.Sequential(mn.Linear(64, 256, rng=rng), mn.relu, mn.Linear(256, 10, rng=rng))
optimizer = mn.Adam(network.parameters(), lr=0.01)
schedule = mn.CosineDecay(optimizer, steps=20)
batches = mn.Batches(x, y, batch_size=32, rng=rng)
mn.train(network, mn.cross_entropy, optimizer, batches, epochs=20, schedule=schedule)
print(f"test accuracy {mn.accuracy(network.predict(test_x), test_y):.3f}")

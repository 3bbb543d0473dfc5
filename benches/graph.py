"""Chain graphs and the tanh network in PyTorch and micrograd, on one thread.

Prints lines of name, value and unit, separated by tabs.
"""

import statistics
import time

import micrograd.engine
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def median(work, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times[repeats // 4 :])


def chain(make, nodes):
    """Both passes through w*x*x*..., of which every product is a node."""
    w, x = make(1.0), make(1.0)

    def work():
        value = w
        for _ in range(nodes):
            value = value * x
        value.backward()

    return work


def network_step():
    sizes = [2, 32, 32, 1]
    layers = [torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
    model = torch.nn.Sequential(layers[0], torch.nn.Tanh(), layers[1], torch.nn.Tanh(), layers[2])
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    x, y = torch.randn(1000, 2), torch.randn(1000, 1)

    def work():
        optimizer.zero_grad()
        ((model(x) - y) ** 2).mean().backward()
        optimizer.step()

    return work


if __name__ == "__main__":
    # micrograd's backward pass recurses along the chain.
    for nodes in (10, 100, 1000, 10000):
        seconds = median(chain(lambda value: torch.tensor(value, requires_grad=True), nodes), 20)
        print(f"chain of {nodes}: both passes, PyTorch\t{seconds * 1e9 / nodes:.3f}\tns")
    for nodes in (10, 100):
        seconds = median(chain(micrograd.engine.Value, nodes), 40)
        print(f"chain of {nodes}: both passes, micrograd\t{seconds * 1e9 / nodes:.3f}\tns")
    print(f"network of 1,153 weights: training step, PyTorch\t{median(network_step(), 40) * 1e3:.3f}\tms")

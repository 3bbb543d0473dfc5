"""Training steps of the tanh network and of the small ConvNet, in single precision on one thread,
in PyTorch and in jax.

Prints lines of name, value and unit, separated by tabs. The ConvNet is that of `benches/node.js`.
"""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import torch

from graph import median

torch.set_num_threads(1)
RATE = 1e-3
SIZES = [2, 32, 32, 1]
BATCH = 32


def tanh_network_of_torch():
    torch.set_default_dtype(torch.float32)
    first, second, third = [torch.nn.Linear(a, b) for a, b in zip(SIZES, SIZES[1:])]
    model = torch.nn.Sequential(first, torch.nn.Tanh(), second, torch.nn.Tanh(), third)
    x, y = torch.randn(1000, 2), torch.randn(1000, 1)
    return stepper(model, lambda: ((model(x) - y) ** 2).mean())


def conv_network_of_torch():
    torch.set_default_dtype(torch.float32)
    convolution = lambda a, b: [torch.nn.Conv2d(a, b, 3, padding=1, bias=False), torch.nn.ReLU(), torch.nn.MaxPool2d(2)]
    model = torch.nn.Sequential(*convolution(1, 8), *convolution(8, 16), torch.nn.Flatten(), torch.nn.Linear(64, 10))
    pictures, labels = torch.randn(BATCH, 1, 8, 8), torch.arange(BATCH) % 10
    return stepper(model, lambda: torch.nn.functional.cross_entropy(model(pictures), labels))


def stepper(model, loss):
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)

    def work():
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()

    return work


def tanh_network_of_jax():
    keys = jax.random.split(jax.random.key(1), 5)
    parameters = [(jax.random.normal(key, (a, b)), jnp.zeros(b)) for key, a, b in zip(keys, SIZES, SIZES[1:])]
    x, y = jax.random.normal(keys[3], (1000, 2)), jax.random.normal(keys[4], (1000, 1))

    def loss(parameters):
        *inner, (weight, bias) = parameters
        value = x
        for own, shift in inner:
            value = jnp.tanh(value @ own + shift)
        return ((value @ weight + bias - y) ** 2).mean()

    return compiled(loss, parameters)


def conv_network_of_jax():
    keys = jax.random.split(jax.random.key(1), 4)
    shapes = [(8, 1, 3, 3), (16, 8, 3, 3), (64, 10)]
    parameters = [jax.random.normal(key, shape) / 10 for key, shape in zip(keys, shapes)] + [jnp.zeros(10)]
    pictures, labels = jax.random.normal(keys[3], (BATCH, 1, 8, 8)), jnp.arange(BATCH) % 10

    def layer(value, kernel):
        value = jax.nn.relu(jax.lax.conv(value, kernel, (1, 1), "SAME"))
        return jax.lax.reduce_window(value, -jnp.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")

    def loss(parameters):
        first, second, weight, bias = parameters
        scores = layer(layer(pictures, first), second).reshape(BATCH, -1) @ weight + bias
        return -jax.nn.log_softmax(scores)[jnp.arange(BATCH), labels].mean()

    return compiled(loss, parameters)


def compiled(loss, parameters):
    step = jax.jit(lambda parameters: jax.tree.map(lambda weight, gradient: weight - RATE * gradient, parameters, jax.grad(loss)(parameters)))
    state = [step(parameters)]

    def work():
        state[0] = jax.block_until_ready(step(state[0]))

    return work


if __name__ == "__main__":
    for name, work in [
        ("network 2-32-32-1, 1,000 points: training step, float32, PyTorch", tanh_network_of_torch()),
        ("network 2-32-32-1, 1,000 points: training step, float32, jax", tanh_network_of_jax()),
        ("ConvNet, batch of 32: training step, float32, PyTorch", conv_network_of_torch()),
        ("ConvNet, batch of 32: training step, float32, jax", conv_network_of_jax()),
    ]:
        print(f"{name}\t{median(work, 200) * 1e3:.3f}\tms")

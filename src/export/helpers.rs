//! The functions of tensors in PyTorch, under the names that formulas call them by.

/// Each function with its definition; a program gets those that it calls.
pub(super) const HELPERS: [(&str, &str); 25] = [
    (
        "stack",
        "def stack(items):\n    return torch.stack([torch.as_tensor(item, dtype=torch.get_default_dtype()) for item in items])",
    ),
    ("ones", "def ones(*shape):\n    return torch.ones(shape)"),
    ("zeros", "def zeros(*shape):\n    return torch.zeros(shape)"),
    (
        "normal",
        "def normal(*shape, seed=0, scale=1.0):\n    random = __import__(\"random\").Random(seed)\n    pairs = [(random.random(), random.random()) for _ in range(math.prod(shape))]\n    numbers = [scale * math.sqrt(-2.0 * math.log(1.0 - u)) * math.cos(math.tau * v) for u, v in pairs]\n    return torch.tensor(numbers).reshape(shape)",
    ),
    (
        "uniform",
        "def uniform(*shape, low=0.0, high=1.0, seed=0):\n    random = __import__(\"random\").Random(seed)\n    return torch.tensor([low + (high - low) * random.random() for _ in range(math.prod(shape))]).reshape(shape)",
    ),
    (
        "kaiming",
        "def kaiming(*shape, seed=0):\n    return normal(*shape, seed=seed, scale=math.sqrt(2.0 / (math.prod(shape[1:]) or 1)))",
    ),
    ("sum", "def sum(x, axis=None):\n    return x.sum() if axis is None else x.sum(axis)"),
    ("mean", "def mean(x, axis=None):\n    return x.mean() if axis is None else x.mean(axis)"),
    (
        "max",
        "def max(x, axis=None):\n    if axis is None:\n        return x.max()\n    return x.max(axis).values if isinstance(axis, int) else torch.amax(x, axis)",
    ),
    ("argmax", "def argmax(x, axis=None):\n    return x.argmax(axis).to(torch.get_default_dtype())"),
    ("norm", "def norm(x, axis=None):\n    return torch.linalg.vector_norm(x, dim=axis)"),
    ("softmax", "def softmax(x, axis=-1):\n    return functional.softmax(x, axis)"),
    ("log_softmax", "def log_softmax(x, axis=-1):\n    return functional.log_softmax(x, axis)"),
    (
        "cross_entropy",
        "def cross_entropy(z, label):\n    if z.dim() < 3:\n        return functional.cross_entropy(z, label.long())\n    return functional.cross_entropy(z[None], label.long()[None])",
    ),
    ("embedding", "def embedding(table, index):\n    return table[index.long()]"),
    (
        "where",
        "def where(condition, a, b):\n    return torch.where(condition != 0, torch.as_tensor(a), torch.as_tensor(b))",
    ),
    ("outer", "def outer(a, b):\n    return torch.outer(a, b)"),
    ("transpose", "def transpose(x):\n    return x.transpose(-1, -2) if x.dim() > 1 else x"),
    ("reshape", "def reshape(x, *shape):\n    return x.reshape(shape)"),
    ("concat", "def concat(*items, axis=0):\n    return torch.cat(items, axis)"),
    ("pad", "def pad(x, *sizes):\n    return functional.pad(x, sizes)"),
    (
        "conv",
        "def conv(x, kernels, stride=1, padding=0):\n    convolve = functional.conv2d if x.dim() == 3 else functional.conv1d\n    return convolve(x, kernels, stride=stride, padding=padding)",
    ),
    (
        "maxpool",
        "def maxpool(x, size, stride=None, padding=0):\n    pool = functional.max_pool2d if x.dim() == 3 else functional.max_pool1d\n    return pool(x, size, stride=stride, padding=padding)",
    ),
    (
        "avgpool",
        "def avgpool(x, size, stride=None, padding=0):\n    pool = functional.avg_pool2d if x.dim() == 3 else functional.avg_pool1d\n    return pool(x, size, stride=stride, padding=padding)",
    ),
    (
        "upsample",
        "def upsample(x, factor):\n    return functional.interpolate(x[None], scale_factor=factor, mode=\"nearest\")[0]",
    ),
];

/// The definitions that a program needs, given the names that it calls.
pub(super) fn definitions(called: &[&str]) -> Vec<&'static str> {
    let needs = |name: &str| called.contains(&name) || (name == "normal" && called.contains(&"kaiming"));
    HELPERS.iter().filter(|(name, _)| needs(name)).map(|(_, definition)| *definition).collect()
}

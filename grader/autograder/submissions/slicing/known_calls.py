"""What calls of known functions and methods do: return something new, return a part of what they got, or change it."""

from __future__ import annotations

import builtins

import numpy as np

from autograder.submissions.slicing.values import FRACTION, NEW, NUMBER, Value, words

ANYTHING = "*"
"""Stands for every object: what is not known may change all."""
NUMPY_RANDOM, RANDOM, MATPLOTLIB, WARNINGS = "numpy.random", "random", "matplotlib", "warnings"
SHARED_STATE = frozenset({NUMPY_RANDOM, RANDOM, MATPLOTLIB, WARNINGS})
"""State of libraries that outlives a cell; no variable of a notebook can have these names with a dot in them."""

MODULES = words(
    "numpy math cmath matplotlib gradcheck itertools functools operator copy collections time statistics fractions "
    "decimal random typing numbers string warnings IPython ipywidgets __future__"
)
"""Modules whose import does nothing that marks could depend on."""
_HARMLESS = words("math cmath time statistics fractions decimal typing numbers string operator")
_SETTINGS = words(
    "rcParams rc use style rcdefaults switch_backend ion ioff rc_context interactive set_loglevel rc_file"
)

_MANY = 99

FRESH = "fresh"
"""Returns something new, in which nothing of the arguments is left."""
COPY = "copy"
"""Returns something new whose items are those of the arguments."""
ITERATOR = "iterator"
"""Returns something that can be gone through once, with the items of the arguments."""
PART = "part"
"""Returns an argument itself, or a part of one."""
CHANGES_FIRST = "changes first"
CHANGES_ALL = "changes all"
UNKNOWN = "unknown"

_BUILTINS = {
    FRESH: "len int float bool str abs round sum range print isinstance issubclass type repr ord chr divmod pow "
    "complex any all hash id callable format slice hasattr bytes bin hex ascii object",
    COPY: "list tuple dict set frozenset sorted",
    ITERATOR: "zip map filter enumerate reversed iter",
    PART: "min max",
    CHANGES_FIRST: "next",
}
_NUMPY_FRESH = words(
    "array zeros ones empty full zeros_like ones_like empty_like full_like eye identity arange linspace logspace "
    "exp exp2 expm1 log log2 log10 log1p logaddexp sqrt cbrt square power abs absolute fabs sign heaviside maximum "
    "minimum fmax fmin clip where sum mean median std var prod cumsum cumprod dot matmul outer inner tensordot vdot "
    "tanh sinh cosh sin cos tan arctan arctan2 arcsin arccos hypot multiply add subtract divide true_divide negative "
    "floor_divide mod remainder reciprocal concatenate stack hstack vstack column_stack dstack append repeat tile copy "
    "argmax argmin argsort sort unique nonzero flatnonzero argwhere count_nonzero all any isnan isinf isfinite isclose "
    "allclose array_equal greater greater_equal less less_equal equal not_equal logical_and logical_or logical_not "
    "round around rint floor ceil trunc diff gradient trapezoid interp polyfit polyval ndim shape size float64 float32 "
    "int64 int32 intp bool_ errstate sum.reduce add.reduce multiply.reduce maximum.reduce ndindex triu tril kron cross "
    "linalg.norm linalg.inv linalg.solve linalg.det result_type finfo iinfo dtype issubdtype isscalar nanmax nanmin "
    "max min amax amin ptp average cov corrcoef searchsorted digitize bincount histogram pad delete insert roll "
    "delete take_along_axis choose select tri vander meshgrid cumulative_sum"
)
_NUMPY_CHANGES = words("copyto put place putmask fill_diagonal put_along_axis")
_NUMPY_UNKNOWN = words(
    "seterr seterrcall setbufsize set_printoptions save savez savez_compressed savetxt load loadtxt genfromtxt memmap "
    "fromfile lib ctypeslib testing f2py core _core set_string_function nditer show_config info frombuffer"
)
_GENERATORS = words("default_rng Generator SeedSequence PCG64 Philox MT19937 SFC64 RandomState")

_METHODS = {
    FRESH: "sum mean std var prod dot max min argmax argmin any all astype tolist item flatten cumsum cumprod round "
    "argsort nonzero index count format join split rsplit strip lstrip rstrip lower upper replace startswith endswith "
    "zfill ljust rjust center title isdigit isalpha encode trace ptp searchsorted is_integer tobytes keys repeat "
    "isidentifier splitlines bit_length conj conjugate clip",
    COPY: "copy union intersection difference symmetric_difference most_common elements",
    PART: "reshape ravel transpose squeeze view get items values swapaxes diagonal take compress choose",
    CHANGES_FIRST: "append extend insert add update setdefault pop popitem remove discard clear sort reverse fill put "
    "itemset resize partition appendleft popleft extendleft rotate subtract",
    CHANGES_ALL: "normal uniform permutation integers choice random standard_normal shuffle permuted spawn binomial "
    "exponential poisson standard_normal multivariate_normal gauss randint sample randrange random_sample rand randn",
}
_NUMBERS = words("len int abs round pow sum mean std var prod dot max min argmax argmin trace ptp cumsum")
_FRACTIONS = words(
    "float exp expm1 log log1p log2 log10 sqrt tanh sinh cosh sin cos zeros ones zeros_like ones_like empty empty_like "
    "linspace logaddexp eye asfarray"
)
_INPUTS = {
    "dot": 2,
    "outer": 2,
    "clip": 3,
    "sum": 3,
    "prod": 3,
    "mean": 3,
    "cumsum": 3,
    "cumprod": 3,
    "max": 2,
    "min": 2,
}
_INPUTS |= {"all": 2, "any": 2, "argmax": 2, "argmin": 2, "round": 2, "around": 2, "std": 3, "var": 3, "concatenate": 2}
_BUILTIN_KIND = {name: kind for kind, names in _BUILTINS.items() for name in names.split()}
_METHOD_KIND = {name: kind for kind, names in _METHODS.items() for name in names.split()}


def is_builtin(name: str) -> bool:
    """Tell whether a name is one of Python's own."""
    return hasattr(builtins, name)


def of_builtin(name: str) -> str:
    """Return what a function of Python's own does."""
    made = getattr(builtins, name, None)
    if isinstance(made, type) and issubclass(made, BaseException):
        return COPY
    return _BUILTIN_KIND.get(name, UNKNOWN)


def of_method(name: str) -> str:
    """Return what a method of that name does, whatever library object it belongs to."""
    return _METHOD_KIND.get(name, UNKNOWN)


def of_library(path: str) -> tuple[str, str]:
    """Return what the function at a dotted ``path`` does, and which shared state it changes ("" for none).

    >>> of_library("numpy.random.rand"), of_library("numpy.zeros"), of_library("os.remove")
    (('fresh', 'numpy.random'), ('fresh', ''), ('unknown', ''))
    """
    top, _, rest = path.partition(".")
    if top == "builtins":
        return COPY if rest == "dict.fromkeys" else of_builtin(rest), ""
    if top == "numpy":
        return _of_numpy(rest)
    if top == "random":
        return (FRESH, "") if rest == "Random" else (CHANGES_ALL, RANDOM)
    if top == MATPLOTLIB:
        return FRESH, MATPLOTLIB if _SETTINGS & set(rest.split(".")) else ""
    if top == WARNINGS:
        return (FRESH, "") if rest == "warn" else (FRESH, WARNINGS)
    if top == "itertools":
        return ITERATOR, ""
    kinds = {"copy.deepcopy": FRESH, "copy.copy": COPY, "IPython.display.display": FRESH, "functools.reduce": PART}
    kinds["functools.partial"] = PART
    if top in _HARMLESS or top == "gradcheck":
        return FRESH, ""
    return kinds.get(path, COPY if top == "collections" else UNKNOWN), ""


def _of_numpy(rest: str) -> tuple[str, str]:
    first = rest.split(".")[0]
    if first == "random":
        made = rest.split(".")[1:2]
        return (PART, "") if made and made[0] in _GENERATORS else (FRESH, NUMPY_RANDOM)
    if first in _NUMPY_UNKNOWN or not rest:
        return UNKNOWN, ""
    if first in _NUMPY_CHANGES or rest.endswith(".at"):
        return CHANGES_FIRST, ""
    return FRESH if rest in _NUMPY_FRESH else PART, ""


def inputs_of(path: str) -> int:
    """Return how many positional arguments a function of numpy only reads: it writes into those that follow.

    >>> inputs_of("numpy.exp"), inputs_of("numpy.add")
    (1, 2)
    """
    top, _, rest = path.partition(".")
    made = getattr(np, rest, None) if top == "numpy" else None
    return made.nin if isinstance(made, np.ufunc) else _INPUTS.get(rest, _MANY) if top == "numpy" else _MANY


def number_of(path: str) -> Value:
    """Return what is known of what a function of a library returns, if that is new: whether it is a number."""
    top, _, rest = path.partition(".")
    if top == "math" or (top in ("numpy", "builtins") and rest in _FRACTIONS):
        return FRACTION
    return NUMBER if (top == "numpy" and rest in _NUMPY_FRESH) or rest in _NUMBERS else NEW


def number_of_method(name: str) -> Value:
    """Return the same for a method."""
    return NUMBER if name in _NUMBERS else NEW

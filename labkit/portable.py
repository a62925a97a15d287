"""Keras objects as plain data: what they are (a config) and the numbers in them (a state).

A config that comes from somebody else may name anything, and loading it would run that. So only
Keras' own classes are made again, none that holds code, and nothing is unpickled or unzipped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import numpy as np

# Classes of Keras' that run code from their config, or read files that it names.
FORBIDDEN = frozenset({"Lambda", "TFSMLayer", "TorchModuleWrapper", "FlaxLayer", "JaxLayer"})
# Modules in which a config may name a class; Keras' own say no more than these.
_MODULES = frozenset(
    f"keras.{name}"
    for name in (
        "activations", "constraints", "dtype_policies", "initializers", "layers", "losses",
        "metrics", "models", "optimizers", "optimizers.schedules", "quantizers", "regularizers",
        "src.models.functional", "src.models.sequential",
    )
) | {"keras"}  # fmt: skip
# Entries of a config that name a file to read where they are texts.
_FILES = ("vocabulary", "filepath", "idf_weights")
_FUNCTIONS = ("activations", "losses", "metrics", "ops")
# Values that Keras wraps, with nothing to run in them.
_VALUES = frozenset({"__tensor__", "__numpy__", "__keras_tensor__", "__tuple__", "__ellipsis__",
                     "__slice__", "__complex__", "__bytes__"})  # fmt: skip


class CannotCopy(ValueError):
    """A Keras object cannot be rebuilt from plain data; says which part and why."""


def export(thing: Any) -> str:
    """Return the config of a Keras model, layer, loss, optimizer or other object as JSON text.

    Raises
    ------
    CannotCopy
        If it, or a part of it, is of a class of somebody's own, or runs code from its config.
    """
    import keras

    try:
        config = keras.saving.serialize_keras_object(thing)
        if not isinstance(config, dict):
            raise TypeError(f"its config is a {type(config).__name__}")
        config.pop("compile_config", None)  # part of the state
        text = json.dumps(config)
    except (TypeError, ValueError, NotImplementedError, AttributeError) as error:
        raise CannotCopy(f"a {type(thing).__name__} has no config: {error}") from None
    _require_harmless(json.loads(text))
    return text


def rebuild(config: str) -> Any:
    """Return a new object of a config that `export` gave; its numbers are not those of the first.

    Raises
    ------
    CannotCopy
        If the config names anything but Keras' own classes, or Keras cannot build it.
    """
    import keras

    try:
        described = json.loads(config)
    except (ValueError, RecursionError):
        raise CannotCopy("the config is no JSON") from None
    _require_harmless(described)
    try:
        made = keras.saving.deserialize_keras_object(described, safe_mode=True)
    # Keras raises whatever the wrong part of a config leads to.
    except Exception as error:
        raise CannotCopy(f"Keras cannot build it: {type(error).__name__}: {error}") from None
    return made


def copy_of(thing: Any) -> Any:
    """Return a new object of the same config and numbers; raises as `export` and `rebuild` do."""
    made = rebuild(export(thing))
    set_state(made, state(thing))
    return made


def state(thing: Any) -> dict[str, Any]:
    """Return the numbers of a layer or model: an empty dict for anything that has none.

    Returns
    -------
    dict
        ``built`` (JSON text of the shapes that it was built for, or None), ``weights`` (list of
        arrays), ``trainable`` (a flag for each layer), ``compiled`` (JSON text or None),
        ``optimizer`` (list of arrays), ``optimized`` (for which of the weights the optimizer has
        numbers: a list of places, empty before the first fit).

    Raises
    ------
    CannotCopy
        If it is compiled with what has no config, or its optimizer has trained another model.
    """
    import keras

    if not isinstance(thing, keras.layers.Layer):
        return {}
    compiled, slots, optimized = None, [], []
    if isinstance(thing, keras.Model) and getattr(thing, "optimizer", None) is not None:
        compiled = _compile_config(thing)
        slots = [np.asarray(variable) for variable in thing.optimizer.variables]
        optimized = _optimized(thing)
    return {
        "built": json.dumps(thing.get_build_config()) if thing.built else None,
        "weights": [np.asarray(weight) for weight in thing.weights],
        "trainable": [bool(layer.trainable) for layer in _layers(thing)],
        "compiled": compiled,
        "optimizer": slots,
        "optimized": optimized,
    }


def set_state(thing: Any, numbers: dict[str, Any]) -> None:
    """Give a layer or model the numbers that `state` took from one of the same config.

    Raises
    ------
    CannotCopy
        If they do not fit it.
    """
    if not numbers:
        return
    try:
        for layer, flag in zip(_layers(thing), numbers["trainable"], strict=True):
            layer.trainable = bool(flag)
        if numbers["built"] is not None and not thing.built:
            thing.build_from_config(json.loads(numbers["built"]))
        thing.set_weights(numbers["weights"])
        if numbers["compiled"] is not None:
            _compile(thing, numbers["compiled"], numbers["optimized"])
            own = thing.optimizer.variables
            for variable, value in zip(own, numbers["optimizer"], strict=True):
                variable.assign(value)
    except CannotCopy:
        raise
    except Exception as error:
        raise CannotCopy(f"its numbers do not fit: {type(error).__name__}: {error}") from None


def digest(numbers: dict[str, Any]) -> str:
    """Return a text that differs when a state differs."""
    total = hashlib.blake2b()
    for array in (*numbers.get("weights", ()), *numbers.get("optimizer", ())):
        total.update(str((array.shape, array.dtype)).encode())
        total.update(array.tobytes())
    flags = [numbers.get(name) for name in ("trainable", "compiled", "optimized")]
    total.update(repr(flags).encode())
    return total.hexdigest()


def _compile(model: Any, compiled: str, optimized: list[int]) -> None:
    """Compile a model, unless it is compiled so, with an optimizer that knows those weights."""
    import keras

    if _compile_config(model) != compiled or _optimized(model) != optimized:
        described = json.loads(compiled)
        _require_harmless(described)
        # Not `compile_from_config`, which also gives the optimizer whatever is trainable now.
        model.compile(**keras.saving.deserialize_keras_object(described, safe_mode=True))
    if optimized and not _optimized(model):
        model.optimizer.build([model.weights[place] for place in optimized])


def _optimized(model: Any) -> list[int]:
    """Return the places in ``model.weights`` of those for which its optimizer has numbers.

    They are not the model's trainable ones where layers were frozen after a fit, and Keras has no
    public name for them.
    """
    if getattr(model, "optimizer", None) is None:
        return []
    places = {id(weight): place for place, weight in enumerate(model.weights)}
    known = model.optimizer._trainable_variables
    if any(id(weight) not in places for weight in known):
        raise CannotCopy("its optimizer has trained another model")
    return [places[id(weight)] for weight in known]


def _compile_config(model: Any) -> str | None:
    if getattr(model, "optimizer", None) is None:
        return None
    try:
        return json.dumps(model.get_compile_config())
    except (TypeError, ValueError) as error:
        raise CannotCopy(f"it is compiled with what has no config: {error}") from None


def _layers(layer: Any) -> Iterator[Any]:
    """Give a layer and the layers in it, outer ones first."""
    yield layer
    inner = getattr(layer, "layers", None)
    if isinstance(inner, (list, tuple)):
        for one in inner:
            yield from _layers(one)


def _require_harmless(node: Any) -> None:
    """Refuse a config that names a class or function other than Keras' own."""
    if isinstance(node, list):
        for item in node:
            _require_harmless(item)
    elif isinstance(node, dict):
        if "class_name" in node:
            _require_known(node)
        for item in node.values():
            _require_harmless(item)


def _require_known(node: dict[str, Any]) -> None:
    import keras

    name, module = node["class_name"], node.get("module")
    if name in _VALUES:
        return
    if not isinstance(name, str) or not name.isidentifier():
        raise CannotCopy(f"it has a part of a class of no proper name: {name!r:.100}")
    if name == "function":
        function = node.get("config")
        homes = [getattr(keras, home) for home in _FUNCTIONS]
        if isinstance(function, str) and any(hasattr(home, function) for home in homes):
            return
        raise CannotCopy(f"it uses a function that Keras does not have: {function!r:.100}")
    if name in FORBIDDEN:
        raise CannotCopy(f"it has a {name} layer, whose code would have to be run")
    inner = node.get("config")
    if isinstance(inner, dict) and any(isinstance(inner.get(key), str) for key in _FILES):
        raise CannotCopy(f"it has a {name!r:.100} layer that would read a file")
    registered = node.get("registered_name")
    if module not in _MODULES or registered not in (None, name):
        raise CannotCopy(f"it has a part of a class that Keras does not have: {name!r:.100}")

"""Stands in for TensorFlow and other libraries that Rasa imports for parts that we do not have.

TensorFlow costs 3 s and some 350 MB; plots, other messengers and other databases cost 60 MB more.
"""

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

TENSORFLOW = frozenset(
    {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "tensorflow_estimator", "keras"}
)
PLOTS = frozenset({"matplotlib", "networkx"})
MESSENGERS = frozenset(
    {
        "aiogram",
        "fbmessenger",
        "mattermostwrapper",
        "rocketchat_API",
        "slack_sdk",
        "socketio",
        "twilio",
        "webexteamssdk",
    }
)
DATABASES = frozenset({"boto3", "botocore", "pymongo"})
ROOTS = TENSORFLOW | PLOTS | MESSENGERS | DATABASES
_MARK = "bot.engine.no_tensorflow"


def install() -> None:
    """From now on every import below the names of `ROOTS` gives inert classes. Call it before Rasa is imported."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _Finder())


class _Inert(type):
    """A class of which every attribute is another such class: enough for base classes, decorators, annotations."""

    def __getattr__(cls, name: str) -> Any:
        child = _child(name)
        setattr(cls, name, child)
        return child

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.__module__ != _MARK:
            raise RuntimeError(f"{cls.__name__} is of a library without which this process was started")
        is_decorating = len(args) == 1 and callable(args[0]) and not kwargs
        return args[0] if is_decorating else cls

    def __getitem__(cls, item: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:
        return cls

    __ror__ = __or__


class _InertModule(types.ModuleType):
    __version__ = "2.12.0"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        child = _child(name)
        setattr(self, name, child)
        return child


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> Any:
        if fullname.split(".")[0] not in ROOTS:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: Any) -> types.ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""


def _child(name: str) -> Any:
    if name.startswith("__") and name.endswith("__"):
        raise AttributeError(name)
    return _Inert(name, (), {"__module__": _MARK})

"""Patch of rasa 3.6.21: a model's steps run in an order that is worked out once.

Rasa hands its graph to dask, which plans it anew with every message; that takes a tenth of a turn.
"""

from graphlib import TopologicalSorter
from typing import Any

from rasa.core import processor
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

Step = tuple[GraphNode, str, tuple[str, ...]]


def apply() -> None:
    """Let the server load its model with this runner."""
    processor.DaskGraphRunner = OrderedGraphRunner


class OrderedGraphRunner(DaskGraphRunner):
    """Runs the nodes that lead to the targets, one after the other."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._plans: dict[tuple[str, ...], list[Step]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The output of each target; an input takes the place of a node's output."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = self._plan(wanted)
        outputs: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for node, name, needs in self._plans[wanted]:
            outputs[name] = node(*(outputs.get(need, need) for need in needs))
        return dict(outputs[target] for target in wanted)

    def _plan(self, targets: tuple[str, ...]) -> list[Step]:
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        order = TopologicalSorter(needs).static_order()
        return [(self._instantiated_nodes[name], name, needs[name]) for name in order if name in nodes]

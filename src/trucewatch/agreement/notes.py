"""What to look at in an agreement that loads: citations that are missing, terms in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from trucewatch.agreement.agreement import Agreement
from trucewatch.documents import Node
from trucewatch.errors import Problem, Severity

__all__ = ["concern", "missing_citations", "node_of", "placeholders"]


def node_of(root: Node, section: str, key: str) -> Node:
    """Return the node of a definition; if it has none of its own, its section, else the file."""
    node = root.get(section)
    if node is None:
        return root
    if not node.is_list:
        return node.get(key) or node
    ids = ((one, one.get("id")) for one in node.elements())
    return next((one for one, named in ids if named and named.text() == key), node)


def concern(
    place: str, node: Node, value: str | None, expected: str, advice: str = ""
) -> Problem:
    """Return a warning at `node`."""
    column = f"column {node.column}"
    return Problem(place, node.line, column, value, expected, advice, Severity.WARNING)


def missing_citations(agreement: Agreement, root: Node, place: str) -> list[Problem]:
    """Return a warning for every clause that quotes no text, and every exception without a source.

    An exception may say in its `note` whose position it is instead of citing a text.
    """
    found = []
    for clause in agreement.clauses:
        node = node_of(root, "clauses", clause.key)
        if clause.cite is None:
            found.append(concern(place, node, f"clause {clause.key}", "cite: where it stands"))
        elif not clause.cite.quotes:
            found.append(concern(place, node, f"clause {clause.key}", "quote: the text's words"))
        for one in clause.exceptions:
            if one.cite is None and one.note is None:
                name, advice = f"exception {clause.key}.{one.key}", "Or note: whose position it is."
                found.append(concern(place, node, name, "cite: where it stands", advice))
    return found


def placeholders(agreement: Agreement, root: Node, place: str) -> list[Problem]:
    """Return one warning that lists every term in doubt; none if every term is given."""
    terms = [f"{name} ({status})" for name, status in _doubtful(agreement)]
    if not terms:
        return []
    advice = "They give undetermined(text) until they are settled."
    return [concern(place, root, ", ".join(terms), "terms that are given", advice)]


def _doubtful(agreement: Agreement) -> Iterator[tuple[str, str]]:
    terms = [(f"clause {one.key}", one.status) for one in agreement.clauses]
    terms += [(f"zone {one.key}", one.status) for one in agreement.zones.values()]
    terms += [(f"phase {one.key}", one.status) for one in agreement.phases.values()]
    terms += [(f"anchor {one.key}", one.status) for one in agreement.anchors.values()]
    return ((name, status) for name, status in terms if status != "given")

from hypothesis import given
from hypothesis import strategies as st

from trucewatch.agreement.cycles import cycles

NAMES = st.sampled_from("abcde")
GRAPHS = st.dictionaries(NAMES, st.lists(NAMES, max_size=3).map(tuple), max_size=5)


def reaches_itself(graph, name):
    seen, waiting = set(), list(graph.get(name, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += graph.get(one, ())
    return name in seen


@given(GRAPHS)
def test_a_circle_is_found_exactly_when_something_reaches_itself(graph):
    found = cycles(graph)
    assert bool(found) == any(reaches_itself(graph, name) for name in graph)
    for circle in found:
        assert circle[0] == min(circle)
        pairs = zip(circle, (*circle[1:], circle[0]), strict=True)
        assert all(target in graph[name] for name, target in pairs)


@given(GRAPHS)
def test_the_order_of_names_does_not_matter(graph):
    turned = {name: graph[name][::-1] for name in reversed(graph)}
    assert cycles(turned) == cycles(graph)

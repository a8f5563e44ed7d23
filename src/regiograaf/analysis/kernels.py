"""The loops that numpy has no word for, in the part of Python that numba can compile.

Each takes rows of numbers (lists, or arrays when compiled) and fills those it is given to fill; nothing here knows
what the numbers are of. The same code runs compiled and not, with the same result.
"""

from __future__ import annotations

import heapq
from typing import Any

__all__ = [
    "blocks",
    "constraint",
    "cores",
    "dependencies",
    "move",
    "refine",
    "returned",
    "settle",
    "settle_even",
    "triads",
]

Row = Any


def settle(
    source: int, begin: Row, ends: Row, lengths: Row, classes: Row, first: Row, room: tuple[Row, ...], zero: Any
) -> int:
    """Distances from a source, and how many shortest paths there are; returns how many nodes it reaches.

    `classes` numbers the different lengths and `first` says where each class begins in `queue` and `keys`: what is
    found over ties of one length is found in order of distance, so a queue for each length does, and only their heads
    need sorting. `order` gets the nodes in order of distance, `distance` is below 0 for what is not reached.

    Source: Dijkstra 1959, doi:10.1007/BF01386390; Orlin, Madduri, Subramani and Williamson 2010,
    doi:10.1016/j.jda.2009.03.001.
    """
    order, distance, paths, settled, queue, keys, head, tail = room
    for node in range(len(begin) - 1):
        distance[node] = zero - 1
        paths[node] = 0.0
        settled[node] = False
    for number in range(len(first) - 1):
        head[number] = first[number]
        tail[number] = first[number]
    heads = [(zero, 0)]
    heads.pop()
    node = source
    distance[source] = zero
    paths[source] = 1.0
    count = 0
    while node >= 0:
        settled[node] = True
        order[count] = node
        count += 1
        here, ways = distance[node], paths[node]
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            reached = here + lengths[arc]
            known = distance[other]
            if known < 0 or reached < known:
                distance[other] = reached
                paths[other] = ways
                number = classes[arc]
                place = tail[number]
                queue[place] = other
                keys[place] = reached
                tail[number] = place + 1
                if place == head[number]:
                    heapq.heappush(heads, (reached, number))
            elif reached == known:
                paths[other] += ways
        node = -1
        while node < 0 and len(heads) > 0:
            number = heads[0][1]
            place = head[number]
            other = queue[place]
            if not settled[other] and keys[place] == distance[other]:
                node = other
            place += 1
            while place < tail[number] and (settled[queue[place]] or keys[place] > distance[queue[place]]):
                place += 1
            head[number] = place
            if place < tail[number]:
                heapq.heapreplace(heads, (keys[place], number))
            else:
                heapq.heappop(heads)
    return count


def settle_even(source: int, begin: Row, ends: Row, length: Any, room: tuple[Row, ...], zero: Any) -> int:
    """What `settle` gives where all ties are equally long: found in breadth, without looking for the nearest."""
    order, distance, paths = room[0], room[1], room[2]
    for node in range(len(begin) - 1):
        distance[node] = zero - 1
        paths[node] = 0.0
    distance[source] = zero
    paths[source] = 1.0
    order[0] = source
    count, place = 1, 0
    while place < count:
        node = order[place]
        place += 1
        reached, ways = distance[node] + length, paths[node]
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            known = distance[other]
            if known < 0:
                distance[other] = reached
                paths[other] = ways
                order[count] = other
                count += 1
            elif known == reached:
                paths[other] += ways
    return count


def dependencies(
    count: int, begin: Row, ends: Row, lengths: Row, room: tuple[Row, ...], share: Row, total: Row
) -> None:
    """Add to `total` how much of the shortest paths from the source of `settle` runs through each node.

    Source: Brandes 2001, doi:10.1080/0022250X.2001.9990249.
    """
    order, distance, paths = room[0], room[1], room[2]
    for place in range(count):
        share[order[place]] = 0.0
    for place in range(count - 1, 0, -1):
        node = order[place]
        here = distance[node]
        part = (1.0 + share[node]) / paths[node]
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            if distance[other] + lengths[arc] == here:
                share[other] += paths[other] * part
        total[node] += share[node]


def cores(begin: Row, ends: Row, degree: Row, order: Row, place: Row, bins: Row) -> None:
    """Turn `degree` into the core number of each node.

    `order` has the nodes by degree, `place` where each stands in it, `bins` where each degree begins.

    Source: Batagelj and Zaversnik 2003, arXiv:cs/0310049.
    """
    for number in range(len(order)):
        node = order[number]
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            if degree[other] > degree[node]:
                # to the front of those of its degree, which then begin one further on
                start = bins[degree[other]]
                swapped = order[start]
                order[start], order[place[other]] = other, swapped
                place[swapped], place[other] = place[other], start
                bins[degree[other]] += 1
                degree[other] -= 1


def constraint(begin: Row, ends: Row, shares: Row, through: Row, result: Row) -> None:
    """Burt's constraint of each node; `shares` is the share of each tie in all of its start's, `through` zeros."""
    for node in range(len(begin) - 1):
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            for further in range(begin[other], begin[other + 1]):
                through[ends[further]] += shares[arc] * shares[further]
        total = 0.0
        for arc in range(begin[node], begin[node + 1]):
            total += (shares[arc] + through[ends[arc]]) ** 2
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            for further in range(begin[other], begin[other + 1]):
                through[ends[further]] = 0.0
        result[node] = total


def blocks(begin: Row, ends: Row, parts: Row, cut: Row, size: Row, top: Row, room: tuple[Row, ...]) -> None:
    """Where a network falls apart, by one walk in depth.

    `parts` gets how many parts come loose without each node, `cut` is set for each tie (from its upper end) that is a
    bridge, `size` gets how many nodes hang below each node in the walk, itself included, `top` where its walk began.

    Source: Hopcroft and Tarjan 1973, doi:10.1145/362248.362272; Tarjan 1974, doi:10.1016/0020-0190(74)90003-9.
    """
    seen, low, above, arc_to, following, stack = room
    time = 0
    for root in range(len(begin) - 1):
        if seen[root] > 0:
            continue
        time += 1
        seen[root] = low[root] = time
        above[root] = -1
        size[root] = 1
        top[root] = root
        following[root] = begin[root]
        stack[0] = root
        depth = 1
        while depth > 0:
            node = stack[depth - 1]
            arc = following[node]
            if arc < begin[node + 1]:
                following[node] = arc + 1
                other = ends[arc]
                if seen[other] == 0:
                    time += 1
                    seen[other] = low[other] = time
                    above[other] = node
                    arc_to[other] = arc
                    size[other] = 1
                    top[other] = root
                    following[other] = begin[other]
                    stack[depth] = other
                    depth += 1
                elif other != above[node] and seen[other] < low[node]:
                    low[node] = seen[other]
                continue
            depth -= 1
            upper = above[node]
            if upper >= 0:
                size[upper] += size[node]
                if low[node] < low[upper]:
                    low[upper] = low[node]
                if low[node] >= seen[upper]:
                    parts[upper] += 1
                if low[node] > seen[upper]:
                    cut[arc_to[node]] = True
            elif parts[node] > 0:
                parts[node] -= 1


def returned(begin: Row, ends: Row, back: Row) -> None:
    """Set `back` for each tie that has one running the other way; each row of `ends` is sorted."""
    for node in range(len(begin) - 1):
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            low, high = begin[other], begin[other + 1]
            while low < high:
                middle = (low + high) // 2
                if ends[middle] < node:
                    low = middle + 1
                else:
                    high = middle
            back[arc] = low < begin[other + 1] and ends[low] == node


def triads(begin: Row, ends: Row, back: Row, starts: Row, group: Row, room: tuple[Row, ...], found: Row) -> None:
    """Count open pairs i -> j -> k for each j by where the three belong; `group` is -1 for none.

    `begin` and `ends` are the ties from start to end, `back` and `starts` the same from end to start. `found[role][j]`
    gets the counts, roles in the order of `rows.Roles`.
    """
    incoming, outgoing, marked = room
    for node in range(len(begin) - 1):
        own = group[node]
        come = go = 0
        for arc in range(back[node], back[node + 1]):
            if group[starts[arc]] >= 0:
                incoming[group[starts[arc]]] += 1
                come += 1
        for arc in range(begin[node], begin[node + 1]):
            marked[ends[arc]] = node
            if group[ends[arc]] >= 0:
                outgoing[group[ends[arc]]] += 1
                go += 1
        # all pairs first, by counting; then those that are linked or the same are taken off again
        own_come = incoming[own] if own >= 0 else 0
        own_go = outgoing[own] if own >= 0 else 0
        same = 0
        for arc in range(back[node], back[node + 1]):
            other = group[starts[arc]]
            if other >= 0 and other != own:
                same += outgoing[other]
        found[0][node] = own_come * own_go
        found[1][node] = same
        found[2][node] = (come - own_come) * own_go
        found[3][node] = own_come * (go - own_go)
        found[4][node] = (come - own_come) * (go - own_go) - same
        for arc in range(back[node], back[node + 1]):
            start = starts[arc]
            a = group[start]
            if a < 0:
                continue
            for further in range(begin[start] - 1, begin[start + 1]):
                end = start if further < begin[start] else ends[further]
                c = group[end]
                if c < 0 or end == node or marked[end] != node:
                    continue
                if a == own:
                    role = 0 if c == own else 3
                elif c == own:
                    role = 2
                else:
                    role = 1 if a == c else 4
                found[role][node] -= 1
        for arc in range(back[node], back[node + 1]):
            if group[starts[arc]] >= 0:
                incoming[group[starts[arc]]] = 0
        for arc in range(begin[node], begin[node + 1]):
            if group[ends[arc]] >= 0:
                outgoing[group[ends[arc]]] = 0


def move(
    begin: Row, ends: Row, weights: Row, strength: Row, order: Row, community: Row, room: tuple[Row, ...], whole: int
) -> bool:
    """Move nodes to the neighbouring community that gains most modularity, until no move does; says whether any did.

    Only whole numbers are compared, so the result is the same everywhere; of equal gains a node stays, else takes the
    community of the lowest number. `whole` is the sum of `strength`. `room`: how strong and how large each community
    is, weights to communities (zeros), the communities met, and a queue.

    Source: Traag, Waltman and Van Eck 2019, doi:10.1038/s41598-019-41695-z.
    """
    strong, many, weight_to, met, queue, waiting, free = room
    size = len(begin) - 1
    for place in range(size):
        queue[place] = order[place]
        waiting[place] = True
    spare = 0
    for number in range(size):
        if many[number] == 0:
            free[spare] = number
            spare += 1
    head, count, moved = 0, size, False
    while count > 0:
        node = queue[head]
        head = head + 1 if head + 1 < size else 0
        count -= 1
        waiting[node] = False
        here = community[node]
        strong[here] -= strength[node]
        many[here] -= 1
        if many[here] == 0:
            free[spare] = here
            spare += 1
        found = 0
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            if other != node:
                number = community[other]
                if weight_to[number] == 0:
                    met[found] = number
                    found += 1
                weight_to[number] += weights[arc]
        best = here
        gain = weight_to[here] * whole - strength[node] * strong[here]
        for place in range(found):
            number = met[place]
            its = weight_to[number] * whole - strength[node] * strong[number]
            if its > gain or (its == gain and best != here and number < best):
                best, gain = number, its
        if gain < 0:
            best = free[spare - 1]
        for place in range(found):
            weight_to[met[place]] = 0
        if many[best] == 0:
            # it is on top: only what was emptied last, or the spare one just taken, can be empty and best
            spare -= 1
        strong[best] += strength[node]
        many[best] += 1
        if best != here:
            moved = True
            community[node] = best
            for arc in range(begin[node], begin[node + 1]):
                other = ends[arc]
                if community[other] != best and not waiting[other]:
                    waiting[other] = True
                    place = head + count
                    queue[place if place < size else place - size] = other
                    count += 1
    return moved


def refine(
    begin: Row, ends: Row, weights: Row, strength: Row, order: Row, community: Row, room: tuple[Row, ...], whole: int
) -> None:
    """Divide each community into connected parts: single nodes join the part in it that gains most modularity.

    `part` gets the parts. Only nodes and parts that are well connected to the rest of their community take part.

    Source: Traag, Waltman and Van Eck 2019, doi:10.1038/s41598-019-41695-z.
    """
    part, strong, inside, outward, single, weight_to, met = room
    size = len(begin) - 1
    for node in range(size):
        inside[community[node]] += strength[node]
    for node in range(size):
        part[node] = node
        strong[node] = strength[node]
        single[node] = True
        for arc in range(begin[node], begin[node + 1]):
            if ends[arc] != node and community[ends[arc]] == community[node]:
                outward[node] += weights[arc]
    for turn in range(size):
        node = order[turn]
        all_of = inside[community[node]]
        if not single[node] or outward[node] * whole < strength[node] * (all_of - strength[node]):
            continue
        found = 0
        for arc in range(begin[node], begin[node + 1]):
            other = ends[arc]
            if other != node and community[other] == community[node]:
                number = part[other]
                if weight_to[number] == 0:
                    met[found] = number
                    found += 1
                weight_to[number] += weights[arc]
        best, gain = node, 0
        for place in range(found):
            number = met[place]
            its = weight_to[number] * whole - strength[node] * strong[number]
            if outward[number] * whole < strong[number] * (all_of - strong[number]):
                continue
            if its > gain or (its == gain and best != node and number < best):
                best, gain = number, its
        if best != node:
            single[best] = False
            part[node] = best
            outward[best] += outward[node] - 2 * weight_to[best]
            strong[best] += strength[node]
        for place in range(found):
            weight_to[met[place]] = 0

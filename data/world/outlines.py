#!/usr/bin/env python3
"""Make data/world/outlines.tsv: outlines of countries for the map of a report.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 data/world/outlines.py package/countries-50m.json > data/world/outlines.tsv

The input is Natural Earth, 1:50 million, as TopoJSON: borders are arcs that neighbours share, so that
thinning them (Visvalingam and Whyatt 1993) leaves no gaps. Small islands of larger countries and
Antarctica are left out. Coordinates are in fiftieths of a degree, as differences, in the text form of
Google's encoded polylines, longitude first.
"""
import hashlib
import heapq
import json
import math
import sys

UNIT = 50
LEAST = 0.006  # square degrees at the equator: a triangle that shows less is flat
ISLAND = 0.15  # square degrees


def area(a, b, c):
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * math.cos(math.radians(b[1]))


def thinned(points):
    """The points of an arc without those that show little; its ends stay."""
    before = [i - 1 for i in range(len(points))]
    after = [i + 1 for i in range(len(points))]
    queue = [(area(*points[i - 1 : i + 2]), i) for i in range(1, len(points) - 1)]
    now = {i: size for size, i in queue}
    heapq.heapify(queue)
    while queue:
        size, i = heapq.heappop(queue)
        if now.get(i) != size:
            continue
        if size >= LEAST:
            break
        del now[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in now:
                now[j] = max(size, area(points[before[j]], points[j], points[after[j]]))
                heapq.heappush(queue, (now[j], j))
    return [p for i, p in enumerate(points) if i in now or i in (0, len(points) - 1)]


def encoded(points):
    text, last = "", (0, 0)
    for point in points:
        for value in (point[0] - last[0], point[1] - last[1]):
            value = ~(value << 1) if value < 0 else value << 1
            while value >= 0x20:
                text += chr((0x20 | (value & 0x1F)) + 63)
                value >>= 5
            text += chr(value + 63)
        last = point
    return text


def fnv1a(data):
    hashed = 0xCBF29CE484222325
    for byte in data:
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    return hashed


def main(path):
    source = open(path, "rb").read()
    topology = json.loads(source)
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)

    def size(ring):
        points = [p for i in ring for p in (arcs[i] if i >= 0 else arcs[~i][::-1])]
        whole = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))
        return abs(whole) / 2 * math.cos(math.radians(points[0][1]))

    rings = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country.get("id") == "010":  # Antarctica
            continue
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        largest = max(size(polygon[0]) for polygon in polygons)
        for polygon in polygons:
            rings += [ring for ring in polygon if size(ring) in (largest,) or size(ring) >= ISLAND]
    used = sorted({i if i >= 0 else ~i for ring in rings for i in ring})
    number = {arc: at for at, arc in enumerate(used)}
    lines = []
    for arc in used:
        points = [(round(x * UNIT), round(y * UNIT)) for x, y in thinned(arcs[arc])]
        points = [p for i, p in enumerate(points) if i in (0, len(points) - 1) or p != points[i - 1]]
        lines.append("arc\t" + encoded(points))
    for ring in rings:
        lines.append("ring\t" + ",".join(str(number[i] if i >= 0 else ~number[~i]) for i in ring))
    body = "".join(line + "\n" for line in lines)
    print("# Outlines of countries: arcs, and rings of the numbers of arcs (~n: backwards). Made by data/world/outlines.py,")
    print("# which says the command and the encoding; do not edit.")
    print("# Made with Natural Earth (public domain), 1:50 million, from the npm package world-atlas 2.0.2 (ISC),")
    print(f"# countries-50m.json, SHA-256 {hashlib.sha256(source).hexdigest()}.")
    print(f"# FNV-1a of the rows below the heads: {fnv1a(body.encode()):016x}")
    print("kind\tvalue")
    sys.stdout.write(body)


main(sys.argv[1])

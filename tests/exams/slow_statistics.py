"""Moodle's quiz statistics written out slowly, formula by formula: what ``exams.rules.statistics`` is held against.

Independent of it: plain lists, textbook two-pass sums in exact fractions. A sheet is one attempt: a list of
(version, marks, awarded), in the order of its slots.
"""

from fractions import Fraction
from math import sqrt


def mean(values):
    return sum(values) / Fraction(len(values))


def covariance(xs, ys):
    if len(xs) < 2:
        return None
    mx, my = mean(xs), mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / (len(xs) - 1)


def total(sheet):
    return sum((Fraction(awarded) for _, _, awarded in sheet), Fraction(0))


def positions(sheets):
    """Return for each position a list of (attempt, version, awarded)."""
    everybody = [{version for version, _, _ in sheet} for sheet in sheets]
    common = sorted(set.intersection(*everybody))
    found = {("version", version): [] for version in common}
    for number, sheet in enumerate(sheets):
        drawn = 0
        for version, _, awarded in sheet:
            if version in common:
                found["version", version].append((number, version, Fraction(awarded)))
            else:
                found.setdefault(("drawn", drawn), []).append((number, version, Fraction(awarded)))
                drawn += 1
    return found


def whole(sheets):
    totals = [total(sheet) for sheet in sheets]
    n = len(totals)
    ordered = sorted(totals)
    middle = ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2
    figures = {"attempts": n, "mean": mean(totals), "median": middle}
    figures |= dict.fromkeys(["sd", "skewness", "kurtosis", "cic", "error_ratio", "standard_error"])
    if n < 2:
        return figures
    average = mean(totals)
    m2, m3, m4 = (sum((t - average) ** power for t in totals) / n for power in (2, 3, 4))
    k2 = n * m2 / (n - 1)
    figures["sd"] = sqrt(k2)
    if n > 2 and k2:
        k3 = n**2 * m3 / ((n - 1) * (n - 2))
        figures["skewness"] = float(k3) / float(k2) ** 1.5
        if n > 3:
            k4 = n**2 * ((n + 1) * m4 - 3 * (n - 1) * m2**2) / ((n - 1) * (n - 2) * (n - 3))
            figures["kurtosis"] = k4 / k2**2
        items = positions(sheets)
        p = len(items)
        if p > 1:
            variances = [covariance([x for *_, x in item], [x for *_, x in item]) or 0 for item in items.values()]
            figures["cic"] = Fraction(100 * p, p - 1) * (1 - sum(variances) / k2)
            figures["error_ratio"] = 100 * sqrt(1 - figures["cic"] / 100)
            figures["standard_error"] = figures["error_ratio"] * figures["sd"] / 100
    return figures


def question(sheets, wanted):
    """Return the figures of one version."""
    had = [
        (sheet, Fraction(marks), Fraction(awarded))
        for sheet in sheets
        for version, marks, awarded in sheet
        if version == wanted
    ]
    xs = [awarded for _, _, awarded in had]
    rest = [total(sheet) - awarded for sheet, _, awarded in had]
    best = {(marks, sum(Fraction(m) for _, m, _ in sheet)) for sheet, marks, _ in had}
    figures = {
        "attempts": len(had),
        "facility": sum(xs) / sum(marks for _, marks, _ in had),
        "sd": None,
        "intended_weight": 100 * next(iter(best))[0] / next(iter(best))[1] if len(best) == 1 else None,
        "discrimination_index": None,
        "discriminative_efficiency": None,
    }
    if len(had) < 2:
        return figures
    vx, vr = covariance(xs, xs), covariance(rest, rest)
    figures["sd"] = sqrt(vx)
    if vx and vr:
        figures["discrimination_index"] = 100 * float(covariance(xs, rest)) / sqrt(vx * vr)
    greatest = covariance(sorted(xs), sorted(rest))
    if greatest:
        figures["discriminative_efficiency"] = 100 * covariance(xs, rest) / greatest
    return figures


def effective_weights(sheets):
    totals = [total(sheet) for sheet in sheets]
    roots, negative = {}, set()
    for name, item in positions(sheets).items():
        with_total = covariance([x for *_, x in item], [totals[number] for number, *_ in item]) or Fraction(0)
        roots[name] = sqrt(with_total) if with_total >= 0 else 0
        if with_total < 0:
            negative.add(name)
    if not sum(roots.values()):
        return {}
    return {
        name[1]: 100 * root / sum(roots.values())
        for name, root in roots.items()
        if name[0] == "version" and name not in negative
    }

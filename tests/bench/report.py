"""The results as tables: aligned for a terminal, or as Markdown for docs/performance.md."""
import json

import machine
from cases import CASES
from figures import FIGURES
from limits import measured
from peers import SERVERS

BASE = "mod_wsgi"
BEGIN = "<!-- Made by tests/bench/run --markdown: begin -->"
END = "<!-- Made by tests/bench/run --markdown: end -->"


def case_table(figures):
    """figures: {server: {figure: value}}"""
    measured = [name for name in FIGURES if name in next(iter(figures.values()))]
    head = ["server"]
    for name in measured:
        head += [FIGURES[name].title] + (["× mod_wsgi"] if FIGURES[name].has_ratio else [])
    rows = [head]
    for server, values in figures.items():
        row = [SERVERS[server].name]
        for name in measured:
            row += [FIGURES[name].show(values[name])] + ([_ratio(figures, server, name)] if FIGURES[name].has_ratio else [])
        rows.append(row)
    return rows


def _ratio(figures, server, name):
    return f"{figures[server][name] / figures[BASE][name]:.2f}" if BASE in figures else "-"


def limits_table(run):
    rows = [["work", "warpdrive's", "compared with", "limit (goal)", "measured", "single rounds", "result"]]
    for limit in measured(run):
        value, rounds = limit.value(run), limit.single_rounds(run)
        low, high = min(rounds), max(rounds)
        spread = f"{_number(limit, low)} to {_number(limit, high)}".replace(" × to", " to")
        rows.append([CASES[limit.case].title, FIGURES[limit.figure].title, SERVERS[limit.of].name if limit.of else "-",
                     _bound(limit), _number(limit, value), spread, _result(limit, value)])
    return rows


def _bound(limit):
    if limit.bound is None:
        return f"({limit.relation} {_number(limit, limit.goal)})"
    text = f"{limit.relation} {_number(limit, limit.bound)}"
    return text if limit.goal is None else f"{text} ({_number(limit, limit.goal)})"


def _number(limit, value):
    if not limit.of:
        return FIGURES[limit.figure].show(value)
    return f"{value:.3f} ×" if limit.pairwise else f"{value:.2f} ×"


def _result(limit, value):
    if not limit.is_kept(value):
        return "FAILS"
    if limit.goal is None:
        return "ok"
    if limit.is_goal_reached(value):
        return "ok, goal reached"
    return "goal missed" if limit.bound is None else "ok, goal missed"


def text(rows):
    """The first column and names to the left, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    numeric = [column > 0 and any(row[column][:1].isdigit() for row in rows[1:]) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.rjust(width) if right else cell.ljust(width)
                       for cell, width, right in zip(row, widths, numeric)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def markdown(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def case_section(run, case, style):
    site, rounds = CASES[case].site, len(next(iter(run["rounds"][case].values())))
    rounds = "1 round" if rounds == 1 else f"median of {rounds} rounds of {CASES[case].seconds or run['settings']['seconds']} s"
    title = f"{CASES[case].title}: {site.processes} × {site.threads} threads, {run['loads'][case]}, {rounds}"
    return f"### {title}\n\n{style(case_table(run['medians'][case]))}\n"


def limits_section(run, style):
    return style(limits_table(run)) + "\n"


def markdown_block(run):
    """What docs/performance.md holds. run: what the JSON file holds."""
    parts = [limits_section(run, markdown), *(f"{line}\n" for line in machine.in_words(run["machine"]))]
    parts += [case_section(run, case, markdown) for case in run["medians"]]
    return "\n".join([BEGIN, "", *parts, END])


def with_block(page, block):
    """The page with this block in the place of the one that begins and ends with the same lines."""
    first, last = block.splitlines()[0], block.splitlines()[-1]
    before, begin, rest = page.partition(first)
    _, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"there is no block to replace: {first} … {last}")
    return before + block + after


def write_json(path, run):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n")

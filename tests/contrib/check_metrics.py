"""check_metrics.py METRICS DASHBOARD RULES QUERIES FLEET: what the dashboard
and the alert rules ask for are metrics that the program prints, with labels that
it gives them, and all of METRICS and FLEET, those on other servers, are shown.
Writes the dashboard's queries as rules to QUERIES.
"""
import json, re, sys

FOREIGN = {"node_textfile_mtime_seconds": {}}  # of node_exporter
NAME = re.compile(r"\b((?:exportctl|node)_[a-z_]+)(?:\{([^}]*)\})?")


def printed(path):
    metrics = {}
    for line in open(path):
        found = re.match(r"(exportctl_[a-z_]+)(?:\{(\w+)=\"([\w.]+)\"\})? "
                         r"\d+(?:\.\d+)?$",
                         line)
        kind = re.match(r"# TYPE (\w+) gauge$", line)
        if found:
            values = metrics.setdefault(found[1], {})
            values.setdefault(found[2], set()).add(found[3])
        elif kind:
            metrics.setdefault(kind[1], {})
        else:
            assert line.startswith("# HELP "), line
    return metrics


def queries_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("expr", "query") and isinstance(inner, str):
                yield inner
            else:
                yield from queries_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from queries_of(inner)


def check_query(query, metrics):
    names = set()
    for name, labels in NAME.findall(query):
        assert name in metrics or name in FOREIGN, "no metric " + name
        names.add(name)
        for label, values in re.findall(r'(\w+)=~?"([^"]*)"', labels):
            if label in ("instance", "file"):
                continue
            given = metrics[name].get(label, set())
            wrong = set(values.split("|")) - given
            assert not wrong, "%s has no %s %s" % (name, label, wrong)
    return names


def check_panels(dashboard):
    panels = dashboard["panels"]
    numbers = [panel["id"] for panel in panels]
    assert len(set(numbers)) == len(numbers), "two panels have one id"
    taken = set()
    for panel in panels:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"])
                 for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24, panel["title"]
        assert not cells & taken, panel["title"] + " covers another panel"
        taken |= cells
    variables = {v["name"] for v in dashboard["templating"]["list"]}
    used = set(re.findall(r"\$\{?(\w+)", json.dumps(panels)))
    assert used == variables, (used, variables)


def main(metrics_path, dashboard_path, rules_path, queries_path, fleet_path):
    metrics = printed(metrics_path)
    known = {**printed(fleet_path), **metrics}
    dashboard = json.load(open(dashboard_path))
    check_panels(dashboard)
    queries = [q for q in queries_of(dashboard["panels"])]
    shown = set()
    for query in queries + list(queries_of(dashboard["templating"])):
        shown |= check_query(query, known)
    assert shown >= set(known), "not shown: %s" % (set(known) - shown)
    alerts = re.findall(r"^ +expr: (.*)$", open(rules_path).read(), re.M)
    assert len(alerts) > 4, alerts
    for query in alerts:
        check_query(query, known)
    rules = [{"record": "dashboard:query%d" % i, "expr": query}
             for i, query in enumerate(queries)]
    with open(queries_path, "w") as file:
        json.dump({"groups": [{"name": "dashboard", "rules": rules}]}, file)


main(*sys.argv[1:])

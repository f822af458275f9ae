"""The bundle imported over itself, and over somebody else's Superset: nothing is doubled, nothing is lost."""
import io
import sqlite3
import time
import zipfile
from pathlib import Path

import yaml

BUNDLE = Path("dashboards/superset/tableaux")


def inventory(tried):
    with sqlite3.connect(f"file:{tried.home}/superset/superset.db?mode=ro", uri=True) as metadata:
        return {table: sorted(metadata.execute(f"SELECT {key} FROM {table}").fetchall())
                for table, key in (("dbs", "uuid"), ("tables", "uuid"), ("slices", "uuid"), ("dashboards", "uuid"), ("row_level_security_filters", "name"),
                                   ("sql_metrics", "uuid"), ("table_columns", "column_name"))}


def differences(ours, theirs, path=""):
    """What the bundle says and the export does not say again. Numbers of charts are given by each Superset; what it adds is its own."""
    if isinstance(ours, dict):
        for key, value in ours.items():
            if key not in ("chartId", "excluded", "chartsInScope"):
                yield from differences(value, (theirs or {}).get(key), f"{path}/{key}")
    elif isinstance(ours, list):
        name = next((one for one in ("column_name", "metric_name", "id") if ours and isinstance(ours[0], dict) and one in ours[0]), None)
        if name is None:
            if ours != (theirs or []):
                yield path
        else:
            found = {one[name]: one for one in theirs or []}
            for one in ours:
                yield from differences(one, found.get(one[name]), f"{path}/{one[name]}")
            if len(found) != len(ours):
                yield f"{path}: {len(found)} instead of {len(ours)}"
    elif (ours or None) != (theirs or None) and not path.endswith("sqlalchemy_uri"):
        yield f"{path}: {str(ours)[:60]} became {str(theirs)[:60]}"


def refuse(tried):
    refused = tried.attempt("superset", "account", "essai-refus", "--role", "ars", "--url", tried.base, **tried.administrator)
    tried.check("an administrator who is not named in VIGIE_ADMINISTRATION makes no account, in words",
          refused.returncode == 1 and "VIGIE_ADMINISTRATION" in refused.stderr and "docs/superset.md" in refused.stderr and "Exception" not in refused.stderr, refused.stderr)
    tried.check("and leaves none behind", "essai-refus;" not in tried.call("superset", "accounts", "--format", "csv"))


def over_itself(tried):
    start = time.time()
    tried.call("superset", "import")
    once = inventory(tried)
    print(f"import: {time.time() - start:.1f} s with the command's start")
    tried.call("superset", "import", "--url", tried.base, **tried.administrator)
    tried.check("importing over itself, by an administrator's own account, adds and doubles nothing", inventory(tried) == once)
    tried.check("as many charts, datasets, dashboards and databases as the bundle has",
          [len(once[one]) for one in ("slices", "tables", "dashboards", "dbs")] == [len(list(BUNDLE.joinpath(kind).rglob("*.yaml")))
                                                                                  for kind in ("charts", "datasets", "dashboards", "databases")],
          {one: len(many) for one, many in once.items()})
    refused = tried.attempt("superset", "import", "--url", tried.base, **{**tried.administrator, "VIGIE_SUPERSET_PASSWORD": "faux"})
    tried.check("a wrong password at --url is refused in words", refused.returncode != 0 and "VIGIE_SUPERSET_PASSWORD" in refused.stderr and "Exception" not in refused.stderr, refused.stderr)
    administrator = tried.session(*tried.administrator.values())
    with zipfile.ZipFile(io.BytesIO(administrator.get(f"{tried.base}/api/v1/assets/export/").content)) as exported:
        back = {one["uuid"]: one for one in (yaml.safe_load(exported.read(name)) for name in exported.namelist() if name.endswith(".yaml")) if "uuid" in one}
    files = [path for path in sorted(BUNDLE.rglob("*.yaml")) if path.name != "metadata.yaml"]
    changed = {path.stem: list(differences(yaml.safe_load(path.read_text()), back.get(yaml.safe_load(path.read_text())["uuid"])))[:5] for path in files}
    tried.check(f"exported again, {len(files)} objects say what the bundle says", not any(changed.values()), {name: many for name, many in changed.items() if many})
    tried.elapsed("import")

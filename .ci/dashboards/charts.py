"""Every chart answers, and says what `vigie values` says; what is kept for one account is not another's."""
import csv
import io
import json
import re
from collections import Counter
from datetime import date, timedelta

KEY = ("indicateur", "territoire_type", "territoire_code", "periode", "ventilation")


def published(tried, audience, *more):
    dimensions = sorted({re.sub("=[^|]*", "", one).replace("|", ",") for (one,) in tried.rows("SELECT DISTINCT ventilation FROM mart.ligne WHERE ventilation <> ''")})
    by = [word for dimension in dimensions for word in ("--by", dimension)]
    text = tried.call("values", "--audience", audience, "--format", "csv", *by, *more)
    return {tuple(row[key] for key in KEY): row for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def same(one, other):
    """A figure, told in JSON or by the command; None and nothing are the same."""
    none = (None, "")
    return (one in none and other in none) or (one not in none and other not in none and abs(float(one) - float(other)) < 1e-6)


def literal(value):
    return str(value) if isinstance(value, (int, float)) else "'" + str(value).replace("'", "''") + "'"


def conditions(query, columns):
    """The filters of a question, as SQL; Superset leaves out those of columns that the data set has not."""
    found = []
    for one in query["filters"]:
        if one["col"] not in columns:
            continue
        many = one["val"] if isinstance(one["val"], list) else [one["val"]]
        found.append(f"{one['col']} IS NOT NULL" if one["op"] == "IS NOT NULL" else f"{one['col']} IN ({', '.join(map(literal, many))})")
    return " AND ".join(found + ([query["extras"]["where"]] if query["extras"]["where"] else []))


def told(chart, answered, hidden):
    """Compares what Superset answered with the rows of the view; hidden: what the view has of them, with the keys. Gives what differs."""
    if chart.params.get("query_mode") == "raw":
        columns = chart.params["all_columns"]
        line = lambda row: tuple(round(float(row[one]), 6) if isinstance(row[one], (int, float)) or type(row[one]).__name__ == "Decimal" else str(row[one]) for one in columns)
        return list((Counter(map(line, answered)) - Counter(map(line, hidden))).elements()) + list((Counter(map(line, hidden)) - Counter(map(line, answered))).elements())
    # A line of time: a figure for each tried.period, of the one row that it has.
    labels = [one if isinstance(one, str) else one["label"] for one in chart.params["metrics"]]
    figures = {"Valeur": "valeur", "valeur": "valeur", "Valeur__yhat": "valeur", "Valeur__yhat_lower": "ic_bas", "Valeur__yhat_upper": "ic_haut"}
    expected = {row["debut"]: row for row in hidden}
    found = {date(1970, 1, 1) + timedelta(milliseconds=row["debut"]): row for row in answered}
    return [(when, found.get(when), row) for when, row in expected.items()
            if not (all(same(found[when][label], row[figures[label]]) for label in labels) if when in found else row["valeur"] is None)] \
        + [(when, row) for when, row in found.items() if when not in expected]


def compare(tried):
    ars, twin = tried.session("essai-ars", tried.passwords["essai-ars"]), tried.session("essai-ars-2", tried.passwords["essai-ars-2"])
    departements = [code for (code,) in tried.rows("SELECT code FROM restitution.contour ORDER BY 1")]
    truth = published(tried, "partenaire", "--territory", "REGION:76", *(word for code in departements for word in ("--territory", "DEPARTEMENT:" + code)))
    columns = {name: set(tried.as_reader(f"SELECT * FROM restitution.{name} WHERE false LIMIT 1", True)) for name in ("valeur", "carte")}
    compared, silent, asked, agreeing = 0, {}, set(), set()
    for chart in tried.corpus.charts:
        silent[chart.name] = 0
        name = tried.corpus.dataset_name[chart.dataset]
        for where in [tried.place(indicator, dimension, territory) for territory in ("Occitanie", "Hérault") for indicator in ("CAD-01", "MT-01") for dimension in ("Âge", "Sexe")]:
            body = tried.corpus.body(chart, where)
            if (chart.number, json.dumps(body["queries"])) in asked:
                continue
            asked.add((chart.number, json.dumps(body["queries"])))
            answer = ars.ask(body)
            result = answer.json()["result"][0] if answer.status_code == 200 else {"error": answer.text}
            if result.get("error"):
                tried.check(f"chart « {chart.name} » answers", False, result["error"])
                break
            silent[chart.name] += len(result["data"])
            timed = chart.kind.startswith("echarts_timeseries") and not chart.params.get("groupby") and chart.params["x_axis"] == "debut"
            if name not in ("valeur", "carte") or not timed and chart.params.get("query_mode") != "raw":
                continue
            hidden = tried.as_reader(f"SELECT * FROM restitution.{name} WHERE audience = 'partenaire' AND {conditions(body['queries'][0], columns[name])}")
            different = told(chart, result["data"], hidden)
            for row in hidden:
                # The keys of a row are not in what a chart asks: they come with the same rows at PostgreSQL.
                expected = truth.get((row["indicateur"], row["territoire_type"], row["territoire_code"], row["periode_code"], row["ventilation_code"]))
                if not (expected and row["statut_code"] == expected["statut"] and row["verdict_code"] == expected["verdict"] and all(
                        same(row[one], expected[one]) for one in ("numerateur", "denominateur", "valeur", "ic_bas", "ic_haut"))):
                    different.append((row, expected))
            compared += len(hidden)
            agreeing.add(chart.name)
            if different:
                tried.check(f"« {chart.name} » says what vigie values says", False, different[:2])
                break
    tried.check(f"each of {len(tried.corpus.charts)} charts answers with rows", all(silent.values()), [name for name, many in silent.items() if not many])
    print(f"{compared} rows of {len(agreeing)} charts, in {len(asked)} questions, compared with vigie values --audience partenaire")
    tried.check("charts were compared", compared > 100 and len(agreeing) > 15, (compared, sorted(agreeing)))
    public = published(tried, "public")
    tried.check("public: years only, no breakdown, down to the département",
          public and all(re.fullmatch(r"\d{4}", key[3]) and key[4] == "" and key[1] in ("ENSEMBLE", "REGION", "DEPARTEMENT") for key in public), len(public))
    # A publication while people read: what is kept belongs to a number, and the number itself is asked for each time (RestitutionIT publishes).
    numbers = next(body for column, body in tried.corpus.lists() if column == "publication")
    for _ in range(2):
        newest = ars.ask(numbers).json()["result"][0]
    tried.check("the number of the newest publication is never kept", not newest["is_cached"] and tried.publication in [row["publication"] for row in newest["data"]], newest)
    chart = next(one for one in tried.corpus.charts if "affichage" in (one.params.get("all_columns") or []) and one.params.get("order_by_cols") is not None
                 and tried.corpus.page(one, tried.place("MT-01", "Âge", "Occitanie")) and "territoire" in str(tried.corpus.page(one, tried.place("MT-01", "Âge", "Occitanie"))))
    body = tried.corpus.body(chart, tried.place("MT-01", "Âge", "Occitanie"))
    ars.ask({**body, "force": True})
    kept = ars.ask(body).json()["result"][0]
    tried.check("figures are kept under their number", kept["is_cached"] and kept["data"], kept["is_cached"])
    coming = ars.ask(tried.corpus.body(chart, tried.place("MT-01", "Âge", "Occitanie", tried.publication + 1))).json()["result"][0]
    tried.check("and nowhere under the next one", not coming["is_cached"] and coming["data"] == [], coming["data"][:2])
    theirs = twin.ask(body).json()["result"][0]
    tried.check("an answer kept for one account is not served to another of the same role", theirs["data"] == kept["data"] and theirs["cache_key"] != kept["cache_key"]
          and theirs["cached_dttm"] != kept["cached_dttm"], (theirs["cache_key"], kept["cache_key"], theirs["cached_dttm"]))
    by_key = [one.get(f"{tried.base}/api/v1/chart/data/{kept['cache_key']}").status_code for one in (ars, twin)]
    tried.check("nor by its key", by_key[1] != 200, by_key)
    tried.elapsed("charts")

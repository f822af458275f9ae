"""Which questions a reader may ask of the data sets of Vigie: those of a saved chart or of the filter of a dashboard, as the pages of Superset build
them, and no other. A question of a chart may hold free SQL; the only SQL that passes here is SQL that stands in a chart already.

Superset does as much for the guests of embedded dashboards (`query_context_modified`), but looks neither at filters nor at conditions, and takes any
question that names no chart. The charts read here use these controls: columns, groups, measures, the x axis, their conditions and their order; a chart
that uses another is refused to readers until this file knows it.
"""
import json

from superset.common.chart_data import ChartDataResultType
from superset.connectors.sqla.models import SqlaTable
from superset.extensions import db
from superset.models.dashboard import Dashboard
from superset.models.slice import Slice
from superset.sql.parse import sanitize_clause

ANSWERS = {ChartDataResultType.FULL, ChartDataResultType.RESULTS, ChartDataResultType.POST_PROCESSED}
# What the charts have done to rows that were answered: turned into series and put in order, no more.
AFTERWARDS = {"pivot", "sort", "flatten", "rename"}
CHOICE = {"IN", "=="}
SEARCH = {"ILIKE"}
# Nothing in the bundle asks for any of these, and each changes what is computed.
UNUSED = ("annotation_layers", "applied_time_extras", "apply_fetch_values_predicate", "from_dttm", "granularity", "group_others_when_limit_reached",
          "inner_from_dttm", "inner_to_dttm", "is_rowcount", "row_offset", "time_offsets", "time_range", "time_shift", "to_dttm")


def frozen(value):
    """Equal for equal JSON, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True, default=str)


def scalar(value):
    return value is None or isinstance(value, (str, int, float, bool))


def refusal(query_context):
    """Why this question is none of the saved ones, in a word for the log; None when it is one."""
    datasource = query_context.datasource
    if not isinstance(datasource, SqlaTable):
        return "datasource"
    if query_context.result_type not in ANSWERS or (query_context.form_data or {}).get("tooltip_contents"):
        return "result type"
    filters = filters_of_dashboards(datasource)
    choices = {one["column"] for one in filters}
    charts = [Chart(one, datasource) for one in db.session.query(Slice).filter_by(datasource_id=datasource.id, datasource_type="table")]
    for query in query_context.queries:
        if query.datasource is not None and query.datasource.id != datasource.id:
            return "datasource"
        if query.result_type is not None and query.result_type not in ANSWERS:
            return "result type"
        if any(getattr(query, name) for name in UNUSED) or any(one.get("operation") not in AFTERWARDS for one in query.post_processing):
            return "unused"
        if not any(chart.asks(query, choices) for chart in charts) and not any(offers(one, query, choices) for one in filters):
            return "expressions"
    return None


class Chart:
    """What one saved chart asks."""

    def __init__(self, chart, datasource):
        params = json.loads(chart.params or "{}")
        axis = params.get("x_axis")
        columns = [*(params.get("all_columns") or []), *(params.get("columns") or []), *(params.get("groupby") or [])]
        self.grain = params.get("time_grain_sqla")
        self.columns = {frozen(one) for one in columns}
        axes = {frozen(axis), frozen(self.axis(axis))} if axis else set()
        self.columns |= axes
        measures = [*(params.get("metrics") or []), *(params.get("percent_metrics") or []),
                    *(params[name] for name in ("metric", "timeseries_limit_metric", "x_axis_sort") if params.get(name))]
        self.measures = {frozen(one) for one in measures}
        self.orders = axes | self.measures | {frozen(json.loads(one)[0]) for one in params.get("order_by_cols") or []}
        conditions = params.get("adhoc_filters") or []
        self.filters = {frozen({"col": one["subject"], "op": one["operator"], "val": one.get("comparator")})
                        for one in conditions if one["expressionType"] == "SIMPLE"}
        written = [f"({one['sqlExpression']})" for one in conditions if one["expressionType"] == "SQL" and one["clause"] == "WHERE"]
        self.where = {" AND ".join(written)}
        if written:
            self.where.add(sanitize_clause(" AND ".join(written), datasource.database.db_engine_spec.engine))

    def axis(self, column):
        """How the pages write a column that is the axis of time."""
        return {"timeGrain": self.grain, "columnType": "BASE_AXIS", "sqlExpression": column, "label": column, "expressionType": "SQL", "isColumnReference": True}

    def asks(self, query, choices):
        asked = {frozen({"col": one.get("col"), "op": one.get("op"), "val": one.get("val")}) for one in query.filter}
        return (all(frozen(one) in self.columns for one in query.columns)
                and all(frozen(one) in self.columns for one in query.series_columns)
                and all(frozen(one) in self.measures for one in query.metrics or [])
                and all(frozen(one[0]) in self.orders for one in query.orderby)
                and (query.series_limit_metric is None or frozen(query.series_limit_metric) in self.orders)
                and set(query.extras) <= {"where", "having", "time_grain_sqla"}
                and (query.extras.get("where") or "") in self.where
                and not query.extras.get("having")
                and query.extras.get("time_grain_sqla") in (None, self.grain)
                # Its own conditions all stand, and what is added chooses among the values of a filter.
                and self.filters <= asked
                and all(frozen({"col": one.get("col"), "op": one.get("op"), "val": one.get("val")}) in self.filters or is_choice(one, choices, CHOICE)
                        for one in query.filter))


def is_choice(one, columns, operators):
    values = one.get("val") if isinstance(one.get("val"), list) else [one.get("val")]
    return (isinstance(one.get("col"), str) and one["col"] in columns and one.get("op") in operators and all(scalar(value) for value in values)
            and not one.get("grain"))


def filters_of_dashboards(datasource):
    """The filters of all the dashboards: the column that each asks for, whether its values come from this data set, and what orders them. A filter
    acts on all the charts of a page: Superset leaves out those whose data set has no such column."""
    found = []
    for (metadata,) in db.session.query(Dashboard.json_metadata):
        for one in json.loads(metadata or "{}").get("native_filter_configuration") or []:
            for target in one.get("targets") or []:
                column = (target.get("column") or {}).get("name")
                if column:
                    found.append({"column": column, "here": target.get("datasetId") == datasource.id, "order": one.get("sortMetric")})
    return found


def offers(one, query, choices):
    """Whether the question is for the values that a filter offers."""
    order = {frozen(one["order"])} if one["order"] else set()
    return (one["here"]
            and [frozen(column) for column in query.columns] == [frozen(one["column"])]
            and all(frozen(metric) in order for metric in query.metrics or [])
            and all(frozen(by[0]) in order | {frozen(one["column"])} for by in query.orderby)
            and not query.series_columns and query.series_limit_metric is None and not query.post_processing
            and set(query.extras) <= {"where", "having"} and not any(query.extras.values())
            and all(is_choice(asked, choices, CHOICE) or is_choice(asked, {one["column"]}, SEARCH) for asked in query.filter))

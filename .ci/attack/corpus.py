"""The questions that the dashboards ask, made from what is saved in Superset as its pages make them: what must go on being answered."""
import copy
import json


class Chart:
    def __init__(self, number, name, dataset, kind, params, dashboard):
        self.number, self.name, self.dataset, self.kind, self.params, self.dashboard = number, name, dataset, kind, params, dashboard


class Corpus:
    def __init__(self, instance):
        self.dataset_name = {number: name for name, number in instance.datasets.items()}
        self.filters, self.charts = {}, []
        for number, about in instance.metadata.execute("SELECT id, json_metadata FROM dashboards"):
            self.filters[number] = [one for one in json.loads(about or "{}").get("native_filter_configuration", []) if one.get("targets") and one["targets"][0].get("column")]
        for row in instance.metadata.execute("SELECT s.id, s.slice_name, s.datasource_id, s.viz_type, s.params, min(d.dashboard_id) FROM slices s"
                                             " JOIN dashboard_slices d ON d.slice_id = s.id GROUP BY 1, 2, 3, 4, 5 ORDER BY 1"):
            self.charts.append(Chart(*row[:4], json.loads(row[4] or "{}"), row[5]))

    @staticmethod
    def known(column, cell):
        return {"publication": cell.publication, "territoire": cell.territory, "periode": cell.period_label, "indicateur": cell.indicator, "code": cell.base,
                "ventilation": cell.dimension}.get(column)

    def page(self, chart, cell):
        """The filters of the page, opened on a figure."""
        found = []
        for one in self.filters.get(chart.dashboard, []):
            if chart.number in one.get("scope", {}).get("excluded", []):
                continue
            column = one["targets"][0]["column"]["name"]
            value = self.known(column, cell)
            if value is not None:
                found.append({"col": column, "op": "IN", "val": [value]})
        return found

    def body(self, chart, cell, page=None):
        params = chart.params
        page = self.page(chart, cell) if page is None else page
        adhoc = params.get("adhoc_filters") or []
        timed = chart.kind.startswith("echarts_timeseries")
        query = {
            "filters": page + [{"col": one["subject"], "op": one["operator"], "val": one["comparator"]} for one in adhoc if one["expressionType"] == "SIMPLE"],
            "extras": {**({"time_grain_sqla": params["time_grain_sqla"]} if params.get("time_grain_sqla") else {}), "having": "",
                       "where": " AND ".join(f"({one['sqlExpression']})" for one in adhoc if one["expressionType"] == "SQL")},
            "applied_time_extras": {}, "columns": list(params.get("groupby") or []), "orderby": [], "annotation_layers": [], "row_limit": params.get("row_limit", 100),
            "series_limit": 0, "group_others_when_limit_reached": False, "order_desc": params.get("order_desc", True), "url_params": {}, "custom_params": {},
            "custom_form_data": {}}
        metrics = params.get("metrics") or ([params["metric"]] if params.get("metric") else [])
        if timed:
            axis = params["x_axis"]
            query["columns"] = [{"timeGrain": params.get("time_grain_sqla", "P1M"), "columnType": "BASE_AXIS", "sqlExpression": axis, "label": axis, "expressionType": "SQL",
                                 "isColumnReference": True}, *query["columns"]]
            labels = [one if isinstance(one, str) else one["label"] for one in metrics]
            series = list(params.get("groupby") or [])
            query |= {"metrics": metrics, "orderby": [[metrics[0], False]], "series_columns": series, "time_offsets": [], "post_processing": [
                {"operation": "pivot", "options": {"index": [axis], "columns": series, "aggregates": {one: {"operator": "mean"} for one in labels}, "drop_missing_columns": False}},
                {"operation": "flatten"}]}
        elif params.get("query_mode") == "raw":
            query |= {"columns": list(params.get("all_columns") or []), "orderby": [json.loads(one) for one in params.get("order_by_cols") or []]}
        else:
            first = params.get("timeseries_limit_metric") or (metrics[0] if metrics else None)
            query |= {"metrics": metrics, "orderby": [[first, not params.get("order_desc", True)]] if first else []}
            if params.get("timeseries_limit_metric"):
                query["series_limit_metric"] = first
        if chart.kind == "table":
            query |= {"post_processing": [], "time_offsets": []}
        return {"datasource": {"id": chart.dataset, "type": "table"}, "force": False, "queries": [query],
                "form_data": {**copy.deepcopy(params), "datasource": f"{chart.dataset}__table", "viz_type": chart.kind, "slice_id": chart.number, "url_params": {},
                              "extra_form_data": {"filters": page}, "extra_filters": [], "dashboardId": chart.dashboard, "force": False, "result_format": "json",
                              "result_type": "full"},
                "result_format": "json", "result_type": "full"}

    @staticmethod
    def url(chart):
        return f"/api/v1/chart/data?form_data=%7B%22slice_id%22%3A{chart.number}%7D&dashboard_id={chart.dashboard}"

    def lists(self):
        """What fills the boxes of the filters, each once."""
        seen = set()
        for dashboard, filters in self.filters.items():
            for one in filters:
                column, metric, dataset = one["targets"][0]["column"]["name"], one.get("sortMetric"), one["targets"][0].get("datasetId")
                if (dataset, column) in seen or dataset is None:
                    continue
                seen.add((dataset, column))
                query = {"filters": [], "extras": {"having": "", "where": ""}, "applied_time_extras": {}, "columns": [column], "metrics": [metric] if metric else [],
                         "orderby": [[metric or column, one["controlValues"].get("sortAscending", True)]], "annotation_layers": [], "row_limit": 1000, "series_limit": 0,
                         "group_others_when_limit_reached": False, "order_desc": True, "url_params": {}, "custom_params": {}, "custom_form_data": {}}
                yield column, {"datasource": {"id": dataset, "type": "table"}, "force": False, "queries": [query],
                               "form_data": {**one["controlValues"], "datasource": f"{dataset}__table", "groupby": [column], "sortMetric": metric, "adhoc_filters": [],
                                             "extra_filters": [], "extra_form_data": {}, "metrics": ["count"], "row_limit": 1000, "showSearch": True, "url_params": {},
                                             "viz_type": "filter_select", "type": "NATIVE_FILTER", "dashboardId": dashboard, "native_filter_id": one["id"], "force": False,
                                             "result_format": "json", "result_type": "full"},
                               "result_format": "json", "result_type": "full"}

    def shows(self, instance, cell):
        """A chart of values that tells numerator and denominator of this very cell, and the filters of the page that bring them."""
        for chart in self.charts:
            columns = chart.params.get("all_columns") or []
            if self.dataset_name.get(chart.dataset) != "valeur" or "effectifs" not in columns:
                continue
            conditions = [f"{one['subject']} IN ({', '.join(quote(value) for value in (one['comparator'] if isinstance(one['comparator'], list) else [one['comparator']]))})"
                          if one["expressionType"] == "SIMPLE" else f"({one['sqlExpression']})" for one in chart.params.get("adhoc_filters") or []]
            sql = (f"SELECT 1 FROM (VALUES ({quote(cell.indicator)}, {quote(cell.base)}, {quote(cell.dimension)}, {quote(cell.period_kind)}, {quote(cell.kind)},"
                   f" {quote(cell.breakdown)})) v (indicateur, code, ventilation, type_de_periode, territoire_type, ventilation_code) WHERE {' AND '.join(conditions) or 'true'}")
            try:
                if instance.rows(sql):
                    return chart
            except Exception:
                continue
        return None


def quote(value):
    return "'" + str(value).replace("'", "''") + "'"

package fr.vigie.dashboards;

import java.util.List;

/** The contour of a département, as the packaged drawing has it. */
record DepartementOutline(String code, String name, double labelX, double labelY, String path) {

    static List<DepartementOutline> occitanie() {
        return Resource.rows("occitanie.svgpaths").stream()
                .map(columns -> new DepartementOutline(
                        columns.get(0),
                        columns.get(1),
                        Double.parseDouble(columns.get(2)),
                        Double.parseDouble(columns.get(3)),
                        columns.get(4)))
                .toList();
    }
}

"""Superset as Vigie runs it: in French, on one machine, closed to the internet. Read by `vigie superset start`; an existing
Superset takes the same settings (docs/superset.md says which are indispensable)."""
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from vigie_lecture import CUSTOM_SECURITY_MANAGER, DB_CONNECTION_MUTATOR, FLASK_APP_MUTATOR  # noqa: E402,F401  read by Superset

HOME = Path(os.environ["VIGIE_SUPERSET_HOME"])

# Cached figures and the accounts are this account's alone; detached, gunicorn has forgotten the umask that it was started with.
os.umask(0o077)

SECRET_KEY = (HOME / "cle-secrete").read_text(encoding="utf-8").strip()
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME / 'superset.db'}?check_same_thread=false"
DATA_DIR = str(HOME)

# French, whatever the browser says.
BABEL_DEFAULT_LOCALE = "fr"
LANGUAGES = {"fr": {"flag": "fr", "name": "Français"}}
D3_FORMAT = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"], "percent": "\u00a0%", "minus": "\u2212"}
D3_TIME_FORMAT = {
    "dateTime": "%d/%m/%Y %H:%M",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["", ""],
    "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    "months": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    "shortMonths": ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
}

# The marks of Okabe and Ito stay apart for the colour-blind; the same as the pages of `dashboards`.
EXTRA_CATEGORICAL_COLOR_SCHEMES = [
    {
        "id": "vigie",
        "description": "Okabe et Ito, distinguable par les daltoniens",
        "label": "Vigie",
        "isDefault": True,
        "colors": ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#4f5b66"],
    }
]
APP_NAME = "Vigie"
THEME_DEFAULT = {
    "token": {
        "brandAppName": "Vigie",
        "brandLogoAlt": "Vigie",
        "brandLogoUrl": "/static/assets/images/superset-logo-horiz.png",
        "brandLogoMargin": "18px 0",
        "brandLogoHref": "/dashboard/list/",
        "brandLogoHeight": "24px",
        "brandSpinnerUrl": None,
        "brandSpinnerSvg": None,
        "colorPrimary": "#005b8f",
        "colorLink": "#005b8f",
        "colorError": "#b3261e",
        "colorWarning": "#9c4300",
        "colorSuccess": "#005c43",
        "colorInfo": "#0072b2",
        "colorTextBase": "#1b2530",
        # No font of the network: what the machine has.
        "fontUrls": [],
        "fontFamily": "Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif",
        "fontFamilyCode": "'IBM Plex Mono', 'DejaVu Sans Mono', monospace",
        "transitionTiming": 0.3,
        "brandIconMaxWidth": 37,
        "fontSizeXS": "8",
        "fontSizeXXL": "28",
        "fontWeightNormal": "400",
        "fontWeightLight": "300",
        "fontWeightStrong": "500",
        "fontWeightBold": "700",
        "colorEditorSelection": "#fff5cf",
    },
    "algorithm": "default",
}
THEME_DARK = None
ENABLE_UI_THEME_ADMINISTRATION = False

# The charts that draw intervals and the map are templates: they need SVG and inline sizes, and a template compiler.
HTML_SANITIZATION_SCHEMA_EXTENSIONS = {
    "tagNames": ["svg", "g", "path", "rect", "line", "circle", "text", "title", "desc", "figure", "figcaption", "meter"],
    "attributes": {
        "*": ["className", "style", "role", "ariaLabel", "ariaHidden", "scope"],
        "svg": ["viewBox", "width", "height", "preserveAspectRatio"],
        "path": ["d", "fill", "stroke", "transform"],
        "rect": ["x", "y", "width", "height", "fill", "rx"],
        "line": ["x1", "x2", "y1", "y2", "stroke"],
        "circle": ["cx", "cy", "r", "fill"],
        "text": ["x", "y", "textAnchor", "fill"],
    },
}
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'", "data:"],
        "script-src": ["'self'", "'strict-dynamic'", "'unsafe-eval'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}


def only_oneself(query):
    """The lists of owners and authors would name every account of the place to every reader."""
    from flask import g
    from superset import security_manager

    return query if security_manager.is_admin() else query.filter(security_manager.user_model.id == (g.user.id if g.user.is_authenticated else None))


def none_but_for_the_administrator(query):
    from superset import security_manager

    return query if security_manager.is_admin() else query.filter(False)


EXTRA_RELATED_QUERY_FILTERS = {"user": only_oneself, "role": none_but_for_the_administrator}


# A figure is cached under its publication, which never changes; the filter that gives the newest publication is not cached (see the datasets).
DATA_CACHE_CONFIG = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(HOME / "cache" / "donnees"), "CACHE_DEFAULT_TIMEOUT": 86400, "CACHE_THRESHOLD": 5000}
# Wrong passwords are counted here: so many names that nobody makes the counts go by trying others.
CACHE_CONFIG = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(HOME / "cache" / "pages"), "CACHE_DEFAULT_TIMEOUT": 3600, "CACHE_THRESHOLD": 100000}
# Beyond 500 files, its default, the cache throws one in three away: a reader who made many would take the choices of the others.
FILTER_STATE_CACHE_CONFIG = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(HOME / "cache" / "filtres"), "CACHE_DEFAULT_TIMEOUT": 7776000, "CACHE_THRESHOLD": 100000}
EXPLORE_FORM_DATA_CACHE_CONFIG = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(HOME / "cache" / "formulaires"), "CACHE_DEFAULT_TIMEOUT": 604800, "CACHE_THRESHOLD": 100000}

FEATURE_FLAGS = {"DRILL_TO_DETAIL": False, "DRILL_BY": False, "DASHBOARD_RBAC": False, "ALERT_REPORTS": False, "EMBEDDED_SUPERSET": False}
# A reader keeps the choices of a page, of some kilobytes; the largest request is the bundle.
MAX_CONTENT_LENGTH = 1 << 20
RATELIMIT_ENABLED = False
FAB_API_SWAGGER_UI = False
LOG_LEVEL = "WARNING"
ROW_LIMIT = 20000
SQL_MAX_ROW = 20000

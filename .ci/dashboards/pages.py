"""The dashboards in headless Chromium, as each sort of reader."""
import json
import subprocess
import tempfile
import time
from pathlib import Path

from accounts import cookies_of
from chromium import Browser

DASHBOARDS = ["vue-ars-facs", "territoire", "sortie-48h", "medecin-traitant", "ruptures-de-parcours", "qualite-des-donnees"]


def open_dashboard(tried, browser, slug, width):
    """Makes the window as high as the page so that every chart is asked for; gives the seconds until the last one was drawn, None if never."""
    start = time.time()
    browser.open(f"{tried.base}/superset/dashboard/{slug}/", width)
    quiet = 0
    while time.time() - start < 90:
        time.sleep(0.4)
        drawn = browser.script("[document.querySelectorAll('.dashboard-component-chart-holder').length,"
                               "document.querySelectorAll('.loading, [data-test=loading-indicator], .ant-spin-spinning').length]")
        quiet = quiet + 1 if drawn and drawn[0] > 0 and drawn[1] == 0 else 0
        if quiet == 2:
            bottom = browser.script("document.querySelector('.grid-container, [data-test=grid-container]')?.getBoundingClientRect().bottom || 0")
            browser.size(width, int(min(max(bottom, 1000) + 40, 6000)))
        if quiet == 5:
            return time.time() - start
    return None


def axe():
    """The accessibility rules, from the npm package; empty when it cannot be had."""
    folder = Path(tempfile.mkdtemp())
    try:
        subprocess.run(["npm", "pack", "--silent", "axe-core@" + AXE], cwd=folder, check=True, capture_output=True, timeout=90)
        subprocess.run(["tar", "xzf", f"axe-core-{AXE}.tgz", "package/axe.min.js"], cwd=folder, check=True)
        return folder.joinpath("package/axe.min.js").read_text()
    except (OSError, subprocess.SubprocessError):
        print("      no axe-core: the accessibility of the pages was not looked at")
        return ""


AXE = "4.14.1"
# What is ours on a page: the texts and the templates. The rest of it is Superset's.
OURS = "['.dashboard-markdown', '.vg-cartes', '.vg-barres', '.vg-figure', '.vg-legende', '.vg-vide'].filter(one => document.querySelector(one))"

def open_all(tried):
    rules = axe()
    browser = Browser()
    try:
        # Each sort of reader: a DAC reads exact values, the public what is left after all masks, and finds empty charts.
        for reader, slugs in (("essai-ars", DASHBOARDS), ("essai-dac34", ["territoire", "sortie-48h"]), ("essai-facs", ["vue-ars-facs", "qualite-des-donnees"]),
                              ("essai-cpts", ["territoire", "ruptures-de-parcours"]), ("essai-cpam30", ["territoire", "medecin-traitant"]),
                              ("essai-etab", ["sortie-48h", "territoire"]), ("essai-public", ["ruptures-de-parcours", "qualite-des-donnees"])):
            browser.cookies(dict(cookies_of(tried, reader, tried.passwords[reader]).cookies), tried.base)
            slugs, widths = DASHBOARDS if tried.everything else slugs, (1440, 900) if reader == "essai-ars" else (1440,)
            for width in widths:
                for slug in slugs:
                    # A page that was not drawn in time is asked for once more: what is measured is what it says, not the machine.
                    seconds = open_dashboard(tried, browser, slug, width) or open_dashboard(tried, browser, slug, width)
                    browser.picture(tried.shots / f"{slug}-{reader.removeprefix('essai-')}-{width}.png")
                    wrong = browser.script("[...document.querySelectorAll('.alert-danger, [data-test=error-alert], .ant-alert-error, .missing-chart-container')].map(one => one.innerText.slice(0, 200))")
                    if rules and width == 1440 and reader == "essai-ars":
                        browser.script(rules)
                        broken = json.loads(browser.script(f"axe.run({{include: {OURS}}}, {{resultTypes: ['violations']}}).then(found => JSON.stringify(found.violations.map("
                                                           "one => one.id + ' ' + one.nodes.length + ' ' + one.nodes[0].html.slice(0, 160))))") or '["axe did not answer"]')
                        tried.check(f"{slug}: axe finds nothing", not broken, broken)
                    # Leaving the page is when it would write the colours that it drew.
                    browser.command("Page.navigate", url="about:blank")
                    browser.script("1")
                    time.sleep(0.3)
                    abroad = [one for one in browser.asked if not one.startswith((tried.base + "/", "data:", "blob:", "about:"))]
                    tried.check(f"{slug} at {width} as {reader}: no chart in error, nothing on the console, no other host asked ({seconds or 0:.1f} s)",
                          seconds and wrong == [] and not browser.said and not abroad, (seconds, wrong, browser.said, abroad, browser.sent))
    finally:
        browser.close()
    tried.elapsed("pages")

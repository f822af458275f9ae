"""Headless Chromium over its debugging protocol: nothing to install beside it and a web socket."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket


class Browser:
    """One page. `said` holds the errors of the console and of the network since the last `open`; `asked` every address that the
    page asked for; `sent` what was written to the server."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="vigie-chromium")
        self.process = subprocess.Popen(
            [os.environ.get("CHROMIUM", "/usr/bin/chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run", "--lang=fr-FR", "--remote-debugging-port=0", "--remote-allow-origins=*",
             f"--user-data-dir={self.folder}", "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = Path(self.folder, "DevToolsActivePort")
        for _ in range(300):
            if port.exists() and port.read_text().count("\n"):
                break
            time.sleep(0.1)
        pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port.read_text().splitlines()[0]}/json"))
        self.socket = websocket.create_connection(next(one for one in pages if one["type"] == "page")["webSocketDebuggerUrl"], timeout=60)
        self.number, self.said, self.sent, self.asked = 0, [], [], []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.command(domain + ".enable")

    def command(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                return message.get("result", {})
            self.hear(message.get("method"), message.get("params", {}))

    def hear(self, event, about):
        if event == "Runtime.consoleAPICalled" and about["type"] == "error":
            self.said.append(" ".join(str(one.get("value", one.get("description", ""))) for one in about["args"])[:300])
        if event == "Runtime.exceptionThrown":
            self.said.append(str(about["exceptionDetails"])[:300])
        if event == "Log.entryAdded" and about["entry"]["level"] == "error":
            self.said.append((about["entry"]["text"] + " " + about["entry"].get("url", ""))[:300])
        if event == "Network.requestWillBeSent":
            self.asked.append(about["request"]["url"])
        if event == "Network.requestWillBeSent" and about["request"]["method"] in ("PUT", "DELETE"):
            self.sent.append((about["request"]["method"], about["request"]["url"], about["request"].get("postData", "")))

    def script(self, text):
        return self.command("Runtime.evaluate", expression=text, returnByValue=True, awaitPromise=True).get("result", {}).get("value")

    def size(self, width, height):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def cookies(self, cookies, address):
        self.command("Network.clearBrowserCookies")
        for name, value in cookies.items():
            self.command("Network.setCookie", name=name, value=value, url=address)

    def open(self, address, width):
        """A page; what the last one said while it was being left is forgotten."""
        self.size(width, 1000)
        self.command("Page.navigate", url="about:blank")
        self.said.clear()
        self.sent.clear()
        self.asked.clear()
        self.command("Page.navigate", url=address)

    def picture(self, file):
        file.write_bytes(base64.b64decode(self.command("Page.captureScreenshot", format="png")["data"]))

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

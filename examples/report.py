#!/usr/bin/env python3
"""Make the pictures of the report: examples/report.png, report-dark.png and report-phone.png.

    examples/report.py DATELINE [PATH|TABLES [FOLDER]]

Without a PATH the samples are shown; the pictures go to FOLDER, or beside this script. With a FOLDER
the printed page is put there too. Needs chromium and chromedriver, and ImageMagick to make the pictures
small where it is there.
"""
import base64
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Browser:
    def __init__(self, profile):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        port = next(line.rsplit(" ", 1)[1].strip(" .\n") for line in self.driver.stdout if "successfully on port" in line)
        self.address = f"http://127.0.0.1:{port}/session"
        options = {"args": [*FLAGS, f"--user-data-dir={profile}"]}
        wanted = {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}
        self.address += "/" + self.ask("", {"capabilities": wanted})["sessionId"]

    def ask(self, path, body):
        request = urllib.request.Request(self.address + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        return json.load(urllib.request.urlopen(request))["value"]

    def command(self, name, **parameters):
        return self.ask("/goog/cdp/execute", {"cmd": name, "params": parameters})

    def run(self, script):
        return self.ask("/execute/sync", {"script": script, "args": []})

    def open(self, page, width, height, scheme="light"):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask("/url", {"url": page.as_uri()})
        while not self.run("return document.documentElement.dataset.ready"):
            time.sleep(0.1)

    def picture(self, file, top=0, height=None):
        """The page from `top`, beyond what is in sight too; without it, what is in sight."""
        if top is None:
            shot = self.command("Page.captureScreenshot")
        else:
            width, whole = self.run("return [innerWidth, document.documentElement.scrollHeight]")
            clip = {"x": 0, "y": top, "width": width, "height": height or whole - top, "scale": 1}
            shot = self.command("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        file.write_bytes(base64.b64decode(shot["data"]))
        if shutil.which("convert"):
            subprocess.run(["convert", file, "-strip", "+dither", "-colors", "128", "-define", "png:compression-level=9", file], check=True)

    def end(self):
        urllib.request.urlopen(urllib.request.Request(self.address, method="DELETE"))
        self.driver.terminate()
        self.driver.wait()


def main(dateline, source=HERE.parent / "data/samples/releases", folder=None):
    out = pathlib.Path(folder or HERE)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        page = pathlib.Path(work, "report.html")
        subprocess.run([dateline, "report", source, "-o", page], check=True)
        browser = Browser(pathlib.Path(work, "profile"))
        try:
            browser.open(page, 1180, 900)
            browser.picture(out / "report.png", height=None if folder else 1560)
            if folder:
                browser.run("document.querySelector('#heat td button').click()")
                browser.picture(out / "report-panel.png", height=900)
                pdf = browser.command("Page.printToPDF", printBackground=True)
                (out / "report.pdf").write_bytes(base64.b64decode(pdf["data"]))
            browser.open(page, 1180, 900, "dark")
            if folder:
                browser.picture(out / "report-dark.png")
            else:
                browser.run("document.querySelector('#h-network').scrollIntoView(); scrollBy(0, -20)")
                browser.run("document.querySelector('#network .marked .ring').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
                browser.picture(out / "report-dark.png", top=None)
            browser.open(page, 375, 812)
            browser.picture(out / "report-phone.png", height=None if folder else 1560)
        finally:
            browser.end()


main(*sys.argv[1:])

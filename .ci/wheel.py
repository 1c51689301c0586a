#!/usr/bin/env python3
"""Make a Python wheel that puts the program on the path.

usage: wheel.py DATELINE FOLDER

A wheel is a ZIP with metadata (packaging.python.org, "Binary distribution format"); the program goes
into its scripts. The same program gives the same bytes.
"""
import base64
import hashlib
import platform
import re
import sys
import zipfile
from pathlib import Path


def main():
    program, folder = Path(sys.argv[1]), Path(sys.argv[2])
    root = Path(__file__).parent.parent
    cargo = (root / "Cargo.toml").read_text(encoding="utf-8")
    field = lambda name: re.search(rf'^{name} = "(.*)"$', cargo, re.M)[1]
    version = field("version")
    tag = f"py3-none-manylinux_2_17_{platform.machine()}.musllinux_1_1_{platform.machine()}"
    info = f"dateline-{version}.dist-info"
    metadata = (f"Metadata-Version: 2.1\nName: dateline\nVersion: {version}\nSummary: {field('description')}\n"
                f"License: {field('license')}\nDescription-Content-Type: text/markdown\n\n")
    files = {
        f"dateline-{version}.data/scripts/dateline": program.read_bytes(),
        f"{info}/METADATA": (metadata + (root / "README.md").read_text(encoding="utf-8")).encode(),
        f"{info}/WHEEL": ("Wheel-Version: 1.0\nGenerator: dateline\nRoot-Is-Purelib: false\n"
                          + "".join(f"Tag: py3-none-{one}\n" for one in tag.removeprefix("py3-none-").split("."))).encode(),
        f"{info}/LICENSE-MIT": (root / "LICENSE-MIT").read_bytes(),
        f"{info}/LICENSE-APACHE": (root / "LICENSE-APACHE").read_bytes(),
    }
    record = "".join(f"{name},sha256={digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
    wheel = folder / f"dateline-{version}-{tag}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            # pip makes executable what is a regular file with these bits
            entry.external_attr = (0o100755 if "/scripts/" in name else 0o100644) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    print(wheel)


def digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when an include points the wrong way. The order of the folders is the data below; the rest is one walk."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# A folder may include itself and the folders named.
CORE = {
    "core/base": [],
    "core/time": ["core/base"],
    "core/record": ["core/base"],
    "core/metrics": ["core/base"],
    "core/schema": ["core/base"],
    "core/log": ["core/base", "core/record"],
    "core/graph": ["core/base"],
    "core/runtime": ["core/base", "core/log", "core/metrics", "core/record"],
    "core/api": ["core/base", "core/log", "core/metrics", "core/runtime"],
    "core/plugin": ["core/api", "core/base", "core/graph", "core/runtime", "core/schema"],
    "core/engine": ["core/api", "core/base", "core/graph", "core/log", "core/metrics", "core/plugin", "core/record", "core/runtime", "core/schema", "core/time"],
}
APP = {
    "app/session": ["core"],
    "app/cli": ["app/session", "core"],
    "app/gui": ["app/session", "core"],
}
# Only these files may include the library: everybody else goes through them.
DOORS = {
    "nlohmann/": ["core/base/json.h"],
    "openssl/": ["core/base/digest.cpp", "plugins/endpoint/tls", "plugins/endpoint/signature.cpp"],
    "isa-l/": ["core/base/digest.cpp", "plugins/firehose/compression.cpp", "core/record/decompress.cpp"],
    "xxhash.h": ["core/base/digest.cpp"],
    "sqlite3.h": ["core/log/"],
    "tbb/": ["core/engine/"],
    "CLI/": ["app/cli/"],
    "boost/": ["plugins/endpoint/", "tests/bench/"],
    "nghttp2/": ["plugins/endpoint/"],
    "re2/": ["core/api/shape.cpp"],
}
NEVER = {"core": ["Q"], "plugins": ["QWidget", "QtWidgets"], "app/session": ["QWidget", "QtWidgets"], "app/cli": ["Q"]}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)


def allowed(folder):
    if folder in CORE:
        return [folder] + CORE[folder]
    if folder in APP:
        return [folder] + APP[folder]
    if folder.startswith("plugins/"):
        return ["core", "/".join(folder.split("/")[:2])]
    return None


def layer_of(path):
    parts = path.relative_to(ROOT).parts
    return "/".join(parts[:2])


def main():
    bad = []
    for top in ("core", "plugins", "app"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix not in (".h", ".cpp", ".in") or not path.is_file():
                continue
            name = path.relative_to(ROOT).as_posix()
            layer = layer_of(path)
            may = ["core"] if name == "plugins/builtin.cpp.in" else allowed(layer)
            if may is None:
                bad.append(f"{name}: the folder {layer} is not in the table of tests/layers.py")
                continue
            text = path.read_text(encoding="utf-8")
            if not text.startswith("// SPDX-License-Identifier: GPL-3.0-or-later"):
                bad.append(f"{name}:1: the SPDX line is missing")
            for match in INCLUDE.finditer(text):
                quoted, target = match.group(1) == '"', match.group(2)
                place = f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
                if quoted and not any(target == m or target.startswith(m + "/") for m in may):
                    bad.append(f"{place}: {layer} may not include {target}")
                for door, files in DOORS.items():
                    if target.startswith(door) and not any(name.startswith(f) for f in files):
                        bad.append(f"{place}: {target} only through {', '.join(files)}")
                for prefix, words in NEVER.items():
                    if not quoted and name.startswith(prefix) and any(re.match(w + (r"[A-Z]" if w == "Q" else ""), target) for w in words):
                        bad.append(f"{place}: no Qt here: {target}")
    for line in bad:
        print(line)
    print("layers: " + (f"{len(bad)} objections" if bad else "good"))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

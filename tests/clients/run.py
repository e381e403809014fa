#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real AWS clients against `streamwright serve`. Usage: run.py PATH_OF_STREAMWRIGHT BUILD_FOLDER [SUITE...|peers]

Every suite gets a server of its own (a free port, nothing kept) and tells by its exit code. Clients that Debian does not
have (npm's, the newest boto3) are installed below the build folder once; where that is impossible, their suites are left
out, and the last line says so."""
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
import server

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's boto3
NEWEST_BOTO3 = "1.43.11"


def debians(name):
    return lambda build: [PYTHON, str(HERE / name)]


def newest_boto3(build):
    """In a virtual environment: boto3 that speaks JSON with SQS and CloudWatch."""
    folder = build / "clients" / "venv"
    wanted = folder / f"boto3-{NEWEST_BOTO3}"
    if not wanted.exists():
        subprocess.run([PYTHON, "-m", "venv", "--clear", str(folder)], check=True, timeout=280)
        subprocess.run([str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check",
                        f"boto3=={NEWEST_BOTO3}"], check=True, timeout=280)
        wanted.touch()
    return [str(folder / "bin" / "python"), str(HERE / "newest_boto3_test.py")]


def once(prepare):
    """Suites that run at the same time share what the first of them prepares."""
    lock, prepared = threading.Lock(), {}

    def share(build):
        with lock:
            if build not in prepared:
                prepared[build] = prepare(build)
            return prepared[build]
    return share


@once
def scripts(build):
    """The folder of the scripts beside npm's packages."""
    folder = build / "clients" / "js"
    folder.mkdir(parents=True, exist_ok=True)
    package = (HERE / "js" / "package.json").read_text()
    installed = folder / "installed.json"
    if not installed.exists() or installed.read_text() != package:
        (folder / "package.json").write_text(package)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent", "--omit=dev", "--omit=optional",
                        "--prefer-offline"],
                       cwd=folder, check=True, timeout=500)
        installed.write_text(package)
    for source in (HERE / "js").glob("*.mjs"):
        shutil.copy(source, folder / source.name)
    return folder


@once
def java_classes(build):
    """The class path of the Kinesis Client Library's program, compiled by Maven."""
    folder = build / "clients" / "kcl"
    shutil.rmtree(folder / "src", ignore_errors=True)
    shutil.copytree(HERE / "kcl", folder, dirs_exist_ok=True)
    subprocess.run(["mvn", "--quiet", "--batch-mode", "-Dstyle.color=never", "compile", "dependency:build-classpath"],
                   cwd=folder, check=True, timeout=900, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return f"{folder / 'target' / 'classes'}:{(folder / 'target' / 'classpath').read_text()}"


def node(script):
    return lambda build: ["node", str(scripts(build) / script)]


def kcl(retrieval):
    return lambda build: [*node("beside_dynalite.mjs")(build), "java", "-cp", java_classes(build), "streamwright.kcl.Main", retrieval]


# The longest first: two run at once.
SUITES = {
    "cli": debians("cli_test.py"),
    "conformance": debians("conformance_test.py"),
    "kinesis": debians("kinesis_test.py"),
    "sqs": debians("sqs_test.py"),
    "firehose": debians("firehose_test.py"),
    "cloudwatch": debians("cloudwatch_test.py"),
    "restart": debians("restart_test.py"),
    "auth": debians("auth_test.py"),
    "newest-boto3": newest_boto3,
    "js-sdk": node("sdk.mjs"),
    "js-cloudwatch": node("cloudwatch.mjs"),
    "js-programs": node("programs.mjs"),
}
# Too heavy for every check.
PEERS = {
    "kcl-polling": kcl("POLLING"),
    "kcl-fan-out": kcl("FAN_OUT"),
}
# What its server runs, where that is not nothing.
PIPELINES = {"js-programs": [HERE / "js" / "aggregated.json"]}
# Installed below the build folder; without a network only where that is said.
INSTALLED = {"newest-boto3", "js-sdk", "js-cloudwatch", "js-programs", *PEERS}
OFFLINE = os.environ.get("STREAMWRIGHT_OFFLINE") == "1"


def run(name, program, build):
    started = time.monotonic()
    try:
        command = {**SUITES, **PEERS}[name](build)
    except (subprocess.SubprocessError, OSError) as error:
        left_out = OFFLINE and name in INSTALLED
        output = getattr(error, "stdout", None) or ""
        return name, "missing" if left_out else "failed", f"cannot be installed: {error}\n{output}", 0
    with server.Server(program, *PIPELINES.get(name, [])) as endpoint:
        environment = dict(os.environ, STREAMWRIGHT=str(program), STREAMWRIGHT_ENDPOINT=endpoint.url,
                           AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1",
                           AWS_REGION="us-east-1", AWS_EC2_METADATA_DISABLED="true", AWS_PAGER="",
                           AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null",
                           PYTHONPATH=str(HERE), PYTHONDONTWRITEBYTECODE="1", NO_COLOR="1")
        try:
            ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
            output, good = ended.stdout + ended.stderr, ended.returncode == 0
        except subprocess.TimeoutExpired as late:
            output, good = f"{(late.stdout or b'').decode()}{(late.stderr or b'').decode()}\ntook too long", False
        if not endpoint.alive():
            output, good = output + f"\nthe server has ended: {endpoint.errors()}", False
    return name, "good" if good else "failed", output, time.monotonic() - started


def main():
    program, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    names = [name for given in sys.argv[3:] or SUITES for name in (PEERS if given == "peers" else [given])]
    results = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, result, output, seconds in pool.map(lambda n: run(n, program, build), names):
            results[name] = result
            if result == "failed":
                print(f"---- {name}\n{output[-12000:]}")
            for line in output.splitlines():
                if line.startswith("note: "):
                    print(f"{name}: {line}")
            print(f"{name}: {result} ({seconds:.0f} s)", flush=True)
    missing = [name for name, result in results.items() if result == "missing"]
    if missing:
        print("left out, for STREAMWRIGHT_OFFLINE=1 and their packages are not here:", ", ".join(missing))
    return 1 if "failed" in results.values() else 0


if __name__ == "__main__":
    sys.exit(main())

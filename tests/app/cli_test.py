#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line from outside. Usage: cli_test.py PATH_OF_STREAMWRIGHT (run in the project's root)."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
# Examples need their plugins: without a family's folder those that use it are left out.
FAMILIES = {"Local::": "producers", "AWS::Kinesis::": "kinesis", "AWS::KinesisFirehose::": "firehose", "AWS::SQS::": "sqs", "AWS::S3::": "stores"}
ABSENT = [kind for kind, plugin in FAMILIES.items() if not pathlib.Path("plugins", plugin).is_dir()]
EXAMPLES = [path for path in sorted(pathlib.Path("resources/pipelines").glob("*.json"))
            if not any(f'"kind": "{kind}' in path.read_text(encoding="utf-8") for kind in ABSENT)]


def call(*arguments, timeout=120):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=timeout)


class Base(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, content, name="p.json"):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    def pipeline(self, **more):
        return {"streamwright": 1, "name": "t",
                "nodes": [{"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 100}},
                          {"id": "s", "kind": "AWS::Kinesis::Stream"},
                          {"id": "c", "kind": "Local::Consumer"}],
                "edges": [{"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in"}], **more}


class Help(Base):
    def test_everywhere(self):
        for verb in ([], ["run"], ["test"], ["validate"], ["kinds"], ["schema"]):
            done = call(*verb, "--help")
            self.assertEqual(done.returncode, 0, verb)
            self.assertIn("Usage", done.stdout)

    def test_wrong_words_are_bad_input(self):
        for words in ([], ["fly"], ["run"], ["run", "--nope", "x"], ["validate"], ["run", "x", "--threads", "0"]):
            self.assertEqual(call(*words).returncode, 2, words)


class Designer(Base):
    """The window's program where there is no display."""
    def setUp(self):
        super().setUp()
        self.designer = pathlib.Path(PROGRAM).with_name("streamwright-designer")
        if not self.designer.exists():
            self.skipTest("built without the window")

    def without_display(self, *command, display=None):
        env = {name: value for name, value in os.environ.items()
               if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")}
        if display:
            env["DISPLAY"] = display
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)

    def test_help_needs_no_display(self):
        for option in ("--help", "-h"):
            done = self.without_display(self.designer, option)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("[FILE]", done.stdout)

    def test_no_display_is_told_with_what_to_do(self):
        for program in (PROGRAM, self.designer):
            for display in (None, "nowhere"):
                done = self.without_display(program, display=display)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertEqual(done.stdout, "")
                self.assertIn("There is no display", done.stderr)
                self.assertIn(display or "", done.stderr)
                self.assertIn("streamwright run FILE", done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_wrong_words_are_named(self):
        for words, wrong in ((["--nope"], "--nope"), (["a.json", "b.json"], "b.json"), (["--no-endpoint", "-x"], "-x")):
            done = subprocess.run([self.designer, *words], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
                                  capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(f"Not understood: {wrong}\n", done.stderr)


class BadInput(Base):
    def refused(self, content, *texts, verb="validate", more=()):
        path = content if isinstance(content, pathlib.Path) else self.file(content)
        done = call(verb, path, *more)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        for text in texts:
            self.assertIn(text, done.stderr)

    def test_missing_file(self):
        self.refused(pathlib.Path(self.folder.name) / "none.json", "none.json", "No such file")

    def test_broken_json_names_the_line(self):
        self.refused('{\n "streamwright": 1,\n "nodes": [}\n', "line 3")

    def test_unknown_kind_port_and_node(self):
        broken = self.pipeline()
        broken["nodes"][1]["kind"] = "AWS::Kinesis::Steam"
        broken["edges"].append({"from": "p.exit", "to": "c.in"})
        broken["edges"].append({"from": "q.out", "to": "c.in"})
        self.refused(broken, "did you mean AWS::Kinesis::Stream", "no output exit", "no node q")

    def test_bounds_name_the_rule(self):
        broken = self.pipeline()
        broken["nodes"][1]["properties"] = {"RetentionPeriodHours": 12, "ShardCount": "two"}
        self.refused(broken, "at least 24 Hours", "8,760", "must be a whole number", "/nodes/1/properties/ShardCount")

    def test_duplicate_ids_and_self_loops(self):
        broken = self.pipeline()
        broken["nodes"].append({"id": "s", "kind": "AWS::Kinesis::Stream"})
        self.refused(broken, 'the id "s" is given to two nodes')

    def test_unknown_metric_in_expect(self):
        self.refused(self.pipeline(expect=[{"metric": "s.IncomingRecord", "statistic": "Sum", "is": "==", "value": 0}]),
                     "did you mean IncomingRecords")

    def test_durations_and_speeds(self):
        path = self.file(self.pipeline())
        for words in (["--for", "soon"], ["--for", "1s", "--speed", "fast"], ["--for", "1s", "--speed", "0"], ["--speed", "max"]):
            self.assertEqual(call("run", path, *words).returncode, 2, words)

    def test_unwritable_places(self):
        path = self.file(self.pipeline())
        done = call("run", path, "--for", "1s", "--speed", "max", "--data-dir", "/proc/nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertIn("/proc/nowhere", done.stderr)
        done = call("run", path, "--for", "1s", "--speed", "max", "--report", "/proc/nowhere/report.json")
        self.assertEqual(done.returncode, 2)

    def test_ragged_rows_are_named_and_nothing_else_is_lost(self):
        self.file("name,size\nadam,1\neve\nabel,3,4\nseth,5\n", "people.csv")
        out = pathlib.Path(self.folder.name) / "report.json"
        path = self.file({"streamwright": 1, "nodes": [
            {"id": "f", "kind": "Local::FileSource", "properties": {"Path": "people.csv", "PartitionKey": "name", "RecordsPerSecond": 10}},
            {"id": "s", "kind": "AWS::Kinesis::Stream"}], "edges": [{"from": "f.out", "to": "s.in"}]})
        done = call("run", path, "--for", "10s", "--speed", "max", "--quiet", "--report", out)
        self.assertEqual(done.returncode, 2)
        self.assertIn("people.csv:3", done.stderr)
        self.assertIn("people.csv:4", done.stderr)
        node = json.loads(out.read_text(encoding="utf-8"))["nodes"]["s"]["metrics"]
        self.assertEqual(node["IncomingRecords"]["Sum"], 2)

    def test_missing_source_file(self):
        self.refused({"streamwright": 1, "nodes": [{"id": "f", "kind": "Local::FileSource", "properties": {"Path": "none.csv"}}]},
                     "none.csv", verb="run", more=("--for", "1s", "--speed", "max"))


class Run(Base):
    def report(self, path, *more, speed="max"):
        out = pathlib.Path(self.folder.name) / "report.json"
        done = call("run", path, "--speed", speed, "--quiet", "--report", out, *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(out.read_text(encoding="utf-8"))

    def test_report_has_the_promised_shape(self):
        report = self.report(self.file(self.pipeline()), "--for", "60s", "--seed", "5")
        self.assertEqual((report["pipeline"], report["seed"], report["virtualSeconds"]), ("t", 5, 60))
        self.assertRegex(report["digest"], r"^[0-9a-f]{16}$")
        node = report["nodes"]["s"]
        self.assertEqual(node["kind"], "AWS::Kinesis::Stream")
        records = node["metrics"]["IncomingRecords"]
        self.assertLessEqual({"Sum", "Average", "Minimum", "Maximum", "SampleCount"}, set(records))
        self.assertAlmostEqual(records["Sum"], 6000, delta=20)
        self.assertEqual(node["shards"]["shardId-000000000000"]["IncomingRecords"]["Sum"], records["Sum"])

    def test_same_seed_same_digest_at_any_thread_count(self):
        for example in EXAMPLES:
            digests = {threads: self.report(example, "--for", "90s", "--threads", threads)["digest"] for threads in (1, 2, 8)}
            self.assertEqual(len(set(digests.values())), 1, f"{example}: {digests}")
            if "FileSource" not in example.read_text(encoding="utf-8"):
                self.assertNotEqual(self.report(example, "--for", "90s", "--seed", "77")["digest"], digests[1], example)

    def test_the_report_replaces_neither_the_pipeline_nor_a_pipe(self):
        path = self.file(self.pipeline())
        before = path.read_text(encoding="utf-8")
        self.assertEqual(call("run", path, "--for", "1s", "--speed", "max", "--quiet", "--report", path).returncode, 2)
        self.assertEqual(path.read_text(encoding="utf-8"), before)
        target, link = path.with_name("real.json"), path.with_name("link.json")
        link.symlink_to(target)
        self.assertEqual(call("run", path, "--for", "1s", "--speed", "max", "--quiet", "--report", link).returncode, 0)
        self.assertTrue(link.is_symlink())
        self.assertIn("digest", target.read_text(encoding="utf-8"))

    def test_output_that_cannot_be_written_is_told(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "schema"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard output", done.stderr)

    def test_empty_and_negative_options_are_refused(self):
        path = self.file(self.pipeline())
        for words in (["--data-dir", ""], ["--for", ""], ["--seed", "-1"], ["--seed", "99999999999999999999"]):
            self.assertEqual(call("run", path, *words).returncode, 2, words)

    def test_pacing_changes_nothing(self):
        path = self.file(self.pipeline())
        self.assertEqual(self.report(path, "--for", "50s")["digest"], self.report(path, "--for", "50s", speed="200")["digest"])

    def test_ctrl_c_stops_cleanly_and_still_writes_the_report(self):
        out = pathlib.Path(self.folder.name) / "report.json"
        for sent in (signal.SIGINT, signal.SIGTERM):
            process = subprocess.Popen([PROGRAM, "run", str(self.file(self.pipeline())), "--report", str(out)], stdout=subprocess.PIPE, text=True)
            process.stdout.readline()  # it is running
            process.send_signal(sent)
            rest = process.communicate(timeout=30)[0]
            self.assertEqual(process.returncode, 0)
            self.assertIn("digest", rest)
            self.assertIn("p", json.loads(out.read_text(encoding="utf-8"))["nodes"])
            out.unlink()

    def test_a_line_a_period_when_no_terminal_looks_on(self):
        done = call("run", self.file(self.pipeline()), "--for", "3s")
        self.assertEqual(done.returncode, 0)
        self.assertNotIn("\x1b", done.stdout)
        self.assertGreaterEqual(len(done.stdout.splitlines()), 3)

    def test_full_disk_ends_the_run_with_a_clear_message(self):
        # A limit on the size of a file stands in for a full disk.
        import resource
        path = self.file(self.pipeline())
        done = subprocess.run([PROGRAM, "run", str(path), "--for", "1h", "--speed", "max", "--quiet", "--data-dir", self.folder.name + "/data"],
                              capture_output=True, text=True, timeout=120,
                              preexec_fn=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
                                                  resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))))
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertIn("data", done.stderr)
        again = call("run", path, "--for", "1s", "--speed", "max", "--quiet", "--data-dir", self.folder.name + "/data")
        self.assertEqual(again.returncode, 0, again.stderr)


class KillMinusNine(Base):
    """Nothing acknowledged is lost: what a killed run had told as taken is there in the next one."""

    def test_at_random_moments(self):
        path = self.file({"streamwright": 1, "name": "t",
                          "nodes": [{"id": "p", "kind": "Local::Producer", "properties": {"RecordsPerSecond": 400, "LingerMilliseconds": 20, "Template": {"n": "{{sequence}}"}}},
                                    {"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 2}},
                                    {"id": "c", "kind": "Local::Consumer"}],
                          "edges": [{"from": "p.out", "to": "s.in"}, {"from": "s.out", "to": "c.in"}]})
        reader = self.file({"streamwright": 1, "name": "t",
                            "nodes": [{"id": "s", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 2}}, {"id": "all", "kind": "Local::Consumer"}],
                            "edges": [{"from": "s.out", "to": "all.in"}]}, "reader.json")
        data = self.folder.name + "/data"
        taken = 0
        for round_ in range(6):
            process = subprocess.Popen([PROGRAM, "run", str(path), "--data-dir", data, "--speed", "20", "--seed", str(round_)],
                                       stdout=subprocess.PIPE, text=True)
            process.stdout.readline()  # it has been running for a second; where in a tick the kill falls is chance
            process.kill()
            process.communicate()
            out = pathlib.Path(self.folder.name) / f"r{round_}.json"
            # A consumer without a checkpoint reads everything there is.
            text = reader.read_text(encoding="utf-8").replace('"all', f'"all{round_}')
            done = call("run", self.file(text, "reader-now.json"), "--for", "30s", "--speed", "max", "--quiet", "--data-dir", data, "--report", out)
            self.assertEqual(done.returncode, 0, done.stderr)
            found = json.loads(out.read_text(encoding="utf-8"))["nodes"][f"all{round_}"]["metrics"]["RecordsProcessed"]["Sum"]
            self.assertGreaterEqual(found, taken)  # nothing that was there is gone
            self.assertGreater(found, 0)
            taken = found


class Test(Base):
    def test_examples_keep_their_expectations(self):
        done = call("test", *EXAMPLES, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(len(re.findall(r"^OK", done.stdout, re.M)), len(EXAMPLES))

    def test_failures_are_reasoned_and_exit_with_1(self):
        path = self.file(self.pipeline(run={"for": "10s"}, expect=[
            {"metric": "s.IncomingRecords", "statistic": "Sum", "is": ">", "value": 5000},
            {"metric": "s.PutRecords.Success", "statistic": "Minimum", "is": "==", "value": 1},
            {"metric": "s.ReadProvisionedThroughputExceeded", "statistic": "Maximum", "is": "==", "value": 0, "after": "9m"}]))
        done = call("test", path)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("Sum of s.IncomingRecords is", done.stdout)
        self.assertIn("has no samples", done.stdout)
        self.assertIn("1 of 3 expectations hold", done.stdout)


class Describe(Base):
    def test_kinds_and_schema(self):
        kinds = json.loads(call("kinds", "--json").stdout)
        table = call("kinds").stdout
        for kind in kinds:
            self.assertIn(kind["kind"], table)
        schema = json.loads(call("schema").stdout)
        import jsonschema
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for example in EXAMPLES:
            validator.validate(json.loads(example.read_text(encoding="utf-8")))
        broken = self.pipeline()
        broken["nodes"][1]["properties"] = {"ShardCount": 0}
        self.assertTrue(list(validator.iter_errors(broken)))

    def test_validate_says_good(self):
        done = call("validate", *EXAMPLES)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count(": good:"), len(EXAMPLES))


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)

#!/usr/bin/env python3
"""Search for bytes that break a parser of the engine, guided by coverage: ``scripts/fuzz.py [--seconds N] [targets…]``.

It needs atheris, which `make setup` does not install; in a venv of its own, which sees the packages of the system::

    /usr/bin/python3 -m venv --system-site-packages build/fuzz-venv
    build/fuzz-venv/bin/pip install atheris hypothesis
    nice build/fuzz-venv/bin/python scripts/fuzz.py

The targets are those of ``tests/fuzz/targets.py``; without names, each of them in turn. What was learnt stays in
``build/fuzz/<target>/corpus``, and the next run goes on from there. What breaks a parser is written beside the corpus:
mend the parser, and keep the bytes in ``tests/fuzz/found/<target>/``, where a test tries them from then on.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="target")
    parser.add_argument("--seconds", type=int, default=180, help="for each target (default: 180)")
    parser.add_argument("--scratch", type=Path, help="search for one target in this process, which may write here")
    asked = parser.parse_args()
    if asked.scratch is not None:
        search(asked.targets[0], asked.seconds, asked.scratch)
        return
    from tests.fuzz.targets import TARGETS

    unknown = sorted(set(asked.targets) - set(TARGETS))
    if unknown:
        parser.error(f"no target is called {', '.join(unknown)}; there are {', '.join(TARGETS)}")
    broken = []
    for name in asked.targets or TARGETS:
        # A process each: the search ends its process, without a chance to clean up.
        command = [sys.executable, __file__, "--seconds", str(asked.seconds), name]
        log = ROOT / "build" / "fuzz" / name / "log"
        log.parent.mkdir(parents=True, exist_ok=True)
        memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 a private folder is made in it
        with log.open("w") as stream, tempfile.TemporaryDirectory(dir=memory) as scratch:
            command += ["--scratch", scratch]
            status = subprocess.run(command, stdout=stream, stderr=subprocess.STDOUT, check=False).returncode
        runs = next((line for line in reversed(log.read_text().splitlines()) if line.startswith("Done ")), "")
        print(f"fuzz: {name}: {runs or f'broken (exit {status}), see {log}'}", flush=True)
        if status:
            broken.append(name)
    if broken:
        sys.exit(f"fuzz: {len(broken)} broken: {', '.join(broken)}")


def search(name: str, seconds: int, scratch: Path) -> None:
    """Search for one target; does not return."""
    import atheris

    with atheris.instrument_imports(include=["sen2chain_ts_plugin", "configparser"]):
        from tests.fuzz.damage import TOKENS
        from tests.fuzz.targets import TARGETS, try_out

    folder = ROOT / "build" / "fuzz" / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(TARGETS[name].seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = folder / "words"
    words.write_text("".join(f'"{"".join(f"{chr(92)}x{byte:02x}" for byte in token[:60])}"\n' for token in TOKENS))
    options = [f"-max_total_time={seconds}", "-timeout=25", "-rss_limit_mb=3000", "-max_len=40000", f"-dict={words}"]
    atheris.Setup(
        [sys.argv[0], *options, f"-artifact_prefix={folder}/", str(corpus)],
        lambda data: try_out(TARGETS[name], data, scratch),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()

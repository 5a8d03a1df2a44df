"""The SLURM job of docs/clusters.md, word by word, with a stand-in for SLURM: a real scheduler and two real workers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sen2chain_ts_plugin.engine.compilation.compile import CompileRequest, compile_tree
from sen2chain_ts_plugin.engine.series.smoothing import SmoothingSettings
from sen2chain_ts_plugin.engine.workers.executor import SerialExecutor
from tests.cli.conftest import PROGRAM, QgisProcess
from tests.support.capabilities import needs_scripts
from tests.support.compare import differences
from tests.support.raw_tree import contents

ROOT = Path(__file__).parents[2]
TREE = "zones_3b371b3ac79d9d4f"
MASK = "CM004-CSH1-CMP1-CHP1-TCI1-ITER1"

# As sbatch does: options in the script count unless they are given, and an option that it has not is refused. One node.
SBATCH = f"""#!{sys.executable}
import argparse, os, subprocess, sys
options = argparse.ArgumentParser(allow_abbrev=False)
for name in ("job-name", "nodes", "ntasks-per-node", "cpus-per-task", "mem-per-cpu", "time"):
    options.add_argument("--" + name)
options.add_argument("script")
with open(sys.argv[-1], encoding="utf-8") as stream:
    lines = stream.read().splitlines()
assert lines[0] == "#!/bin/bash"
said = [word for line in lines if line.startswith("#SBATCH ") for word in line.split()[1:]]
asked = options.parse_args([*said, *sys.argv[1:]])
tasks = str(int(asked.nodes) * int(asked.ntasks_per_node))
job = {{"SLURM_JOB_ID": str(os.getpid()), "SLURM_NTASKS": tasks, "SLURM_JOB_NUM_NODES": asked.nodes}}
sys.exit(subprocess.run(["/bin/bash", asked.script], env={{**os.environ, **job}}).returncode)
"""

# As srun does: the program once for each task, and all of them are told when it is.
SRUN = """#!/bin/bash
while [[ $1 == --* ]]; do
    case $1 in --overlap | --kill-on-bad-exit=0) shift ;; *) echo "srun: $1?" >&2; exit 2 ;; esac
done
trap 'kill $(jobs -p)' TERM
for ((task = 0; task < SLURM_NTASKS; task++)); do SLURM_PROCID=$task "$@" 2>>"$SRUN_LOG" & done
wait
wait
"""


@needs_scripts
def test_the_job_of_the_page_runs_as_it_stands_there(
    qgis_process: QgisProcess, reference: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    dask = shutil.which("dask")
    if dask is None or PROGRAM is None:
        pytest.skip("needs the program dask")
    shared, programs, log = tmp_path / "shared", tmp_path / "bin", tmp_path / "workers.log"
    shutil.copytree(reference / "library", shared / "sen2chain")
    shutil.copytree(reference / "layers", shared, dirs_exist_ok=True)
    (shared / "plugins").symlink_to(qgis_process.environment["QGIS_PLUGINPATH"])
    programs.mkdir()
    for name, text in {
        "sbatch": SBATCH, "srun": SRUN, "hostname": "#!/bin/sh\necho 127.0.0.1\n",
        "qgis_process": f'#!/bin/sh\nexec "{PROGRAM}" "$@"\n',
        # One Python for all of it: that of the tests may not be that of dask.
        "python3": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n',
    }.items():  # fmt: skip
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    page = (ROOT / "docs" / "clusters.md").read_text(encoding="utf-8")
    (block,) = [
        each for each in re.findall(r"^```bash\n(.*?)^```$", page, re.DOTALL | re.MULTILINE) if "#SBATCH" in each
    ]
    job = tmp_path / "job.sh"
    job.write_text(
        block.replace("/shared/", f"{shared}/").replace("fields.gpkg", "zones.shp").replace("/fields_*", "/zones_*"),
        encoding="utf-8",
    )
    run = subprocess.run(
        ["sbatch", "--nodes=1", "--ntasks-per-node=2", job],
        env={
            **qgis_process.environment,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "SRUN_LOG": str(log),
        },
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    tree = shared / "extraction" / TREE
    expected = reference / "expected" / "EXTRACTION_CM004" / TREE
    assert differences(tree / "raw_data" / "NDVI" / MASK, expected / "raw_data" / "NDVI" / MASK) == []
    compiled = contents(tree / "compiled_data")
    assert any(name.endswith("_smooth.csv") for name in compiled)
    shutil.rmtree(tree / "compiled_data")
    shutil.rmtree(tree / ".sen2chain_ts")
    compile_tree(tree, CompileRequest(smoothing=SmoothingSettings()), executor=SerialExecutor())
    assert contents(tree / "compiled_data") == compiled
    assert log.read_text(encoding="utf-8").count("Registered to:") == 2

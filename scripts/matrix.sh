#!/usr/bin/env bash
# Runs the demo, the tests and an installation of the zip on every QGIS that Debian has: each time in a fresh clone of
# HEAD, inside a Debian of its own. Usage: scripts/matrix.sh [--fresh] [bookworm|trixie|testing ...]. All that was said
# stays in build/matrix.
#
# A system is made once by debootstrap, filled by the clone's own `make setup`, and kept in $SEN2CHAIN_TS_MATRIX
# (default ~/.cache/sen2chain_ts_matrix, some 4 GB each); --fresh makes it again. Its packages come from the mirror that
# this machine uses, the tools of requirements-dev.txt through this machine's pip. What a run mounts is mounted in a
# namespace of its own: it is gone with the run, however that ends.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

cache=${SEN2CHAIN_TS_MATRIX:-${XDG_CACHE_HOME:-$HOME/.cache}/sen2chain_ts_matrix}
logs=$PWD/build/matrix
clone=/home/dev/sen2chain_ts # inside each system
job=""

say() { printf 'matrix: %s\n' "$*"; }
fail() { printf 'matrix: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

stop() {
  [ -z "$job" ] || as_root kill -KILL "$job" 2>/dev/null
  exit 130
}
trap stop INT TERM HUP

# step LOG COMMAND... : run a command that says a lot; its words go to the log, and the last of them here when it fails
step() {
  local log=$1
  shift
  "$@" >"$log" 2>&1 </dev/null &
  job=$!
  wait "$job"
  local status=$?
  job=""
  if [ "$status" -ne 0 ]; then
    tail -n 15 "$log" | sed 's/^/    | /'
    say "this failed; the whole story is in ${log#"$PWD"/}"
  fi
  return "$status"
}

# inside SUITE USER COMMAND... : run a command in the clone inside a system, where it sees nothing of this one
inside() {
  local root=$cache/$1 user=$2
  shift 2
  # shellcheck disable=SC2016 # expanded by the inner shell
  as_root setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child=KILL --propagation private \
    --mount-proc="$root/proc" bash -euc '
    root=$1 wheels=$2 user=$3 clone=$4
    shift 4
    mount --rbind /dev "$root/dev"
    mount --rbind /sys "$root/sys"
    mount -t tmpfs -o mode=755 run "$root/run"
    mount -t tmpfs -o mode=1777 tmp "$root/tmp"
    mkdir -p "$root/mnt/wheels"
    mount --bind "$wheels" "$root/mnt/wheels"
    home=$(chroot "$root" getent passwd "$user" | cut -d: -f6)
    chroot --userspec="$user" "$root" env -i HOME="$home" USER="$user" LANG=C.UTF-8 CI=true \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      PIP_NO_INDEX=1 PIP_FIND_LINKS=/mnt/wheels sh -c "cd \"\$0\" && exec \"\$@\"" "$clone" "$@" || exit
    ' bash "$root" "$cache/wheels" "$user" "$clone" "$@"
}

# The mirror this machine takes Debian from; nothing where it is no Debian: debootstrap then takes its own.
mirror() {
  # shellcheck disable=SC2016 # apt's own names
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Identifier: Packages' 2>/dev/null |
    awk '$1 == "Debian" && $2 == "Debian" { print $3; exit }'
}

# make_root SUITE : the bare system, with what somebody who clones has: make, python3, sudo
make_root() {
  local root=$cache/$1 from
  from=$(mirror)
  as_root rm -rf --one-file-system "$root.new"
  as_root debootstrap --variant=minbase --include=ca-certificates,make,passwd,python3,sudo "$1" "$root.new" ${from:+"$from"} &&
    as_root chroot "$root.new" useradd --create-home --shell /bin/bash dev &&
    echo 'dev ALL=(ALL) NOPASSWD: ALL' | as_root tee "$root.new/etc/sudoers.d/dev" >/dev/null &&
    as_root mv "$root.new" "$root"
}

# configure SUITE : the network as this machine has it, and the files of the clone
configure() {
  local root=$cache/$1 settings=$cache/settings
  {
    apt-config dump | grep -E '^Acquire::(http|https)::.*Proxy' || true
    # A snapshot of testing may be older than its release file allows; the others are not.
    [ "$1" != testing ] || echo 'Acquire::Check-Valid-Until "false";'
    echo 'APT::Keep-Downloaded-Packages "false";'
    echo 'Binary::apt-get::APT::Keep-Downloaded-Packages "false";'
  } >"$settings"
  as_root cp "$settings" "$root/etc/apt/apt.conf.d/99matrix" &&
    as_root cp --dereference /etc/resolv.conf /etc/hosts "$root/etc/" &&
    as_root mkdir -p "$root/usr/local/share/ca-certificates" &&
    as_root cp -R /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/" &&
    as_root chroot "$root" update-ca-certificates &&
    rm -rf "$cache/clone" &&
    git clone --quiet --no-hardlinks --no-checkout "$PWD" "$cache/clone" &&
    git -C "$cache/clone" checkout --quiet --detach "$commit" &&
    as_root rm -rf "$root$clone" &&
    as_root cp -R "$cache/clone" "$root$clone" &&
    as_root chroot "$root" chown -R dev: "$clone" &&
    rm -rf "$cache/clone"
}

# fetch_wheels SUITE : this machine's pip, with its index, proxy and certificates, for the python of that system
fetch_wheels() {
  local root=$cache/$1 python libc minor platforms=()
  python=$(as_root chroot "$root" python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])') || return
  libc=$(as_root chroot "$root" getconf GNU_LIBC_VERSION | cut -d. -f2) || return
  for minor in $(seq 5 "$libc"); do platforms+=(--platform "manylinux_2_${minor}_$(uname -m)"); done
  .venv/bin/python -m pip download --no-deps --only-binary=:all: --requirement requirements-dev.txt \
    --implementation cp --python-version "$python" "${platforms[@]}" --platform "manylinux2014_$(uname -m)" \
    --dest "$cache/wheels"
}

versions() {
  inside "$1" dev env QT_QPA_PLATFORM=offscreen python3 -W ignore -c '
import platform
import numpy, pandas
from osgeo import gdal
from qgis.core import Qgis
qgis = Qgis.QGIS_VERSION.split("-")[0]
print(qgis, gdal.__version__, platform.python_version(), numpy.__version__, pandas.__version__)
' 2>/dev/null | tail -n 1
}

# attempt SUITE STEP USER COMMAND... : a step of the matrix; its cell of the table is kept beside its log
attempt() {
  local suite=$1 name=$2 cell=$logs/$1-$2.cell
  shift 2
  say "$suite: $name (${*:2})"
  if step "$logs/$suite-$name.log" inside "$suite" "$@"; then echo ok >"$cell"; else echo FAILED >"$cell"; fi
}

run_suite() {
  local suite=$1
  rm -f "$logs/$suite"-*
  if [ ! -e "$cache/$suite" ]; then
    say "$suite: making a bare system (debootstrap)"
    step "$logs/$suite-root.log" make_root "$suite" || return
  fi
  step "$logs/$suite-clone.log" configure "$suite" || return
  step "$logs/$suite-wheels.log" fetch_wheels "$suite" || return
  # As the README tells a newcomer: somebody who may use sudo, and nothing installed but make.
  attempt "$suite" demo dev make demo
  versions "$suite" >"$logs/$suite-versions.cell"
  # As root, in a system to be thrown away: the tests that schedule with a real cron or fill a disk are run too.
  attempt "$suite" test root make test
  attempt "$suite" zip dev make check-package
}

# cells SUITE : how each step of a system ended
cells() {
  local name
  for name in demo test zip; do cat "$logs/$1-$name.cell" 2>/dev/null || echo "not run"; done
}

# row CELL... : a line of the table
row() { printf '%-9s %-8s %-7s %-7s %-7s %-7s %-7s %-7s %-7s %s\n' "$@" | sed 's/ *$//'; }

# results SUITE : its line
results() {
  local found step_cells tests
  read -r -a found <"$logs/$1-versions.cell" || found=(- - - - -)
  mapfile -t step_cells < <(cells "$1")
  tests=$(sed -n 's/^test: \([a-z]*\) *exit [0-9]* *\(.*\) in [0-9.]*s.*/\1 \2/p' "$logs/$1-test.log" | paste -sd ';')
  row "$1" "${found[@]}" "${step_cells[@]}" "$tests"
}

fresh=false suites=()
for argument in "$@"; do
  case $argument in
    --fresh) fresh=true ;;
    bookworm | trixie | testing) suites+=("$argument") ;;
    *) fail "unknown: $argument. Usage: scripts/matrix.sh [--fresh] [bookworm|trixie|testing ...]" ;;
  esac
done
[ "${#suites[@]}" -gt 0 ] || suites=(bookworm trixie testing)

command -v apt-get >/dev/null || fail "this needs debootstrap, on a Debian or a system made from it"
[ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null || fail "this needs root, to make and enter other systems"
mkdir -p "$cache/wheels" "$logs"
exec 9>"$cache/.lock"
flock --nonblock 9 || fail "another run uses $cache"
if ! command -v debootstrap >/dev/null || [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then
  say "installing debootstrap from apt"
  step "$logs/debootstrap.log" as_root sh -c 'apt-get update &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends debootstrap debian-archive-keyring' || exit 1
fi

commit=$(git rev-parse HEAD) # the same for all, also when somebody commits meanwhile
say "commit $(git log -1 --format='%h, %s' "$commit")"
[ -z "$(git status --porcelain)" ] || say "what is not committed is not in it"
for suite in "${suites[@]}"; do
  ! $fresh || as_root rm -rf --one-file-system "${cache:?}/$suite"
  run_suite "$suite"
done

printf '\n'
{
  row system QGIS GDAL Python numpy pandas demo test zip ""
  for suite in "${suites[@]}"; do results "$suite"; done
} 2>/dev/null | tee "$logs/table.txt" | sed 's/^/matrix: /'

for suite in "${suites[@]}"; do
  [ "$(cells "$suite" | sort -u)" = ok ] || fail "not everything passed; the logs are in ${logs#"$PWD"/}"
done

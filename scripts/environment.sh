# shellcheck shell=bash
# The environment that demo, test and bench share: .venv in the clone, with callplan installed from it (editable).
# Sourced, not run. Expects $root, the clone, to be the working folder. Sets $python, the environment's Python.

environment=${root:?}/.venv
unset PYTHONDONTWRITEBYTECODE # else every start compiles all its modules anew, caldav's for a second
stamp=$environment/callplan-installed

fail() { # lines
  printf '%s\n' "$@" >&2
  exit 1
}

is_root() { [ "$(id -u)" -eq 0 ]; }

is_new_enough() { # a Python
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

is_environment() { # a Python: one of a virtual environment, not a link to the system's
  is_new_enough "$1" && "$1" -c 'import sys; sys.exit(sys.prefix == sys.base_prefix)' >/dev/null 2>&1
}

find_python() { # sets $base_python: the first Python 3.11 or later ($PYTHON, when it is set, is the only candidate)
  local candidate found=
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    base_python=$(command -v "$candidate") || continue
    is_new_enough "$base_python" && return
    [ -n "$found" ] || found=$("$base_python" --version 2>&1) || found=
  done
  fail "callplan needs Python 3.11 or later, and there is ${found:+only }${found:-none} here." \
    "On Debian 12 and later, Ubuntu 23.04 and later:  apt install python3 python3-venv" \
    "Elsewhere: https://www.python.org/downloads/, then  PYTHON=/path/to/python3 $0"
}

# One line that counts the seconds while the command runs (on a terminal; else two lines). Its output is shown only
# when it fails.
with_progress() { # what is being done, command …
  local said=$1 log began=$SECONDS worker status=0
  shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 &
  worker=$!
  # shellcheck disable=SC2064  # both are meant as they are now
  trap "kill $worker 2>/dev/null; rm -f '$log'; exit 130" INT TERM
  if [ -t 1 ]; then
    while kill -0 "$worker" 2>/dev/null; do
      printf '\r%s … %d s ' "$said" "$((SECONDS - began))"
      sleep 0.5
    done
    wait "$worker" || status=$?
    printf '\r%s … %d s\n' "$said" "$((SECONDS - began))"
  else
    printf '%s …\n' "$said"
    wait "$worker" || status=$?
  fi
  trap - INT TERM
  if [ "$status" -ne 0 ]; then
    tail -n 25 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}

make_venv() { # sets $pip
  local version
  if is_environment "$environment/bin/python"; then
    pip=("$environment/bin/python" -m pip)
    "${pip[@]}" --version >/dev/null 2>&1 && return
  elif "$base_python" -m venv --clear "$environment" >/dev/null 2>&1; then
    pip=("$environment/bin/python" -m pip)
    return
  fi
  # Debian keeps what gives an environment its pip in a package of its own. A pip that is there can stand in for it.
  if "$base_python" -m pip --python "$base_python" --version >/dev/null 2>&1 &&
    "$base_python" -m venv --clear --without-pip "$environment" >/dev/null 2>&1; then
    pip=("$base_python" -m pip --python "$environment/bin/python")
    return
  fi
  version=$("$base_python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  if is_root && command -v apt-get >/dev/null; then
    if with_progress "Installing Debian's $version" install_debian "$version" &&
      "$base_python" -m venv --clear "$environment" >/dev/null 2>&1; then
      pip=("$environment/bin/python" -m pip)
      return
    fi
  fi
  fail "$base_python cannot make environments: Debian's package $version is missing." \
    "Run this once, then $0 again:  sudo apt install $version"
}

install_debian() { # packages
  export DEBIAN_FRONTEND=noninteractive
  apt-get install --yes --no-install-recommends "$@" || { apt-get update && apt-get install --yes --no-install-recommends "$@"; }
}

# What an installation depends on: change any of it and it is made anew.
fingerprint() {
  printf '%s %s' "$root" "$(cat setup.cfg pyproject.toml | cksum | tr ' ' '-')"
}

make_environment() { # extras ("" or "[test]"): makes .venv unless it is there already and up to date
  local extras=$1 now known installed
  python=$environment/bin/python
  now=$(fingerprint)
  # Two of these scripts at once: the second waits for the first. The folder itself is what is locked.
  if command -v flock >/dev/null; then
    exec 9<"$root/scripts" && flock 9
  fi
  { read -r known && read -r installed; } 2>/dev/null <"$stamp" || true
  if [ "${known-}" != "$now" ] || { [ -n "$extras" ] && [ "${installed-}" != "with $extras" ]; } ||
    ! is_environment "$python"; then
    find_python
    make_venv
    rm -f "$stamp"
    # --no-compile: bytecode is made for what is used, when it is used; this halves the wait.
    with_progress "Installing callplan$extras into .venv (about a minute, this once)" \
      "${pip[@]}" install --quiet --no-input --disable-pip-version-check --no-compile --editable ".$extras" ||
      fail "" "The installation failed; above are pip's last lines. Is the network there? Then run $0 again."
    printf '%s\nwith %s\n' "$now" "$extras" >"$stamp"
  fi
  exec 9<&- || true
}

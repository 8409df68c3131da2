# packages.sh: Debian packages, installed when missing. Sourced by app/run and tests/run.
# shellcheck shell=bash

# What a build needs, and what shows the icons of a window. The sourcing script sets source_dir.
# shellcheck disable=SC2034,SC2154
build_packages=(gcc libc6-dev meson ninja-build pkg-config gettext libglib2.0-dev libjson-glib-dev libcairo2-dev libturbojpeg0-dev libgtk-4-dev
  librsvg2-common)

say () {
  printf '%s\n' "$*" >&2
}

as_root () {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo --preserve-env=DEBIAN_FRONTEND "$@"
  else
    say "This must be installed as root, and there is no sudo: $*"
    return 1
  fi
}

# Prints those of the packages that are not installed. Asks dpkg, not apt: it is much quicker.
missing_packages () {
  local package
  for package; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

# Runs a command; what it prints is seen only when it fails.
quietly () {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" -eq 0 ] || cat "$log" >&2
  rm -f "$log"
  return "$status"
}

apt_install () {
  export DEBIAN_FRONTEND=noninteractive
  say "Installing: $*"
  quietly as_root apt-get -qq -o Dpkg::Use-Pty=0 install --no-install-recommends -y "$@"
}

# The lists are read once a run, and only when something is missing.
apt_update_once () {
  [ -z "${apt_updated:-}" ] || return 0
  quietly as_root apt-get -qq update && apt_updated=yes
}

ensure_packages () {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  apt_update_once && apt_install "${missing[@]}"
}

# Prints the Signed-By of the entry at FILE:LINE of apt's sources; nothing when it has none or holds the key itself.
source_signed_by () {
  local file=${1%:*} line=${1##*:}
  case $file in
    *.sources)
      awk -v first="$line" 'NR >= first { if (/^[ \t]*$/) exit; if (tolower ($1) == "signed-by:") { print $2; exit } }' "$file"
      ;;
    *)
      sed -n "${line}s/.*[[ ]signed-by=\([^] ]*\).*/\1/p" "$file"
      ;;
  esac
}

# Adds the backports of this Debian, from the mirror and with the key that apt uses for Debian itself.
ensure_backports () {
  local release entry uri where key
  release=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  apt_update_once || return
  [ -z "$(apt-get indextargets 'Created-By: Packages' "Codename: $release-backports")" ] || return 0
  # shellcheck disable=SC2016
  entry=$(apt-get indextargets --format '$(REPO_URI) $(SOURCESENTRY)' \
    'Created-By: Packages' "Codename: $release" 'Origin: Debian' 'Component: main' | sed -n 1p)
  if [ -z "$entry" ]; then
    say "apt has no Debian source from which the backports could be reached"
    return 1
  fi
  uri=${entry%% *} where=${entry#* }
  key=$(source_signed_by "$where")
  say "Adding $release-backports"
  printf 'deb %s%s %s-backports main\n' "${key:+[signed-by=$key] }" "$uri" "$release" |
    as_root tee "/etc/apt/sources.list.d/$release-backports.list" >/dev/null || return
  quietly as_root apt-get -qq update
}

# Installs packages from the backports where they are missing; what they depend on stays Debian's own wherever it can.
ensure_backported () {
  local missing release
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  ensure_backports || return
  release=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  apt_install "${missing[@]/%//$release-backports}"
}

# build_in DIR TARGETS -- MESON OPTIONS: configures once, then builds; quiet unless it fails.
build_in () {
  local build=$1 targets=()
  shift
  while [ "$#" -gt 0 ] && [ "$1" != -- ]; do
    targets+=("$1")
    shift
  done
  [ "$#" -eq 0 ] || shift
  if [ ! -f "$build/build.ninja" ]; then
    say "Building in $build"
    quietly meson setup "$build" "$source_dir" "$@" || return
  fi
  quietly ninja -C "$build" "${targets[@]}"
}

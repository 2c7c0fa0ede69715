# shellcheck shell=bash
# Configuring, building and installing. WARP_ROOT is the clone.

# What ccache holds serves every clone on the machine.
export CCACHE_BASEDIR=$WARP_ROOT CCACHE_NOHASHDIR=1
# The four kinds of build, with debug information, do not fit the usual 5 GB.
export CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-15G}

# A program in front of those that build and run tests, with its arguments.
RUN_WITH=()

# configure PRESET DIRECTORY [cmake option...]: only when there is no configuration, or one of
# another place (a clone that was moved or copied).
configure() {
  local preset=$1 directory=$2 home
  shift 2
  home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$directory/CMakeCache.txt" 2>/dev/null || true)
  if [[ $home != "$WARP_ROOT" || ! -e $directory/build.ninja ]]; then
    (cd "$WARP_ROOT" && cmake --fresh --preset "$preset" -B "$directory" "$@")
  fi
}

# build DIRECTORY [cmake option...]
build() {
  local directory=$1
  shift
  "${RUN_WITH[@]}" cmake --build "$directory" --parallel "$(nproc)" "$@"
}

# install_into PREFIX DIRECTORY: readable for the application's user, whatever our umask.
install_into() (
  umask 022
  exec cmake --install "$2" --prefix "$1"
)

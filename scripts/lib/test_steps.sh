# shellcheck shell=bash
# shellcheck disable=SC2034  # WARP_LOG_LINES is read by progress.sh
# The steps of scripts/test. Each is run in a subshell with set -e. Needs progress.sh and build.sh;
# RESULTS takes logs and JUnit files, SCRATCH goes away at the end.

CXX_FOLDERS=(src mod_warp launcher tests)
# For pytest, much of whose time is waiting. A file's tests share what its fixtures make.
SIDE_BY_SIDE=(--numprocesses "$((2 * $(nproc)))" --dist loadfile)

_cxx_files() { (cd "$WARP_ROOT" && find "${CXX_FOLDERS[@]}" -name '*.[ch]pp' -o -name '*.[ch]'); }
_shell_files() { (cd "$WARP_ROOT" && grep -rlE '^#!.*\b(ba)?sh$|^# shellcheck shell=' scripts .ci tests docker); }

# checked TITLE COMMAND...: with its log among the step's results, named after the title.
checked() {
  local title=$1
  shift
  with_progress "$title" "$RESULTS/$STEP/$(tr -c '[:alnum:]\n' - <<<"$title").log" "$@"
}

_format() { (cd "$WARP_ROOT" && _cxx_files | xargs --max-args 20 clang-format --dry-run -Werror --ferror-limit=2); }
_shellcheck() { (cd "$WARP_ROOT" && _shell_files | xargs shellcheck); }
_codespell() {
  (cd "$WARP_ROOT" && codespell --skip './build,./.git,./tests/fuzz/corpus,*.png,*.svg' \
    --ignore-words scripts/lib/codespell-words.txt)
}
_tidy() { /usr/bin/python3 "$WARP_ROOT/scripts/lib/tidy.py" "$WARP_ROOT" "$WARP_ROOT/build/release"; }

# A Python beside Debian's that a worker program can be built for, where pyenv has one: the newest of
# another version that has headers and a shared library.
_second_python() {
  local home version
  for home in $(printf '%s\n' "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.* | sort -rV); do
    version=$(cut -d. -f1,2 <<<"${home##*/}")
    [[ $version != "$(/usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')" ]] || continue
    if [[ -e $home/include/python$version/Python.h && -e $home/lib/libpython$version.so ]]; then
      say "$home/bin/python$version"
      return
    fi
  done
}

_configure_release() {
  local second
  second=$(_second_python)
  configure release "$WARP_ROOT/build/release" "-DWARP_PYTHONS=/usr/bin/python3${second:+;$second}"
}

step_lint() {
  local STEP=lint failures=0
  checked "clang-format" _format || failures=1
  checked "shellcheck" _shellcheck || failures=1
  checked "codespell" _codespell || failures=1
  checked "Configuring" _configure_release
  checked "clang-tidy" _tidy || failures=1
  return "$failures"
}

_build_release() {
  checked "Configuring" _configure_release
  checked "Building" build "$WARP_ROOT/build/release"
}

# _ctest DIRECTORY [ctest option...]
_ctest() {
  local directory=$1
  shift
  "${RUN_WITH[@]}" ctest --test-dir "$directory" --parallel "$(nproc)" --no-tests=error --output-on-failure \
    --output-junit "$RESULTS/$STEP/ctest.xml" "$@"
}

step_unit() {
  local STEP=unit
  _build_release
  checked "ctest" _ctest "$WARP_ROOT/build/release"
}

# _pytest PREFIX NAME [pytest option...]: with a JUnit file of that name.
_pytest() {
  local prefix=$1 name=$2
  shift 2
  WARP_PREFIX=$prefix /usr/bin/python3 -m pytest -c "$WARP_ROOT/tests/pytest.ini" "$WARP_ROOT/tests/integration" -v --color=no --tb=short -rfEs \
    --junitxml "$RESULTS/$STEP/$name.xml" "$@"
}

_show_skips() { sed -n 's/^SKIPPED /  skipped: /p' "$RESULTS/$STEP"/pytest*.log; }

step_integration() {
  local STEP=integration WARP_LOG_LINES=200
  _build_release
  checked "Installing" install_into "$SCRATCH/prefix" "$WARP_ROOT/build/release"
  local failures=0
  checked "pytest" _pytest "$SCRATCH/prefix" pytest -m "not alone" "${SIDE_BY_SIDE[@]}" || failures=1
  checked "pytest alone" _pytest "$SCRATCH/prefix" alone -m alone || failures=1
  _show_skips
  return "$failures"
}

# Suppressions, where there are any: VARIABLE=suppressions=FILE.
_suppressions() {
  local file=$WARP_ROOT/tests/support/$1.supp
  [[ ! -e $file ]] || say "suppressions=$file"
}

step_asan() {
  local STEP=asan WARP_LOG_LINES=200
  checked "Configuring with ASan" configure asan "$WARP_ROOT/build/asan"
  checked "Building with ASan" build "$WARP_ROOT/build/asan"
  export UBSAN_OPTIONS=print_stacktrace=1 LSAN_OPTIONS
  LSAN_OPTIONS=$(_suppressions lsan)
  checked "ctest" _ctest "$WARP_ROOT/build/asan" -LE static
  # httpd itself is not built with ASan: the tests preload its runtime (tests/support/sanitizer.py).
  checked "Installing with ASan" install_into "$SCRATCH/asan" "$WARP_ROOT/build/asan"
  checked "pytest" _pytest "$SCRATCH/asan" pytest -m sanitizer "${SIDE_BY_SIDE[@]}"
  _show_skips
}

step_tsan() {
  local STEP=tsan WARP_LOG_LINES=200
  # ThreadSanitizer of GCC 12 can't live with the memory layouts that newer kernels choose by chance.
  # The build, too, runs the test programs: to list their tests.
  if setarch -R true 2>/dev/null; then RUN_WITH=(setarch -R); fi
  checked "Configuring with TSan" configure tsan "$WARP_ROOT/build/tsan"
  checked "Building with TSan" build "$WARP_ROOT/build/tsan" --target threaded_tests
  export TSAN_OPTIONS
  TSAN_OPTIONS=$(_suppressions tsan)
  # The labels of threaded_tests (tests/CMakeLists.txt).
  checked "ctest" _ctest "$WARP_ROOT/build/tsan" -L '^(base|channel|mod_warp|scoreboard|supervisor|worker|python)$'
}

_fuzz_targets() { (cd "$WARP_ROOT/tests/fuzz" && printf '%s\n' *_fuzz.cpp | sed -E 's/(.*)_fuzz\.cpp/\1/'); }

_fuzz_all() { _fuzz_targets | xargs --max-procs "$(nproc)" --max-args 1 "$WARP_ROOT/scripts/lib/fuzz_one" "$WARP_ROOT" "$RESULTS/fuzz"; }

step_fuzz() {
  local STEP=fuzz decoder targets=()
  for decoder in $(_fuzz_targets); do targets+=("fuzz_$decoder"); done
  checked "Configuring for fuzzing" configure fuzz "$WARP_ROOT/build/fuzz"
  checked "Building the targets" build "$WARP_ROOT/build/fuzz" --target "${targets[@]}"
  checked "Fuzzing ${#targets[@]} targets" _fuzz_all
}

_soak() {
  WARP_PREFIX=$SCRATCH/prefix "$WARP_ROOT/tests/reliability/run" --server warpdrive --soak "${SOAK_SECONDS:-300}" \
    --json "$RESULTS/$STEP/soak.json"
}

step_soak() {
  local STEP=soak
  _build_release
  checked "Installing" install_into "$SCRATCH/prefix" "$WARP_ROOT/build/release"
  checked "Soaking" _soak
}

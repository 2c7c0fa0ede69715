# shellcheck shell=bash
# Long commands with progress: the output goes to a log, the terminal shows how far they are.

say() { printf '%s\n' "$*"; }
complain() { printf '%s\n' "$*" >&2; }
die() {
  complain "$(basename "$0"): $*"
  exit 1
}

# Shows the time and the log's last line: redrawn on a terminal, else a line every 30 seconds.
_show_progress() {
  local title=$1 log=$2 start=$SECONDS pause=30 silence last
  [[ -t 1 ]] && pause=1
  # Waiting for input that never comes is a pause without a sleep process, which would outlive us.
  exec {silence}<> <(:)
  while ! read -r -t "$pause" -u "$silence"; do
    last=$(tail -c 400 "$log" | tr '\r' '\n' | tail -n 1 | tr -cd '[:print:]' | cut -c 1-90) || true
    if [[ -t 1 ]]; then
      printf '\r\033[K  %s … %d s  %s' "$title" $((SECONDS - start)) "$last"
    else
      printf '  %s … %d s  %s\n' "$title" $((SECONDS - start)) "$last"
    fi
  done
}

# with_progress TITLE LOG COMMAND...: runs the command; on failure shows the end of its log and
# returns its exit status.
with_progress() {
  local title=$1 log=$2 start=$SECONDS status=0 watcher
  shift 2
  mkdir -p "$(dirname "$log")"
  : >"$log"
  [[ -t 1 ]] || say "  $title …"
  _show_progress "$title" "$log" &
  watcher=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  [[ -t 1 ]] && printf '\r\033[K'
  if ((status == 0)); then
    say "  $title: done in $((SECONDS - start)) s"
    return 0
  fi
  say "  $title: FAILED after $((SECONDS - start)) s (exit status $status); the end of $log:"
  tail -n "${WARP_LOG_LINES:-60}" "$log" | sed 's/^/    | /'
  return "$status"
}

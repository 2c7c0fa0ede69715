# shellcheck shell=bash
# The order of steps, and the end of one that runs beside others. Needs nothing.

# in_order ALL... -- GIVEN...: the given steps in the order of all, each once. One that runs beside the
# next ones must not meet a step that builds or installs what it uses.
in_order() {
  local all=() step
  while [[ $1 != -- ]]; do
    all+=("$1")
    shift
  done
  shift
  for step in "${all[@]}"; do
    [[ " $* " != *" $step "* ]] || printf '%s\n' "$step"
  done
}

# end_group GROUP SECONDS: tells a group of processes to end and waits for that; what is left after so
# many seconds is killed.
end_group() {
  local group=$1 end=$((SECONDS + $2))
  kill -- "-$group" 2>/dev/null || return 0
  while kill -0 -- "-$group" 2>/dev/null; do
    if ((SECONDS >= end)); then
      kill -KILL -- "-$group" 2>/dev/null || true
      return 0
    fi
    sleep 0.1
  done
}

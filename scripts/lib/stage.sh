# shellcheck shell=bash
# A project that belongs to root, started by root: warpdrive runs no application as root but as
# www-data, which can neither read below /root nor write the project's database. It is served from a
# copy that belongs to www-data. Needs progress.sh.

STAGE_USER=www-data
STAGE_HOME=/var/lib/warpdrive

# needs_staging PROJECT [option...]: with --user, the caller has decided for a place and a user.
needs_staging() {
  local project=$1 option
  shift
  ((EUID == 0)) && [[ $(stat -c %u "$project") == 0 ]] || return 1
  for option in "$@"; do
    [[ $option != --user && $option != --user=* ]] || return 1
  done
  [[ -z ${WARPDRIVE_USER:-} ]]
}

# Two projects whose folders have the same name get two places.
_stage_directory() {
  local project=$1 name
  name=$(basename "$project")
  if [[ -e $STAGE_HOME/$name.source && $(cat "$STAGE_HOME/$name.source") != "$project" ]]; then
    name+=-$(printf %s "$project" | cksum | cut -d ' ' -f 1)
  fi
  say "$STAGE_HOME/$name"
}

# stage_project PROJECT: sets STAGED_PROJECT. The copy's var/ (its data) stays from run to run. All
# that happens inside the copy is done by its owner, so that a link planted there leads root nowhere.
stage_project() {
  local project=$1 stage
  stage=$(_stage_directory "$project")
  install -d -m 0755 "$STAGE_HOME"
  install -d -m 0755 -o "$STAGE_USER" -g "$STAGE_USER" "$stage"
  printf '%s\n' "$project" >"$stage.source"
  runuser -u "$STAGE_USER" -- find "$stage" -mindepth 1 -maxdepth 1 ! -name var -exec rm -rf {} +
  tar -C "$project" --exclude=./var --exclude=./.git --exclude=__pycache__ -cf - . |
    runuser -u "$STAGE_USER" -- tar -C "$stage" --no-same-owner --no-overwrite-dir -xf -
  say "  $project belongs to root, and no application runs as root: serving the copy $stage as $STAGE_USER"
  say "  (made anew at each start, but for $stage/var, where the site keeps its data)"
  # shellcheck disable=SC2034  # read by scripts/start
  STAGED_PROJECT=$stage
}

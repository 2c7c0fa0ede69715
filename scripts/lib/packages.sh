# shellcheck shell=bash
# Debian packages: what is missing, and installing only that. Needs progress.sh.

# The names in package lists: one a line, # starts a comment.
names_in_lists() { sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@"; }

missing_packages() {
  local name
  for name in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || say "$name"
  done
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    sudo -- "$@"
  fi
}

_apt_get() {
  # A machine that was just started may be installing updates: wait for it.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}

# install_packages LOG_DIRECTORY NAME...
install_packages() {
  local logs=$1 missing
  shift
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  command -v apt-get >/dev/null ||
    die "these Debian packages are needed, and this system has no apt-get: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      die "packages are missing and there is no sudo; ask an administrator for: apt-get install --no-install-recommends ${missing[*]}"
    # The question for a password comes here, and not into a log.
    sudo -v || die "sudo refused; ask an administrator for: apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "  ${#missing[@]} packages are missing: ${missing[*]}"
  with_progress "Reading the package lists" "$logs/apt-update.log" _apt_get update
  with_progress "Installing packages" "$logs/apt-install.log" \
    _apt_get install -y --no-install-recommends "${missing[@]}"
}

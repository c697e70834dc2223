#!/bin/sh
# Installs standcloud on a Linux stand as a service that uploads what appears:
#
#   sh install.sh --address ADDRESS --watch FOLDER [PROGRAM]
#   sh install.sh --uninstall [--purge]
#
#   PROGRAM            the downloaded file; default: the one for this machine
#                      beside this script or in the folder above it. It must be
#                      in SHA256SUMS, which lies beside PROGRAM.
#   --address ADDRESS  the StandCloud, like demo.standcloud.io
#   --watch FOLDER     where HardPy leaves its runs
#   --ca-file FILE     more certificate authorities (PEM); it is copied
#   --root FOLDER      install into a disk image: nothing is started there
#   --uninstall        takes away what was installed; the key, the logins and
#                      the ledger stay, unless --purge is given too
#
# Run it again at any time, also with a newer PROGRAM: the key and the logins
# stay as they are. The next step is docs/rollout.md, "Log a stand in".
set -eu

user=standcloud
unit=standcloud-upload.service
address='' watch='' ca_file='' root='' program='' uninstall='' purge=''
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

fail() {
  echo "error: $1" >&2
  exit "${2:-2}"
}

while [ $# -gt 0 ]; do
  case $1 in
    --address | --watch | --ca-file | --root)
      [ $# -ge 2 ] || fail "$1 wants a value"
      case $1 in
        --address) address=$2 ;;
        --watch) watch=$2 ;;
        --ca-file) ca_file=$2 ;;
        --root) root=${2%/} ;;
      esac
      shift
      ;;
    --uninstall) uninstall=1 ;;
    --purge) purge=1 ;;
    -*) fail "unknown flag $1" ;;
    *) program=$1 ;;
  esac
  shift
done
[ -n "$root" ] || [ "$(id -u)" -eq 0 ] || fail "root alone can install a service: use sudo"

bin=$root/usr/local/bin
man=$root/usr/local/share/man/man1
settings=$root/etc/standcloud
units=$root/etc/systemd/system
state=$root/var/lib/standcloud

# Only where the system that is changed is the one that runs.
system() {
  [ -n "$root" ] || "$@"
}

take_away() {
  system systemctl disable --now --quiet "$unit" 2>/dev/null || true
  rm -f "$units/$unit" "$bin/standcloud" "$man/standcloud.1"
  system systemctl daemon-reload
  if [ -n "$purge" ]; then
    rm -rf "$settings" "$state"
    if system id "$user" >/dev/null 2>&1; then system userdel "$user"; fi
  fi
  echo "standcloud is uninstalled"
}

# linux-x64 and so on, as the releases are called.
this_machine() {
  case $(uname -m) in
    x86_64) echo linux-x64 ;;
    aarch64) echo linux-arm64 ;;
    *) fail "there is no standcloud for $(uname -m)" ;;
  esac
}

find_program() {
  for folder in "$here" "$here/.."; do
    for candidate in "$folder"/standcloud-*-"$(this_machine)"; do
      [ ! -f "$candidate" ] || program=$candidate
    done
  done
  [ -n "$program" ] || fail "no program beside $here: name it"
}

# Nothing is installed that is not what the release says.
check_sum() {
  folder=$(dirname -- "$program")
  name=$(basename -- "$program")
  [ -r "$folder/SHA256SUMS" ] || fail "no SHA256SUMS beside $program"
  line=$(grep -F "  $name" "$folder/SHA256SUMS" | grep "  $name\$" || true)
  [ -n "$line" ] || fail "$name is not in SHA256SUMS"
  (cd -- "$folder" && printf '%s\n' "$line" | sha256sum --check --status) ||
    fail "$name is not the file that SHA256SUMS names" 1
}

# A program that runs cannot be overwritten, but it can be replaced.
put() {
  install -D -m "$1" -- "$2" "$3.new"
  mv -f -- "$3.new" "$3"
}

write_settings() {
  [ -z "$ca_file" ] || put 644 "$ca_file" "$settings/ca.pem"
  case $address$watch in
    *[\"\'\\\$\`]*) fail "no quotes, backslashes or dollar signs, please: $address $watch" ;;
  esac
  {
    echo "STANDCLOUD_ADDRESS=\"$address\""
    echo "STANDCLOUD_WATCH=\"$watch\""
    [ ! -f "$settings/ca.pem" ] ||
      echo "STANDCLOUD_CA_FILE=/etc/standcloud/ca.pem"
  } >"$settings/environment"
}

# The stand's key: root's, and handed to the service by systemd.
make_key() {
  [ ! -e "$settings/standcloud-key" ] || return 0
  home=$(mktemp -d)
  STANDCLOUD_HOME=$home "$bin/standcloud" key >/dev/null
  install -m 600 "$home/key.txt" "$settings/standcloud-key"
  rm -rf "$home"
}

if [ -n "$uninstall" ]; then
  take_away
  exit 0
fi
[ -n "$address" ] || fail "--address is missing"
[ -n "$watch" ] || fail "--watch is missing"
[ -z "$ca_file" ] || [ -r "$ca_file" ] || fail "$ca_file cannot be read"
[ -n "$program" ] || find_program
check_sum
put 755 "$program" "$bin/standcloud"
[ ! -f "$here/../standcloud.1" ] || put 644 "$here/../standcloud.1" "$man/standcloud.1"
mkdir -p "$settings"
write_settings
make_key
system id "$user" >/dev/null 2>&1 ||
  system useradd --system --home-dir /var/lib/standcloud --shell /usr/sbin/nologin "$user"
put 644 "$here/$unit" "$units/$unit"
system systemctl daemon-reload
system systemctl enable --quiet "$unit"
system systemctl restart "$unit"
echo "standcloud is installed; log the stand in next: docs/rollout.md"

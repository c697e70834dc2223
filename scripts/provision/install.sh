#!/bin/sh
# Installs standcloud on a Linux stand as a service that uploads what appears,
# or as a timer that keeps the login of a stand that uploads now and then:
#
#   sh install.sh --address ADDRESS --watch FOLDER [--keep-login] [PROGRAM]
#   sh install.sh --address ADDRESS --keep-login [PROGRAM]
#   sh install.sh --uninstall [--purge]
#
#   PROGRAM            the downloaded file; default: the one for this machine
#                      in the SHA256SUMS beside this script or in the folder
#                      above it. It must be in the SHA256SUMS beside it.
#   --address ADDRESS  the StandCloud, like demo.standcloud.io
#   --watch FOLDER     where HardPy leaves its runs: the service uploads them
#   --keep-login       a timer tests and renews the login every 20 minutes
#   --ca-file FILE     more certificate authorities (PEM); it is copied
#   --root FOLDER      install into a disk image, for which PROGRAM is named:
#                      nothing is started there
#   --uninstall        takes away what was installed; the key, the logins and
#                      the ledger stay, unless --purge is given too
#
# Run it again at any time, also with a newer PROGRAM: the key and the logins
# stay as they are; a service or timer that is not asked for any more is removed.
# On a machine with a TPM the key of the stand is sealed to it (systemd 250 or
# newer). "standcloud-service COMMAND" runs a command as the service does: see
# docs/rollout.md, "Log a stand in".
set -eu
# The service's user reads what is installed.
umask 022

user=standcloud
unit=standcloud-upload.service
key_unit=standcloud-key.service
timer=standcloud-keep-login.timer
timer_unit=standcloud-keep-login.service
address='' watch='' keep_login='' ca_file='' root='' program='' uninstall='' purge=''
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

fail() {
  printf 'error: %s\n' "$1" >&2
  exit "${2:-2}"
}

while [ $# -gt 0 ]; do
  case $1 in
    --address | --watch | --ca-file | --root)
      case ${2-} in '' | --*) fail "$1 wants a value" ;; esac
      case $1 in
        --address) address=$2 ;;
        --watch) watch=$2 ;;
        --ca-file) ca_file=$2 ;;
        --root) root=$(CDPATH='' cd -- "$2" && pwd) ;;
      esac
      shift
      ;;
    --keep-login) keep_login=1 ;;
    --uninstall) uninstall=1 ;;
    --purge) purge=1 ;;
    -h | --help)
      sed -n '2,/^set /s/^# \{0,1\}//p' "$0"
      exit
      ;;
    -*) fail "unknown flag $1" ;;
    *) program=$1 ;;
  esac
  shift
done
[ -z "$purge" ] || [ -n "$uninstall" ] || fail "--purge goes with --uninstall"
root=${root%/}
[ -n "$root" ] || [ "$(id -u)" -eq 0 ] || fail "root alone can install a service: use sudo"

bin=$root/usr/local/bin
stamps=$root/var/lib/systemd/timers
man=$root/usr/local/share/man/man1
settings=$root/etc/standcloud
units=$root/etc/systemd/system
state=$root/var/lib/standcloud

# Only where the system that is changed is the one that runs.
system() {
  [ -n "$root" ] || "$@"
}

# The line of the name in passwd or group of the system that is changed.
entry() {
  if [ -z "$root" ]; then
    getent "$1" "$user"
  else
    grep -s "^$user:" "$root/etc/$1"
  fi
}

known() {
  entry "$1" >/dev/null
}

# Somebody's account or group is neither given to the service nor deleted with it.
check_account() {
  for kind in passwd group; do
    id=$(entry $kind | cut -d : -f 3)
    [ "${id:-0}" -lt 1000 ] ||
      fail "$user is no system account or group ($kind: $id): rename or remove it first"
  done
}

# Removes a service or timer, and the files that belong to it.
take_unit() {
  [ -e "$units/$1" ] || return 0
  system systemctl stop --quiet "$@" 2>/dev/null || true
  systemctl ${root:+"--root=$root"} disable --quiet "$1" 2>/dev/null || true
  for file in "$@"; do
    rm -f "$units/$file"
    take_sealing "$file"
  done
}

# An administrator's own drop-ins stay.
take_sealing() {
  rm -f "$units/$1.d/tpm2.conf"
  rmdir "$units/$1.d" 2>/dev/null || true
}

take_away() {
  take_unit "$unit"
  take_unit "$timer" "$timer_unit"
  take_sealing "$key_unit"
  rm -f "$units/$key_unit" "$stamps/stamp-$timer"
  rm -f "$bin/standcloud" "$bin/standcloud-service" "$man/standcloud.1"
  # Where systemd does not run, it has nothing to forget.
  system systemctl daemon-reload 2>/dev/null || true
  if [ -n "$purge" ]; then
    rm -rf "$settings" "$state"
    if known passwd; then userdel ${root:+"--prefix=$root"} "$user"; fi
    if known group; then groupdel ${root:+"--prefix=$root"} "$user"; fi
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
  [ -z "$root" ] || fail "name the PROGRAM for the image: its machine may be another one"
  machine=$(this_machine)
  for folder in "$here" "$here/.."; do
    [ -z "$program" ] && [ -r "$folder/SHA256SUMS" ] || continue
    names=$(sed -n "s/^[0-9a-f]*  \(standcloud-[^ ]*-$machine\)\$/\1/p" "$folder/SHA256SUMS")
    # shellcheck disable=SC2086 # The names have no spaces.
    set -- $names
    [ $# -le 1 ] || fail "several programs, name one: $*"
    [ $# -eq 0 ] || program=$folder/$1
  done
  [ -n "$program" ] || fail "no program for $machine beside $here: name it"
}

# Nothing is installed that is not what the release says.
check_sum() {
  folder=$(dirname -- "$program")
  name=$(basename -- "$program")
  [ -r "$folder/SHA256SUMS" ] || fail "no SHA256SUMS beside $program"
  line=$(grep -F "  $name" "$folder/SHA256SUMS" | grep "  $name\$" || true)
  [ -n "$line" ] || fail "$name is not in SHA256SUMS"
  (CDPATH='' cd -- "$folder" && printf '%s\n' "$line" | sha256sum --check --status) ||
    fail "$name is not the file that SHA256SUMS names" 1
}

# A program that runs cannot be overwritten, but it can be replaced.
put() {
  install -D -m "$1" -- "$2" "$3.new"
  mv -f -- "$3.new" "$3"
}

# Older ones cannot hand the key to the service.
check_systemd() {
  version=$(systemctl --version 2>/dev/null | sed -n '1s/^systemd \([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 247 ] || fail "systemd 247 or newer is needed, here is ${version:-none}"
  # A container may have the command, but not the manager.
  case $(systemctl is-system-running 2>/dev/null || true) in
    '' | offline | unknown) fail "systemd does not run here: it must start the service" ;;
  esac
}

# An image says nothing about the machine that will start it.
has_tpm() {
  [ -z "$root" ] && [ "$version" -ge 250 ] && systemd-creds has-tpm2 >/dev/null 2>&1
}

# Where there is a TPM, the key of the stand lies sealed to it.
seal_key() {
  key=$settings/standcloud-key
  if ! has_tpm; then
    [ ! -s "$key.cred" ] ||
      fail "the key of this stand is sealed to a TPM, and no TPM can be used now"
    return 0
  fi
  put 644 "$here/tpm2/key.conf" "$units/$key_unit.d/tpm2.conf"
  for one in ${watch:+"$unit"} ${keep_login:+"$timer_unit"}; do
    put 644 "$here/tpm2/credential.conf" "$units/$one.d/tpm2.conf"
  done
  # The key of an installation without the TPM stays the key of the stand.
  if [ -s "$key" ] && [ ! -s "$key.cred" ]; then
    systemd-creds encrypt --with-key=host+tpm2 --tpm2-pcrs=23 \
      --name=standcloud-key "$key" "$key.cred.new"
    mv -f -- "$key.cred.new" "$key.cred"
  fi
  if [ -s "$key.cred" ]; then rm -f -- "$key"; fi
}

check_folder() {
  case $watch in
    /*) ;;
    *) fail "--watch wants a path from the root: $watch" ;;
  esac
  # The links of this machine say nothing about an image.
  case $(realpath -m ${root:+-s} -- "$watch")/ in
    /tmp/* | /var/tmp/*)
      fail "the service has a /tmp and a /var/tmp of its own and never sees $watch"
      ;;
  esac
  [ -n "$root" ] || [ -d "$watch" ] || echo "warning: there is no folder $watch yet" >&2
}

check_values() {
  [ -n "$address" ] || fail "--address is missing"
  [ -n "$watch$keep_login" ] || fail "--watch is missing, or --keep-login"
  case $address$watch in
    *[\"\'\\\$\`]* | *[[:cntrl:]]*)
      fail "no quotes, backslashes, dollar signs or line breaks, please"
      ;;
  esac
  # The program says more about an address; this is what is none at all.
  case ${address#https://} in
    -* | *://* | */?* | *[!][A-Za-z0-9.:_/-]*)
      fail "--address wants a StandCloud, like demo.standcloud.io: $address"
      ;;
  esac
  [ -z "$watch" ] || check_folder
  for file in "$here/$unit" "$here/$key_unit" "$here/$timer" "$here/$timer_unit" \
    "$here/standcloud-service" "$here/tpm2/key.conf" "$here/tpm2/credential.conf" \
    ${ca_file:+"$ca_file"}; do
    [ -f "$file" ] && [ -r "$file" ] || fail "$file is no file that can be read"
  done
  [ -z "$ca_file" ] || grep -q -e '-BEGIN CERTIFICATE-' -- "$ca_file" ||
    fail "--ca-file holds no certificate in PEM form: $ca_file"
}

settings_text() {
  echo "STANDCLOUD_ADDRESS=\"$address\""
  [ -z "$watch" ] || echo "STANDCLOUD_WATCH=\"$watch\""
  [ ! -f "$settings/ca.pem" ] ||
    echo "STANDCLOUD_CA_FILE=/etc/standcloud/ca.pem"
}

add_user() {
  known group || groupadd --system ${root:+"--prefix=$root"} "$user"
  known passwd ||
    useradd --system ${root:+"--prefix=$root"} --gid "$user" \
      --home-dir /var/lib/standcloud --shell /usr/sbin/nologin "$user"
}

# A home is often for its owner only: then a group does not help.
see_folder() {
  [ -d "$watch" ] || return 0
  runuser -u "$user" -- sh -c 'cd "$1" && ls' sh "$watch" >/dev/null 2>&1 ||
    echo "warning: the service may not read $watch: docs/rollout.md, \"Linux\"" >&2
}

if [ -n "$uninstall" ]; then
  [ -z "$purge" ] || check_account
  take_away
  exit 0
fi
check_values
system check_systemd
check_account
[ -n "$program" ] || find_program
check_sum

# Everything above only looks.
add_user
system see_folder
put 755 "$program" "$bin/standcloud"
put 755 "$here/standcloud-service" "$bin/standcloud-service"
[ ! -f "$here/../standcloud.1" ] || put 644 "$here/../standcloud.1" "$man/standcloud.1"
install -d -m 755 -- "$settings"
[ -z "$ca_file" ] || put 644 "$ca_file" "$settings/ca.pem"
settings_text | put 644 /dev/stdin "$settings/environment"
put 644 "$here/$key_unit" "$units/$key_unit"
if [ -n "$watch" ]; then put 644 "$here/$unit" "$units/$unit"; else take_unit "$unit"; fi
if [ -n "$keep_login" ]; then
  put 644 "$here/$timer_unit" "$units/$timer_unit"
  put 644 "$here/$timer" "$units/$timer"
else
  take_unit "$timer" "$timer_unit"
fi
[ -n "$root" ] || seal_key
system systemctl daemon-reload
# The service that uploads makes the key by itself.
[ -z "$keep_login" ] || system systemctl start "$key_unit"
for one in ${watch:+"$unit"} ${keep_login:+"$timer"}; do
  systemctl ${root:+"--root=$root"} enable --quiet "$one"
  system systemctl restart "$one"
done
echo "standcloud is installed; log the stand in next: docs/rollout.md"

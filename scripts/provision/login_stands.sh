#!/bin/sh
# Logs many stands in without a person: sh login_stands.sh STANDS
#
# STANDS is a file with a line for each stand, three words separated by tabs:
#
#   HOME      folder for the stand's key and login (STANDCLOUD_HOME)
#   ADDRESS   the StandCloud, like demo.standcloud.io
#   KEY_FILE  file with the API key of the stand
#
# Empty lines and lines that begin with # are left out, and so are the line
# endings and the byte order mark of Windows. Prints a line for each stand. Ends
# with 0 when all are logged in, else with the exit code of the first that is
# not (README, "Exit codes"). Run it again at any time: a stand whose login works
# is left as it is. STANDCLOUD names the program.
set -u

program=${STANDCLOUD:-standcloud}
stands=${1:?"usage: sh login_stands.sh STANDS"}
tab=$(printf '\t')
return=$(printf '\r')
mark=$(printf '\357\273\277')
worst=0
# They would be used instead of every stored login.
unset STANDCLOUD_API_KEY HARDPY_SC_API_KEY

# What is said holds paths and answers: echo would take their backslashes apart.
say() {
  printf '%s\n' "$1"
}

# The text of one field in a line of --json, with its escapes.
field() {
  say "$2" | sed -n "s/.*\"$1\":\"\(\([^\"\\\\]\|\\\\.\)*\)\".*/\1/p" |
    tail -n 1
}

# Runs the program for the stand; leaves its lines in $answer.
run() {
  answer=$(
    STANDCLOUD_HOME="$home" "$program" "$@" --no-input --json --quiet </dev/null
  )
}

log_in() {
  run status || return
  host=${address#https://}
  # The key of a hardpy.toml here must not pass for the login of a stand.
  if say "$answer" | grep -qF "\"address\":\"${host%/}\""; then
    run sc-login --check "$address" && return 0
    # 3 is a login that is missing, has ended or cannot be read: that can be
    # helped. Nothing else can.
    code=$?
    [ "$code" -eq 3 ] || return "$code"
  fi
  run sc-login "$address" --api-key-file "$key_file" || return
  run sc-login --check "$address"
}

[ -r "$stands" ] || {
  say "cannot read $stands" >&2
  exit 2
}
while IFS="$tab" read -r home address key_file || [ -n "$home" ]; do
  home=${home#"$mark"}
  key_file=${key_file%"$return"}
  case $home in '' | "$return" | '#'*) continue ;; esac
  if [ -z "$key_file" ]; then
    say "failed  $home: the line is not three words with tabs between them"
    [ "$worst" -ne 0 ] || worst=2
    continue
  fi
  log_in
  code=$?
  if [ "$code" -eq 0 ]; then
    say "ok      $home $address $(field state "$answer")"
  else
    say "failed  $home $address exit $code: $(field message "$answer")"
    [ "$worst" -ne 0 ] || worst=$code
  fi
done <"$stands"
exit "$worst"

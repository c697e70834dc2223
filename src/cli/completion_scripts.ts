import type { Shell } from "./shells.ts";

/**
 * What a shell has to be told so that Tab completes `standcloud`: to ask the
 * program itself (src/cli/complete.ts), which knows its commands and the stand.
 */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}

/** Bash cuts words at `:` and `=`; the program wants them whole, and Bash only the rest back. */
const BASH = String.raw`# Tab completion of standcloud for bash.
# Cuts the line into words as the shell does; the last one may be open or empty.
_standcloud_words() {
  local line=$1 word= quote= begun= char plain
  while [ -n "$line" ]; do
    char=\${line:0:1} line=\${line:1}
    case $quote$char in
      \' | \") quote=$char begun=1 ;;
      "''" | '""') quote= ;;
      '\') word+=\${line:0:1} line=\${line:1} begun=1 ;;
      '"\')
        case $line in [\"\\\$\`]*) char=\${line:0:1} line=\${line:1} ;; esac
        word+=$char
        ;;
      [[:space:]])
        [ -n "$begun" ] && words+=("$word")
        word= begun=
        ;;
      *)
        plain=\${line%%[[:space:]\'\"\\]*} line=\${line:\${#plain}}
        word+=$char$plain begun=1
        ;;
    esac
  done
  words+=("$word")
}
_standcloud() {
  local words=() line last part prefix
  _standcloud_words "$2"
  part=\${words[*]} words=()
  _standcloud_words "\${COMP_LINE:0:COMP_POINT}"
  last=$(( \${#words[@]} - 1 ))
  prefix=\${words[last]%"$part"}
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = ":files" ]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$2")
    else
      line=\${line%%$'\t'*}
      COMPREPLY+=("\${line#"$prefix"}")
    fi
  done < <("$1" __complete "=\${words[last]}" "\${words[@]:1:last-1}" 2>/dev/null)
}
complete -F _standcloud standcloud
`;

const ZSH = String.raw`#compdef standcloud
# Tab completion of standcloud for zsh.
_standcloud() {
  local line files
  local -a proposals
  for line in "\${(@f)$("\${~words[1]}" __complete "=\${(Q)PREFIX}" "\${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :files) files=1 ;;
      *) proposals+=("\${\${line%%$'\t'*}//:/\\:}:\${line#*$'\t'}") ;;
    esac
  done
  (( $#proposals )) && _describe standcloud proposals
  if [[ -n $files ]]; then
    compset -P 1 '--*='
    _files
  fi
}
if [[ $funcstack[1] = _standcloud ]]; then
  _standcloud "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _standcloud standcloud
fi
`;

const FISH = String.raw`# Tab completion of standcloud for fish.
function __standcloud_complete
  set -l words (commandline -opc)
  set -l typed (commandline -ct)
  set -l current (string unescape -- "$typed"; or echo "$typed")
  for line in (command $words[1] __complete "=$current" $words[2..-1] 2>/dev/null)
    if test "$line" = :files
      # Fish reads the word itself, and so knows ~ and $HOME; a flag before it stays.
      set -l flag (string match -r -- '^--[\w-]+=' "$typed")
      set -l value (string replace -r -- '^--[\w-]+=' '' "$typed")
      printf '%s\n' "$flag"(complete -C "'' $value")
    else
      echo $line
    end
  end
end
complete -c standcloud -f -a '(__standcloud_complete)'
`;

const POWERSHELL = String.raw`# Tab completion of standcloud for PowerShell.
Register-ArgumentCompleter -Native -CommandName 'standcloud', 'standcloud.exe' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { if ($_.Value) { "$($_.Value)" } else { $_.Extent.Text } })
  $program, $words = $words
  foreach ($line in @(& $program __complete "=$wordToComplete" @words 2>$null)) {
    if ($line -eq ':files') {
      [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
    } else {
      $value, $meaning = $line -split [char]9, 2
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $meaning)
    }
  }
}
`;

/** In a template a backslash keeps \${ from being filled in; the shells get none. */
const SCRIPTS: Record<Shell, string> = {
  bash: plain(BASH),
  zsh: plain(ZSH),
  fish: FISH,
  powershell: POWERSHELL,
};

function plain(template: string): string {
  return template.replaceAll("\\${", "${");
}

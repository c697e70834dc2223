<#
.SYNOPSIS
Logs many stands in without a person: login_stands.ps1 STANDS

.DESCRIPTION
STANDS is a file with a line for each stand, three words separated by tabs:

  HOME      folder for the stand's key and login (STANDCLOUD_HOME)
  ADDRESS   the StandCloud, like demo.standcloud.io
  KEY_FILE  file with the API key of the stand

Empty lines and lines that begin with # are left out. Prints a line for each
stand. Ends with 0 when all are logged in, else with the exit code of the first
that is not (README, "Exit codes"). Run it again at any time: a stand whose
login works is left as it is. $env:STANDCLOUD names the program; where it is not
found, ends with 127.
#>
param([Parameter(Mandatory)] [string] $Stands)

# With Stop, Windows PowerShell would end at the first line on a program's stderr.
$ErrorActionPreference = 'Continue'
$program = if ($env:STANDCLOUD) { $env:STANDCLOUD } else { 'standcloud' }
$worst = 0

# Runs the program for the stand; gives its exit code, the addresses that it
# named, and its last JSON line.
function Invoke-StandCloud([string] $StandHome, [string[]] $Words) {
  $before = $env:STANDCLOUD_HOME
  $key = $env:STANDCLOUD_API_KEY
  $hardpyKey = $env:HARDPY_SC_API_KEY
  $env:STANDCLOUD_HOME = $StandHome
  # They would be used instead of every stored login.
  $env:STANDCLOUD_API_KEY = $null
  $env:HARDPY_SC_API_KEY = $null
  $lines = @()
  # It stays so when the program cannot be started.
  $global:LASTEXITCODE = 126
  try {
    $lines = @($null | & $program @Words --no-input --json --quiet 2> $null)
  } catch {
    [Console]::Error.WriteLine($_)
  } finally {
    $env:STANDCLOUD_HOME = $before
    $env:STANDCLOUD_API_KEY = $key
    $env:HARDPY_SC_API_KEY = $hardpyKey
  }
  $answers = @($lines | ForEach-Object { $_ | ConvertFrom-Json })
  return @{
    Code = $global:LASTEXITCODE
    Addresses = @($answers | ForEach-Object { $_.address })
    Answer = if ($answers.Count) { $answers[-1] } else { $null }
  }
}

function Connect-Stand([string] $StandHome, [string] $Address, [string] $KeyFile) {
  $result = Invoke-StandCloud $StandHome @('status')
  if ($result.Code -ne 0) { return $result }
  $stored = ($Address -replace '^https://', '').TrimEnd('/')
  # The key of a hardpy.toml here must not pass for the login of a stand.
  if ($result.Addresses -contains $stored) {
    $result = Invoke-StandCloud $StandHome @('sc-login', '--check', $Address)
    # 3 is a login that is missing, has ended or cannot be read: that can be
    # helped. Nothing else can.
    if ($result.Code -ne 3) { return $result }
  }
  $result = Invoke-StandCloud $StandHome `
    @('sc-login', $Address, '--api-key-file', $KeyFile)
  if ($result.Code -ne 0) { return $result }
  return Invoke-StandCloud $StandHome @('sc-login', '--check', $Address)
}

if (-not (Test-Path -LiteralPath $Stands -PathType Leaf)) {
  [Console]::Error.WriteLine("cannot read $Stands")
  exit 2
}
if (-not (Get-Command $program -ErrorAction SilentlyContinue)) {
  [Console]::Error.WriteLine("cannot find $program")
  exit 127
}
foreach ($line in Get-Content -Encoding UTF8 -LiteralPath $Stands) {
  if ($line -eq '' -or $line.StartsWith('#')) { continue }
  $standHome, $address, $keyFile = $line -split "`t"
  if (-not $keyFile) {
    Write-Output ("failed  ${standHome}: " +
      'the line is not three words with tabs between them')
    if ($worst -eq 0) { $worst = 2 }
    continue
  }
  $result = Connect-Stand $standHome $address $keyFile
  if ($result.Code -eq 0) {
    Write-Output "ok      $standHome $address $($result.Answer.state)"
  } else {
    Write-Output ("failed  $standHome $address exit $($result.Code): " +
      $result.Answer.message)
    if ($worst -eq 0) { $worst = $result.Code }
  }
}
exit $worst

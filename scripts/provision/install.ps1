# Installs standcloud on a Windows stand as a task that uploads what appears.
#
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Address ADDRESS -Watch FOLDER
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Uninstall [-Purge]
#
# Run it as the person (or service account) that the stand runs under, in a
# PowerShell of an administrator: the task runs under that account, and the key
# and the logins lie in a folder that only this account may open. Run it again
# at any time: the key and the logins stay. -Uninstall leaves them, -Purge does not.
param(
  [string]$Address,
  [string]$Watch,
  [string]$Program,
  [switch]$Uninstall,
  [switch]$Purge
)
$ErrorActionPreference = 'Stop'

$task = 'standcloud upload'
$folder = Join-Path $env:ProgramFiles 'standcloud'
$target = Join-Path $folder 'standcloud.exe'
$standHome = Join-Path $env:ProgramData 'standcloud'
$account = [Security.Principal.WindowsIdentity]::GetCurrent().Name

function Stop-Upload {
  if (Get-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue) {
    Stop-ScheduledTask -TaskName $task
    Unregister-ScheduledTask -TaskName $task -Confirm:$false
  }
}

if ($Uninstall) {
  Stop-Upload
  Remove-Item -Recurse -Force $folder -ErrorAction SilentlyContinue
  if ($Purge) { Remove-Item -Recurse -Force $standHome -ErrorAction SilentlyContinue }
  Write-Output 'standcloud is uninstalled'
  exit 0
}
if (-not $Address -or -not $Watch) { throw '-Address and -Watch are needed' }

if (-not $Program) {
  $places = $PSScriptRoot, (Join-Path $PSScriptRoot '..')
  $Program = Get-ChildItem $places -Filter 'standcloud-*-windows-x64.exe' |
    Select-Object -Last 1 -ExpandProperty FullName
  if (-not $Program) { throw 'No program beside this script: name it with -Program' }
}

# Nothing is installed that is not what the release says.
$sums = Join-Path (Split-Path $Program) 'SHA256SUMS'
$name = Split-Path -Leaf $Program
$sum = (Get-FileHash -Algorithm SHA256 $Program).Hash.ToLower()
if ((Get-Content $sums) -cnotcontains "$sum  $name") {
  throw "$name is not the file that SHA256SUMS names"
}

Stop-Upload
New-Item -ItemType Directory -Force $folder, $standHome | Out-Null
Copy-Item -Force $Program $target

# No inherited rights: this account alone. S-1-5-18 is the system itself.
& icacls.exe $standHome /inheritance:r /grant:r "${account}:(OI)(CI)F" '*S-1-5-18:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "icacls cannot protect $standHome" }

$action = New-ScheduledTaskAction -Execute $target `
  -Argument "upload --watch --no-input --config `"$standHome`" `"$Watch`""
$trigger = New-ScheduledTaskTrigger -AtLogOn -User $account
$settings = New-ScheduledTaskSettingsSet -RestartCount 999 `
  -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero) `
  -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
[Environment]::SetEnvironmentVariable('STANDCLOUD_HOME', $standHome, 'User')
Set-Content -Encoding ascii (Join-Path $standHome 'hardpy.toml') "[stand_cloud]`naddress = `"$Address`""
Register-ScheduledTask -TaskName $task -Action $action -Trigger $trigger `
  -Settings $settings -User $account | Out-Null
$env:STANDCLOUD_HOME = $standHome
Start-ScheduledTask -TaskName $task
Write-Output 'standcloud is installed; log the stand in next: docs/rollout.md'

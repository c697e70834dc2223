# Installs standcloud on a Windows stand as a task that uploads what appears, or
# as a task that keeps the login of a stand that uploads now and then.
#
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Address ADDRESS -Watch FOLDER [-KeepLogin]
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Address ADDRESS -KeepLogin
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Uninstall [-Purge]
#
# Run it as the person (or service account) that the stand runs under, in a
# PowerShell of an administrator: the task runs under that account, also when no
# user is signed in. The key and the logins lie in a folder that only this account
# may open. Run it again at any time: the key and the logins stay; a task that is
# not asked for any more is removed. -Uninstall leaves key and logins, -Uninstall
# -Purge does not.
# -KeepLogin: a task tests and renews the login every 20 minutes.
# -Program names the downloaded file; default: the one in the SHA256SUMS beside
# this script or in the folder above it.
param(
  [string]$Address,
  [string]$Watch,
  [string]$Program,
  [switch]$KeepLogin,
  [switch]$Uninstall,
  [switch]$Purge
)
$ErrorActionPreference = 'Stop'

$uploadTask = 'standcloud upload'
$loginTask = 'standcloud keep login'
$folder = Join-Path $env:ProgramFiles 'standcloud'
$target = Join-Path $folder 'standcloud.exe'
$standHome = Join-Path $env:ProgramData 'standcloud'
$account = [Security.Principal.WindowsIdentity]::GetCurrent()
$variables = @{ STANDCLOUD_HOME = $standHome; STANDCLOUD_ADDRESS = $Address }

# Disabled first, or it could start once more as it was.
function Stop-Task([string]$Name) {
  if (Get-ScheduledTask -TaskName $Name -ErrorAction SilentlyContinue) {
    Disable-ScheduledTask -TaskName $Name | Out-Null
    Stop-ScheduledTask -TaskName $Name
  }
}

function Remove-Task([string]$Name) {
  Stop-Task $Name
  Get-ScheduledTask -TaskName $Name -ErrorAction SilentlyContinue |
    Unregister-ScheduledTask -Confirm:$false
}

# A program that runs cannot be overwritten, but it can be renamed. Until the new
# one is in place the old one is left to its work.
function Install-Program {
  New-Item -ItemType Directory -Force $folder | Out-Null
  $new = "$target.new"
  Copy-Item -Force -LiteralPath $Program $new
  # One that still runs since an earlier update keeps its name.
  $old = "$target.$([guid]::NewGuid()).old"
  $wasThere = Test-Path -LiteralPath $target
  if ($wasThere) { Move-Item -LiteralPath $target $old }
  try {
    Move-Item -LiteralPath $new $target
  } catch {
    if ($wasThere) { Move-Item -LiteralPath $old $target }
    throw
  }
}

# What was stopped a moment ago may still hold its files.
function Remove-Patiently([string[]]$Paths) {
  foreach ($try in 1..10) {
    $Paths = @($Paths | Where-Object { Test-Path -LiteralPath $_ })
    if (-not $Paths) { return }
    if ($try -gt 1) { Start-Sleep -Milliseconds 500 }
    Remove-Item -Recurse -Force -LiteralPath $Paths -ErrorAction SilentlyContinue
  }
}

# In the registry, for what stands between percent signs there has to stay so.
function Set-UserPath([bool]$Wanted) {
  $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $true)
  $places = @($key.GetValue('Path', '', 'DoNotExpandEnvironmentNames') -split ';' |
    Where-Object { $_ -and $_ -ne $folder })
  if ($Wanted) {
    $places += $folder
    $env:Path += ";$folder"
  }
  $key.SetValue('Path', ($places -join ';'), 'ExpandString')
  $key.Close()
}

function Invoke-Icacls {
  & icacls.exe @args | Out-Null
  if ($LASTEXITCODE -ne 0) { throw "icacls cannot protect $($args[0])" }
}

function Assert-NoLink {
  process {
    if ($_.Attributes -band [IO.FileAttributes]::ReparsePoint) {
      throw "$($_.FullName) leads elsewhere: take it away first"
    }
  }
}

if ($Purge -and -not $Uninstall) { throw '-Purge goes with -Uninstall' }
if ($Uninstall) {
  Remove-Task $uploadTask
  Remove-Task $loginTask
  $places = @($folder)
  if ($Purge) { $places += $standHome }
  Remove-Patiently $places
  Set-UserPath $false
  if ($Purge) {
    foreach ($name in $variables.Keys) {
      [Environment]::SetEnvironmentVariable($name, [NullString]::Value, 'User')
    }
  }
  $left = @($places | Where-Object { Test-Path -LiteralPath $_ })
  if ($left) {
    [Console]::Error.WriteLine("error: cannot remove $($left -join ', '): " +
      'end what uses it and run this again')
    exit 1
  }
  Write-Output 'standcloud is uninstalled'
  exit 0
}
if (-not $Address) { throw '-Address is needed' }
if (-not $Watch -and -not $KeepLogin) { throw '-Watch is needed, or -KeepLogin' }

# A task starts in another folder, and cannot reach the folders of other computers.
if ($Watch) {
  $Watch = (Resolve-Path -LiteralPath $Watch).ProviderPath
  if ($Watch -like '\\*' -or
    ([IO.DriveInfo][IO.Path]::GetPathRoot($Watch)).DriveType -eq 'Network') {
    throw "The task cannot reach a folder of another computer: $Watch"
  }
}

foreach ($place in $PSScriptRoot, (Join-Path $PSScriptRoot '..')) {
  $list = Join-Path $place 'SHA256SUMS'
  if ($Program -or -not (Test-Path -LiteralPath $list)) { continue }
  $names = @(Get-Content -LiteralPath $list |
    Where-Object { $_ -cmatch '^[0-9a-f]+  standcloud-.+-windows-x64\.exe$' } |
    ForEach-Object { ($_ -split '  ', 2)[1] })
  if ($names.Count -gt 1) { throw "Several programs, name one with -Program: $names" }
  if ($names.Count -eq 1) { $Program = Join-Path $place $names[0] }
}
if (-not $Program) { throw 'No program beside this script: name it with -Program' }
$Program = (Resolve-Path -LiteralPath $Program).ProviderPath

# Nothing is installed that is not what the release says.
$sums = Join-Path ([IO.Path]::GetDirectoryName($Program)) 'SHA256SUMS'
$name = [IO.Path]::GetFileName($Program)
$sum = (Get-FileHash -Algorithm SHA256 -LiteralPath $Program).Hash.ToLower()
if ((Get-Content -LiteralPath $sums) -cnotcontains "$sum  $name") {
  throw "$name is not the file that SHA256SUMS names"
}

# Everybody may make a folder there: what somebody made must neither lead
# elsewhere nor stay theirs. The folder is closed in one step and before what is
# in it, so that nobody reads or adds anything meanwhile.
New-Item -ItemType Directory -Force $standHome | Out-Null
Get-Item -Force -LiteralPath $standHome | Assert-NoLink
Invoke-Icacls $standHome /setowner $account.Name
# No inherited rights: this account alone. SY is the system itself.
$acl = New-Object Security.AccessControl.DirectorySecurity
$acl.SetSecurityDescriptorSddlForm(
  "D:P(A;OICI;FA;;;$($account.User))(A;OICI;FA;;;SY)", 'Access')
Set-Acl -LiteralPath $standHome -AclObject $acl
Get-ChildItem -Recurse -Force -LiteralPath $standHome | Assert-NoLink
foreach ($item in Get-ChildItem -Force -LiteralPath $standHome) {
  Invoke-Icacls $item.FullName /setowner $account.Name /T
  Invoke-Icacls $item.FullName /reset /T
}

Install-Program
Set-UserPath $true
foreach ($name in $variables.Keys) {
  # For the task and the windows to come, and for this one.
  [Environment]::SetEnvironmentVariable($name, $variables[$name], 'User')
  [Environment]::SetEnvironmentVariable($name, $variables[$name], 'Process')
}

# S4U: the task runs also while nobody is signed in, no password is stored, and
# no window takes the keyboard away from the test. It cannot reach shared folders
# of other computers, nor data that DPAPI protects for the account.
$principal = New-ScheduledTaskPrincipal -UserId $account.Name -LogonType S4U

function Install-Upload {
  # A backslash before the closing quote would take it away: D:\ is D:\\ there.
  $quoted = '"' + ($Watch -replace '(\\+)$', '$1$1') + '"'
  $action = New-ScheduledTaskAction -Execute $target `
    -Argument "upload --watch --no-input $quoted"
  # From the start of the computer on. To Windows a program that has ended is no
  # failure, and it is not restarted: so the task starts every minute, unless the
  # program runs.
  $triggers = @(
    (New-ScheduledTaskTrigger -AtStartup),
    (New-ScheduledTaskTrigger -Once -At (Get-Date) `
        -RepetitionInterval (New-TimeSpan -Minutes 1))
  )
  $settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew `
    -ExecutionTimeLimit ([TimeSpan]::Zero) `
    -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
  Stop-Task $uploadTask
  # In place of the one that is there.
  Register-ScheduledTask -Force -TaskName $uploadTask -Action $action `
    -Trigger $triggers -Settings $settings -Principal $principal | Out-Null
  Start-ScheduledTask -TaskName $uploadTask
  Write-Output "The task '$uploadTask' starts with the computer, and every minute unless it runs."
}

function Install-KeepLogin {
  $action = New-ScheduledTaskAction -Execute $target `
    -Argument "sc-login --check --no-input $Address"
  # The stands of a hall do not all ask at once.
  $trigger = New-ScheduledTaskTrigger -Once -At (Get-Date) `
    -RepetitionInterval (New-TimeSpan -Minutes 20) `
    -RandomDelay (New-TimeSpan -Minutes 5)
  # Missed while the stand was off: at once.
  $settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew `
    -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Minutes 5) `
    -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
  Register-ScheduledTask -Force -TaskName $loginTask -Action $action `
    -Trigger $trigger -Settings $settings -Principal $principal | Out-Null
  Write-Output "The task '$loginTask' renews the login every 20 minutes."
}

if ($Watch) { Install-Upload } else { Remove-Task $uploadTask }
if ($KeepLogin) { Install-KeepLogin } else { Remove-Task $loginTask }
Remove-Patiently @(Get-ChildItem -Path "$target.*.old" | ForEach-Object FullName)
Write-Output 'standcloud is installed; log the stand in next, in this account:'
Write-Output "  `$env:STANDCLOUD_HOME = '$standHome'; & '$target' sc-login $Address"

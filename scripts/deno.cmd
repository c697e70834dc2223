@echo off
rem Runs the pinned Deno: one on PATH, else one installed from npm into
rem .toolchain\ (once). Nothing is installed globally. A Deno counts only when
rem its SHA-256 is listed in deno.sha256. See scripts/deno.
setlocal EnableExtensions DisableDelayedExpansion

set "VERSION=2.7.11"
for %%I in ("%~dp0..") do set "ROOT=%%~fI"

rem Deno knows only Mozilla's roots unless told to: a company proxy or mirror
rem with a private CA would be refused.
if not defined DENO_TLS_CA_STORE set "DENO_TLS_CA_STORE=system,mozilla"
set "DENO_NO_UPDATE_CHECK=1"

rem With .exe: a bare "deno" could be this very file.
set "BINARY="
for %%I in (deno.exe) do set "BINARY=%%~$PATH:I"
if defined BINARY call :check
if defined BINARY goto run

rem Only a checked Deno is moved into this folder.
set "DENO_FOLDER=%ROOT%\.toolchain\deno-%VERSION%-checked"
call :find "%DENO_FOLDER%"
if defined BINARY goto run
call :install
if errorlevel 1 exit /b 1
call :find "%DENO_FOLDER%"
if defined BINARY goto run
>&2 echo error: the checked Deno could not be moved to "%DENO_FOLDER%"
exit /b 1

rem Outside of any block: the arguments may hold brackets of their own.
:run
"%BINARY%" %*
exit /b %ERRORLEVEL%

:find
set "BINARY="
for /d %%D in ("%~1\node_modules\@deno\*") do (
  if exist "%%D\deno.exe" set "BINARY=%%D\deno.exe"
)
exit /b 0

rem Clears BINARY when its SHA-256 is not listed. The second line of certutil
rem is the hash.
:check
set "HASH="
for /f "skip=1 delims=" %%H in ('certutil -hashfile "%BINARY%" SHA256') do (
  if not defined HASH set "HASH=%%H"
)
findstr /b /i /l /c:"%HASH%  " "%~dp0deno.sha256" >nul
if errorlevel 1 set "BINARY="
exit /b 0

:install
where /q npm
if errorlevel 1 (
  >&2 echo error: Deno %VERSION% is not on PATH, and npm is not there to install it
  >&2 echo hint: install Node.js with npm, or Deno %VERSION%
  exit /b 1
)
>&2 echo Installing Deno %VERSION% into .toolchain\
rem A folder of its own, moved into place when complete: two first runs at the
rem same time, or an interrupted one, leave no half-installed Deno behind.
set "STAGING=%ROOT%\.toolchain\install-%RANDOM%%RANDOM%"
mkdir "%STAGING%"
if errorlevel 1 exit /b 1
call npm install --prefix "%STAGING%" --ignore-scripts --no-audit --no-fund --no-save --no-package-lock --loglevel=error "deno@%VERSION%" 1>&2
if errorlevel 1 (
  rmdir /s /q "%STAGING%"
  >&2 echo error: npm could not install Deno %VERSION%
  exit /b 1
)
call :find "%STAGING%"
if not defined BINARY (
  rmdir /s /q "%STAGING%"
  >&2 echo error: npm installed no Deno %VERSION% for this machine
  exit /b 1
)
call :check
if not defined BINARY (
  rmdir /s /q "%STAGING%"
  >&2 echo error: the Deno that npm installed is not one of scripts\deno.sha256
  >&2 echo hint: its SHA-256 is %HASH%; compare it with the file of Deno's own release %VERSION%
  exit /b 1
)
rem Another run may have been faster: then its Deno is as good as this one.
call :find "%DENO_FOLDER%"
if not defined BINARY (
  if exist "%DENO_FOLDER%" rmdir /s /q "%DENO_FOLDER%"
  move "%STAGING%" "%DENO_FOLDER%" >nul 2>nul
)
if exist "%STAGING%" rmdir /s /q "%STAGING%"
exit /b 0

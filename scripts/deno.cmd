@echo off
rem Runs the pinned Deno: a matching one on PATH, else one installed from npm
rem into .toolchain\ (once). Nothing is installed globally. See scripts/deno.
setlocal EnableExtensions DisableDelayedExpansion

set "VERSION=2.7.11"
for %%I in ("%~dp0..") do set "ROOT=%%~fI"

rem Deno knows only Mozilla's roots unless told to: a company proxy or mirror
rem with a private CA would be refused.
if not defined DENO_TLS_CA_STORE set "DENO_TLS_CA_STORE=system,mozilla"
set "DENO_NO_UPDATE_CHECK=1"

rem With .exe: a bare "deno" could be this very file.
deno.exe --version 2>nul | findstr /b /l /c:"deno %VERSION% " >nul
if not errorlevel 1 (
  set "BINARY=deno.exe"
  goto run
)

set "DENO_FOLDER=%ROOT%\.toolchain\deno-%VERSION%"
call :find
if defined BINARY goto run
call :install
if errorlevel 1 exit /b 1
call :find
if defined BINARY goto run
>&2 echo error: npm installed no Deno %VERSION% for this machine
exit /b 1

rem Outside of any block: the arguments may hold brackets of their own.
:run
"%BINARY%" %*
exit /b %ERRORLEVEL%

:find
set "BINARY="
for /d %%D in ("%DENO_FOLDER%\node_modules\@deno\*") do (
  if exist "%%D\deno.exe" set "BINARY=%%D\deno.exe"
)
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
rem Another run may have been faster: then its Deno is as good as this one.
call :find
if not defined BINARY (
  if exist "%DENO_FOLDER%" rmdir /s /q "%DENO_FOLDER%"
  move "%STAGING%" "%DENO_FOLDER%" >nul 2>nul
)
if exist "%STAGING%" rmdir /s /q "%STAGING%"
exit /b 0

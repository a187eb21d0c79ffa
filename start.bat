@echo off
rem Rakurs on Windows without make: makes a virtual environment, installs, opens the application on the demo study.
cd /d "%~dp0"
if not exist .venv\Scripts\python.exe py -3 -m venv .venv
.venv\Scripts\python -m pip install --quiet --disable-pip-version-check -r requirements.txt
.venv\Scripts\python -m survey_app serve --demo

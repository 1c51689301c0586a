#!/usr/bin/env bash
# Make examples/sheet.png: the workbook of the samples as LibreOffice shows it.
# Needs Xvfb, xdotool, ImageMagick and LibreOffice with its windows; usage: examples/sheet.sh DATELINE
set -euo pipefail
work=$(mktemp -d)
export DISPLAY=:77
Xvfb :77 -screen 0 1280x560x24 & screen=$!
trap 'kill $screen; rm -rf "$work"' EXIT
"$1" extract "$(dirname "$0")/../data/samples/releases" -q -o "$work/samples.xlsx"
soffice "-env:UserInstallation=file://$work/profile" --norestore --nologo --calc "$work/samples.xlsx" & office=$!
window=
for _ in $(seq 60); do
  window=$(xdotool search --onlyvisible --name samples 2>/dev/null | head -1) && test -n "$window" && break
  sleep 1
done
sleep 10
xdotool windowmove "$window" 0 0 windowsize "$window" 1280 560 key Escape
sleep 3
import -window root "$(dirname "$0")/sheet.png"
kill $office

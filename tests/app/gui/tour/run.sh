#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh FOLDER [light|dark] [WIDTHxHEIGHT]: the scripted tour on a display of its own; the pictures go to FOLDER.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
exec xvfb-run -a -s "-screen 0 2560x1440x24" build/release/gui_tour "$@"

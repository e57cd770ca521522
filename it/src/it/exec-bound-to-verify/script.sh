#!/bin/bash
set -e
cd /tmp
for word in from a file; do echo "$word"; done
exit 7

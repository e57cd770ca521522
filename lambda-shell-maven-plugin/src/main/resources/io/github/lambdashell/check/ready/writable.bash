# Checks that files and directories are writable: $paths, one per line.
while IFS= read -r path; do
  if [ -d "$path" ]; then
    probe=$path/.lshell-writable-$$
    if said=$({ printf x > "$probe"; } 2>&1); then
      rm -f -- "$probe"
      echo "ok - $path is writable"
    else
      rm -f -- "$probe"
      echo "not ok - $path is not writable: ${said##*: }"
    fi
  elif [ -e "$path" ]; then
    if said=$({ : >> "$path"; } 2>&1); then
      echo "ok - $path is writable"
    else
      echo "not ok - $path is not writable: ${said##*: }"
    fi
  else
    echo "not ok - $path does not exist"
  fi
done <<< "$paths"

# Finds a command's processes in /proc, with nothing but the shell.

# Fills `parent` and `started`, by id, with the living processes that have started since `start_ticks`.
snapshot() {
  local file stat
  parent=() started=()
  for file in /proc/[0-9]*/stat; do
    stat=
    { IFS= read -r -d '' stat <"$file"; } 2>/dev/null
    # PID (NAME) STATE PARENT ..., START is the 22nd. The name may itself hold blanks and parentheses.
    set -- ${stat##*) }
    if [[ $1 && $1 != [ZX] ]] && ((${20} >= start_ticks)); then
      parent[${stat%% *}]=$2
      started[${stat%% *}]=${20}
    fi
  done
}

# Puts the time since the system's start into REPLY, in clock ticks, of which Lambda's systems have 100 a second.
ticks() {
  read -r REPLY _ </proc/uptime
  REPLY=${REPLY/./}
}

has_marker() { # PID
  local assignment
  while IFS= read -r -d '' assignment; do
    [[ $assignment != "$marker" ]] || return 0
  done 2>/dev/null <"/proc/$1/environ"
  return 1
}

# Whether a process of the command's, and not one of those that read it, has its output open.
holds_output() { # PID
  local fd
  if [[ " ${readers[*]} " == *" $1 "* || " ${readers[*]} " == *" ${parent[$1]} "* ]]; then
    return 1
  fi
  for fd in /proc/"$1"/fd/*; do
    if [[ $fd -ef $pipes/$STDOUT || $fd -ef $pipes/$STDERR ]]; then
      return 0
    fi
  done
  return 1
}

# Brings `family` up to date: what the command started and still lives, with the time of its start, by id. Those are
# its shell's descendants, who carries its marker, who holds its output. Descent alone misses those whose parent has
# ended, the marker those who were started with an empty environment.
find_family() {
  local pid before=-1
  snapshot
  for pid in "${!family[@]}"; do
    [[ ${started[$pid]} == "${family[$pid]}" ]] || unset "family[$pid]"
  done
  while ((before < ${#family[@]})); do
    before=${#family[@]}
    for pid in "${!started[@]}"; do
      if [[ ! ${family[$pid]} ]] && { [[ ${parent[$pid]} == "$launcher" || ${family[${parent[$pid]}]} ]] \
        || has_marker "$pid" || holds_output "$pid"; }; then
        family[$pid]=${started[$pid]}
      fi
    done
  done
}

signal_family() { # SIGNAL
  if ((${#family[@]})); then
    kill -s "$1" "${!family[@]}" 2>/dev/null
  fi
}

# Appends who holds the output to `stragglers`, as JSON.
find_stragglers() {
  local pid name
  snapshot
  for pid in "${!started[@]}"; do
    if holds_output "$pid"; then
      read -r name 2>/dev/null <"/proc/$pid/comm"
      json_string "${name//[^ -~]/?}"
      json_members pid "$pid" name "$REPLY"
      stragglers+=("$REPLY")
    fi
  done
}

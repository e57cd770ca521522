# Runs commands, one after the other, and passes on what they write as it comes.

# In microseconds. Silence after which the output counts as ended: of what outlives its shell, of what was killed.
QUIET=500000
QUIET_AFTER_KILL=50000
# How long a signal has until KILL follows; how long KILL has until what is there counts as hanging in the kernel.
declare -A GRACE=([INT]=300000 [TERM]=250000 [KILL]=0)
HOPELESS=2000000
# How often what is to end is looked for, and everything else.
TICK=20000
IDLE=1000000
# Linux' MAX_ARG_STRLEN: what one argument or assignment may take, its ending NUL included.
LONGEST_ARGUMENT=131072
# Of a state, in bytes: it comes back in a request with a command beside it.
LARGEST_STATE=4000000
# How many pieces of output, of 64 KB at most, may wait to be passed on.
SLOTS=8

run_steps() {
  local started step name members failed= follower=
  started=$now
  timed_out=false interrupted=false stragglers=() captured=() exit_code=
  if text_of ./control/url; [[ $REPLY ]]; then
    follow "$REPLY" 2>/dev/null &
    follower=$!
    disown
  fi
  limit "$(timeout_of .)"
  for step in "${steps[@]}"; do
    text_of "$step/name"
    json_string "$REPLY"
    members=(name "$REPLY")
    now
    if [[ $interrupted == true || ($failed && ${value[$step/skipAfterFailure]} == true) ]] || ((now >= deadline)); then
      members+=(skipped true)
    elif ! run_command "$step"; then
      break
    else
      members+=(exitCode "$exit_code" timedOut "$ran_out" durationMillis "$duration")
      [[ $exit_code == 0 && $ran_out == false ]] || failed=1
      [[ $ran_out == false ]] || timed_out=true
    fi
    [[ $step == . ]] || step_ended "${members[@]}"
  done
  if [[ $follower ]]; then
    kill "$follower" 2>/dev/null
  fi
  now
  result=(exitCode "$exit_code" timedOut $timed_out interrupted $interrupted durationMillis $(((now - started) / 1000)))
  result+=("${captured[@]}")
  if ((${#stragglers[@]})); then
    json_array "${stragglers[@]}"
    result+=(stragglers "$REPLY")
  fi
}

# The microseconds that a request or a step may take; nothing when it does not say.
timeout_of() { # PATH
  [[ ${kind[$1/timeoutMillis]} != n ]] || echo $((value[$1/timeoutMillis] * 1000))
}

# Moves the deadline to so many microseconds from now, if that is sooner.
limit() { # [MICROSECONDS]
  now
  if [[ $1 ]] && ((now + $1 < deadline)); then
    deadline=$((now + $1))
  fi
}

# Runs one; fails with a `problem` when it can't be started. Sets `exit_code`, `ran_out` and `duration`.
run_command() { # STEP
  local step=$1 started deadline=$deadline
  now
  started=$now
  work=$directory/$((++commands))
  mkdir "$work"
  marker="_X_AMZN_TRACE_ID=${trace:-Root=1-$(printf %08x $((now / 1000000)))-000000000000000000000000};LShell=$commands"
  if prepare; then
    launch
    limit "$(timeout_of "$step")"
    attend
    now
    duration=$(((now - started) / 1000))
    ((open == 0)) || find_stragglers
    [[ ${value[./wantState]} != true ]] || capture_state
  fi
  [[ ! $feeder ]] || { kill "$feeder"; exec {feed}>&-; } 2>/dev/null
  # A reader that still waits for a straggler's output sees by this that nobody wants it any more.
  rm -rf "$work"
  [[ ! $problem ]]
}

cannot_start() {
  problem=CannotStart
  problem_message=$1
  return 1
}

# Finds out what is to run, where, with which variables.
prepare() {
  local assignment
  text_of ./cmd
  text_of "$step/command" "$REPLY"
  argument=$REPLY
  if ((${#argument} >= LONGEST_ARGUMENT)); then
    printf %s "$argument" >"$work/command"
    argument="eval \"\$(<$work/command)\""
  fi
  text_of ./workingDirectory "$PWD"
  text_of "$step/workingDirectory" "$REPLY"
  place=$REPLY
  [[ -d $place && -x $place ]] || cannot_start "there is no directory $place" || return
  environment=("${original[@]}")
  change_environment .
  [[ $step == . ]] || change_environment "$step"
  environment+=("$marker")
  if [[ ${value[./wantState]} == true || ${kind[./state]} == f ]]; then
    write_prelude
    environment+=("BASH_ENV=$work/prelude")
  fi
  for assignment in "${environment[@]}"; do
    ((${#assignment} < LONGEST_ARGUMENT)) || cannot_start "the variable ${assignment%%=*} is too large" || return
  done
}

change_environment() { # PATH
  local path name index
  for path in "${!kind[@]}"; do
    if [[ $path == "$1"/environment/* ]]; then
      name=${path#"$1"/environment/}
      name=${name//$'\001'//}
      for index in "${!environment[@]}"; do
        [[ ${environment[index]%%=*} != "$name" ]] || unset "environment[index]"
      done
      if [[ ${kind[$path]} != 0 ]]; then
        text_of "$path"
        environment+=("$name=$REPLY")
      fi
    fi
  done
}

# What the shell reads before the command: how it tells what it leaves, and what an earlier one has left.
write_prelude() {
  {
    printf 'unset BASH_ENV\n'
    if [[ ${value[./wantState]} == true ]]; then
      # Made here, for under the command's umask the shell might make some that nobody can read.
      : >"$work/options" >"$work/state"
      cat "$here/capture.bash"
      printf "trap '{ __lshell_leave %s; } 2>/dev/null' EXIT\n" "$work"
    fi
    [[ ${kind[./state]} != f ]] || cat "${value[./state]}"
  } >"$work/prelude"
}

launch() {
  local stdin=/dev/null
  ticks
  start_ticks=$REPLY
  family=() helper=() open=2 feeder= exited= ran_out=false last_output=0
  mkfifo "$work/$STDOUT" "$work/$STDERR"
  if [[ ${kind[$step/stdin]} == f ]]; then
    stdin=${value[$step/stdin]}
  elif [[ ${kind[./stdin]} == f ]]; then
    stdin=${value[./stdin]}
  fi
  if [[ ${kind[./control/url]} == s ]]; then
    begin_feeding "$stdin"
    stdin=$work/stdin
  fi
  read_output $STDOUT 2>/dev/null &
  helper[$!]=1
  disown
  read_output $STDERR 2>/dev/null &
  helper[$!]=1
  disown
  run_shell "$stdin" 2>/dev/null &
  launcher=$!
  disown
}

# The shell between this one and the command's, which tells its end.
run_shell() { # STDIN
  cd -- "$place"
  [[ ! $feeder ]] || exec {feed}>&-
  env -i "${default_signals[@]}" -- "${environment[@]}" "$BASH" -c "$argument" bash \
    <"$1" >"$work/$STDOUT" 2>"$work/$STDERR" {events}>&- {response}>&-
  printf 'exit %s %s\n' $commands $? >&$events
}

# Reads one output piece by piece, as they come; each stands in a slot until it has been passed on.
read_output() { # CHANNEL
  local slot=0 piece count
  exec <"$work/$1" {response}>&-
  while piece=$work/$1.$((slot++ % SLOTS)); do
    while [[ -s $piece ]]; do
      sleep 0.005
    done
    dd bs=64K count=1 of="$piece" 2>"$work/$1.count"
    { read -r; read -r; read -r count _; } <"$work/$1.count"
    if [[ ! -d $work ]]; then
      # A writer to a pipe without a reader would be killed.
      exec cat >/dev/null
    fi
    ((count)) || break
    printf 'output %s %s %s %s\n' $commands "$1" "$piece" "$count" >&$events
  done
  printf 'end %s\n' $commands >&$events
}

# Feeds standard input, as the control channel has it, by a process that may wait until the command reads.
begin_feeding() { # FIRST
  mkfifo "$work/stdin" "$work/feed"
  exec {feed}<>"$work/feed"
  feed_input "$1" &
  feeder=$!
  disown
}

feed_input() { # FIRST
  local file
  exec >"$work/stdin" 2>/dev/null
  cat "$1" || exit
  while read -r file <&$feed && [[ $file != close ]]; do
    cat "$file" || exit
  done
}

# Stays until the command has ended and its output with it, or has fallen silent, or has been ended.
attend() {
  local wait until ending= ended= kill_at= quiet=$QUIET
  for (( ; ; )); do
    now
    if [[ ! $ending ]] && ((now >= deadline)); then
      ran_out=true
      begin_end TERM
    fi
    [[ ! $ending || $ended ]] || continue_end
    if [[ $exited ]] && { ((open == 0)) || is_quiet; } && [[ ! $ending || $ended ]]; then
      return
    fi
    heartbeat
    until=$((now + (${#ending} && !${#ended} ? TICK : IDLE)))
    if [[ $exited ]]; then
      until=$((now + TICK))
    elif [[ ! $ending ]] && ((deadline < until)); then
      until=$deadline
    fi
    printf -v wait '%d.%06d' $(((until - now) / 1000000)) $(((until - now) % 1000000))
    if IFS= read -r -t "$wait" -u $events; then
      handle_event $event_begun$REPLY
      event_begun=
    else
      # Time can run out within a line.
      event_begun+=$REPLY
    fi
  done
}

handle_event() { # KIND NUMBER OF-IT...
  now
  case $1 in
    stdin | close | signal)
      [[ $2 != "$invocation" ]] || control "$1" "$3"
      ;;
    *)
      # What a straggler of an earlier command does is nobody's business any more.
      [[ $2 != "$commands" ]] || progress "$1" "${@:3}"
      ;;
  esac
}

control() { # KIND [FILE|SIGNAL]
  case $1 in
    stdin) echo "$2" >&$feed ;;
    close) echo close >&$feed ;;
    signal)
      interrupted=true
      begin_end "$2"
      ;;
  esac
}

progress() { # KIND [CHANNEL FILE LENGTH|EXIT-CODE]
  case $1 in
    output)
      output "$2" "$3" "$4"
      : >"$3"
      now
      last_output=$now
      ;;
    end) open=$((open - 1)) ;;
    exit)
      exit_code=$2
      exited=$now
      launcher=
      ;;
  esac
}

is_quiet() {
  local since=$((last_output > exited ? last_output : exited))
  ((now - since >= quiet))
}

# Sends the signal to all of it; continue_end sees to the rest.
begin_end() { # SIGNAL
  local left=$(((lambda_deadline - now) / 2))
  ending=1 ended=
  kill_at=$((now + (GRACE[$1] < left ? GRACE[$1] : left)))
  find_family
  signal_family "$1"
}

continue_end() {
  find_family
  if ((${#family[@]} == 0 || now >= kill_at + HOPELESS)); then
    ended=1
    quiet=$QUIET_AFTER_KILL
    if ((${#family[@]})); then
      exit_code=137 exited=${exited:-$now}
    fi
  elif ((now >= kill_at)); then
    signal_family KILL
  fi
}

# Whether a command is whole, without running it.
check_syntax() {
  local status message syntax
  text_of ./cmd
  text_of ./command "$REPLY"
  printf %s "$REPLY" >"$directory/command"
  message=$("$BASH" -n <"$directory/command" 2>&1)
  status=$?
  if [[ $message == *"unexpected end of file"* || $message == *"unexpected EOF while"* ||
    $message == *"delimited by end-of-file"* || ($status == 0 && $REPLY =~ (^|[^\\])(\\\\)*\\$) ]]; then
    syntax=incomplete
  elif ((status == 0)); then
    syntax=complete
  else
    syntax=invalid
  fi
  result=(syntax "\"$syntax\"")
  if [[ $message ]]; then
    json_string "$message"
    result+=(message "$REPLY")
  fi
}

capture_state() {
  local size=0
  [[ ! -e $work/state ]] || size=$(wc -c <"$work/state")
  if [[ ! -e $work/directory ]]; then
    lost 'the shell was replaced or killed, or the command has an EXIT trap of its own'
  elif ((size > LARGEST_STATE)); then
    lost "it is $size bytes, more than a request can carry"
  else
    captured=(stateCaptured true state "\"$(base64 -w 0 "$work/state")\"")
    captured+=(workingDirectory "\"$(json_encode "$work/directory" 100000)\"")
  fi
}

lost() { # REASON
  json_string "$1"
  captured=(stateCaptured false stateReason "$REPLY")
}

# Runs commands, one after the other, and passes on their output as it comes.

# The seconds between two looks for output, and between a hundred more each. All other times are in microseconds.
PAUSES=(0.002 0.005 0.01 0.01)
LAST_PAUSE=0.03
# The same after the shell's end. The output of processes that outlive it counts as ended after so many looks in vain, as
# does that of killed ones.
LOOK=0.1
QUIET=5
QUIET_AFTER_KILL=2
# Stands for the end of an output.
ENDED=1000
# How long a signal has until KILL follows. A process that is still there HOPELESS after KILL hangs in the kernel.
declare -A GRACE=([INT]=300000 [TERM]=250000 [KILL]=0)
HOPELESS=2000000
# How often processes that are to end are looked for, and how often everything else is done.
TICK=20000
IDLE=1000000
# Linux' MAX_ARG_STRLEN: the size limit of one argument or assignment, its ending NUL included.
MAX_ARGUMENT=131072
# Of a state in base64, which comes back in a request with a command beside it.
MAX_STATE=4000000
# How many pieces of output, of 64 KB at most, may wait to be passed on.
SLOTS=8

run_steps() {
  local started step name members failed= follower= first_problem= first_message= unread_files=() REPLY
  started=$now
  timed_out=false interrupted=false stragglers=() captured=() exit_code=
  received=0 missed=
  if text_of ./control/url; [[ $REPLY ]]; then
    follow "$REPLY" 2>/dev/null &
    follower=$!
    disown
  fi
  limit .
  for step in "${steps[@]}"; do
    text_of "$step/name"
    json_string "$REPLY"
    members=(name "$REPLY")
    now
    if [[ $interrupted == true || ($failed && ${value[$step/skipAfterFailure]} == true) ]] || ((now >= deadline)); then
      members+=(skipped true)
    elif ! run_command "$step"; then
      failed=1
      json_object type "$problem" message "$problem_message"
      members+=(error "$REPLY")
      if [[ ! $first_problem ]]; then
        first_problem=$problem first_message=$problem_message
      fi
      problem=
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
  result=(${exit_code:+exitCode "$exit_code"} timedOut $timed_out interrupted $interrupted)
  result+=(durationMillis $(((now - started) / 1000)) "${captured[@]}")
  if ((${#stragglers[@]})); then
    json_array "${stragglers[@]}"
    result+=(stragglers "$REPLY")
  fi
  if [[ $follower ]]; then
    result+=(controlMessages "$received")
    ((${#unread_files[@]} == 0)) || result+=(unreadStdin "\"$(cat "${unread_files[@]}" | base64 -w 0)\"")
  fi
  if [[ $first_problem ]]; then
    json_object type "$first_problem" message "$first_message"
    result+=(error "$REPLY")
  fi
}

# Moves the deadline to the end of the time that a request or a step may take, if that is sooner.
limit() { # PATH
  local limit
  if [[ ${kind[$1/timeoutMillis]} == n ]]; then
    now
    limit=$((now + value[$1/timeoutMillis] * 1000))
    deadline=$((limit < deadline ? limit : deadline))
  fi
}

# Runs a command; fails with a `problem` when it can't be started. Sets `exit_code`, `ran_out` and `duration`.
run_command() { # STEP
  local step=$1 started deadline=$deadline
  now
  started=$now
  work=$directory/$((++commands))
  marker="_X_AMZN_TRACE_ID=${trace:-Root=1-$(printf %08x $((now / 1000000)))-000000000000000000000000};LShell=$commands"
  feeder=
  if prepare; then
    launch
    limit "$step"
    attend
    now
    duration=$(((now - started) / 1000))
    ((open == 0)) || leave_pipes
    [[ ${value[./wantState]} != true ]] || capture_state
  fi
  [[ ! $feeder ]] || end_feeding
  [[ ! -d $work ]] || rm -rf "$work"
  [[ ! $problem ]]
}

cannot_start() {
  problem=CannotStart
  problem_message=$1
  return 1
}

# Determines the command's arguments, directory and environment. The folder `work` exists only for commands with files.
prepare() {
  local assignment
  text_of ./cmd
  text_of "$step/command" "$REPLY"
  argument=$REPLY
  if [[ ${value[./wantState]} == true || ${kind[./state]} == f || ${kind[./control/url]} == s ]] ||
    ((${#argument} >= MAX_ARGUMENT)); then
    mkdir "$work"
  fi
  if ((${#argument} >= MAX_ARGUMENT)); then
    printf %s "$argument" >"$work/command"
    argument="eval \"\$(<$work/command)\""
  fi
  text_of ./workingDirectory "$PWD"
  text_of "$step/workingDirectory" "$REPLY"
  place=$REPLY
  [[ -d $place && -x $place ]] || cannot_start "there is no directory $place" || return
  environment=("${original[@]}") names=()
  change_environment .
  [[ $step == . ]] || change_environment "$step"
  environment+=("$marker")
  if [[ ${value[./wantState]} == true || ${kind[./state]} == f ]]; then
    write_prelude
    environment+=("BASH_ENV=$work/prelude")
  fi
  for assignment in "${environment[@]}"; do
    ((${#assignment} < MAX_ARGUMENT)) || cannot_start "the variable ${assignment%%=*} is too large" || return
  done
}

# Applies a request's or a step's changes to `environment`, and adds to `names` those that are variables of a shell.
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
        [[ $name != [a-zA-Z_]* || $name == *[!a-zA-Z0-9_]* ]] || names+=("$name")
      fi
    fi
  done
}

# Writes the script that a session's shell reads before its command: it restores the state and sets the EXIT trap that
# captures it again. The state's last line comes last, as its options show or check every command after them.
write_prelude() {
  local assignment original= capture trap
  for assignment in "${environment[@]}"; do
    [[ $assignment != BASH_ENV=* ]] || printf -v original 'BASH_ENV=%q\neval "[ -r \\"$BASH_ENV\\" ] && . \\"$BASH_ENV\\""\n' \
      "${assignment#*=}"
  done
  {
    printf %s "${original:-unset -v BASH_ENV$'\n'}"
    if [[ ${kind[./state]} == f ]]; then
      head -n -1 "${value[./state]}"
    else
      printf 'shopt -s expand_aliases\n'
    fi
    if [[ ${value[./wantState]} == true ]]; then
      : >"$work/state"
      printf -v capture '%q %q %q%s' "$here/capture.bash" "$work" "$scratch/sandbox.bash" "${names[*]/#/ }"
      # A DEBUG trap would write to the command's output.
      trap='{ __lshell_options=$SHELLOPTS __lshell_shopts=$BASHOPTS POSIXLY_CORRECT=; \trap - DEBUG ERR RETURN; }'
      trap+=" >/dev/null 2>&1; { \\. $capture || \\source $capture; } 2>/dev/null"
      printf '\\builtin trap -- %q EXIT\n' "$trap"
    fi
    [[ ${kind[./state]} != f ]] || tail -n 1 "${value[./state]}"
  } >"$work/prelude"
}

launch() {
  local stdin=/dev/null
  ticks
  start_ticks=$REPLY
  family=() open=2 exited= ran_out=false
  silence=([STDOUT]=0 [STDERR]=0)
  : >"$pipes/ended"
  if [[ ${kind[$step/stdin]} == f ]]; then
    stdin=${value[$step/stdin]}
  elif [[ ${kind[./stdin]} == f ]]; then
    stdin=${value[./stdin]}
  fi
  if [[ ${kind[./control/url]} == s ]]; then
    begin_feeding "$stdin"
    stdin=$work/stdin
  fi
  run_shell "$stdin" 2>/dev/null &
  launcher=$!
  disown
}

# The shell between this one and the command's, which reports the end of the latter.
run_shell() { # STDIN
  cd -- "$place"
  [[ ! $feeder ]] || exec {feed}>&- {unread}<&-
  env -i "${default_signals[@]}" -- "${environment[@]}" "$BASH" -c "$argument" bash \
    <"$1" >"$pipes/$STDOUT" 2>"$pipes/$STDERR" {events}>&- {never}>&- {response}>&-
  printf ' exit %s %s\n' $commands $? >&$events
}

# Creates the pipes of the commands' output, and their readers. They serve one command after the other.
open_pipes() {
  local channel
  pipes=$scratch/output.$((++generation))
  mkdir "$pipes"
  mkfifo "$pipes/$STDOUT" "$pipes/$STDERR"
  for channel in $STDOUT $STDERR; do
    read_outputs $channel 2>/dev/null &
    readers[channel]=$!
    disown
  done
}

# Leaves the pipes to processes that outlive their command, which are its stragglers. Their readers see that the folder
# is gone; those that wait for the next command would not.
leave_pipes() {
  local channel
  find_stragglers
  for channel in $STDOUT $STDERR; do
    ((silence[channel] < ENDED)) || kill "${readers[channel]}"
  done
  rm -rf "$pipes"
  open_pipes
}

# Reads one output of one command after the other.
read_outputs() { # CHANNEL
  local in
  [[ ! $response ]] || exec {response}>&-
  while exec {in}<"$pipes/$1"; do
    read_output "$1"
    exec {in}<&-
    printf ' end %s %s\n' $generation "$1" >&$events
  done
}

# Reads one output piece by piece; each is in a slot until it has been passed on. A look in vain that began after the
# shell's end is reported: by then all that the shell wrote has been.
read_output() { # CHANNEL
  local slot=0 looks=0 ended pause byte piece count
  while :; do
    ended=
    [[ ! -s $pipes/ended ]] || ended=$LOOK
    # A read with a timeout would take a byte and lose it when time runs out just then: this only looks.
    if ! read -r -t 0 -u $in; then
      if [[ ! -d $pipes ]]; then
        # A writer to a pipe without a reader would be killed.
        exec cat <&$in >/dev/null
      fi
      [[ ! $ended ]] || printf ' silence %s %s\n' $generation "$1" >&$events
      pause=${PAUSES[looks++ / 100]-$LAST_PAUSE}
      read -r -t "${ended:-$pause}" -u $never
      continue
    fi
    # The shell itself reads the first byte, so that an output without content takes no process.
    IFS= read -r -d '' -n 1 -u $in byte || return
    piece=$pipes/$1.$((slot++ % SLOTS))
    while [[ -s $piece ]]; do
      sleep 0.005
    done
    count=0
    {
      if [[ $byte ]]; then printf %s "$byte"; else printf '\0'; fi
      if read -r -t 0 -u $in; then
        dd bs=65535 count=1 <&$in 2>"$pipes/$1.count"
        { read -r; read -r; read -r count _; } <"$pipes/$1.count"
      fi
    } >"$piece"
    printf ' output %s %s %s %s\n' $generation "$1" "$piece" $((count + 1)) >&$events
    looks=0
  done
}

# Feeds standard input from the control channel, by a process that may wait until the command reads. This process holds
# the pipe too, so that it keeps the bytes that the command does not read.
begin_feeding() { # FIRST
  local both
  mkfifo "$work/stdin" "$work/feed"
  exec {feed}<>"$work/feed" {both}<>"$work/stdin"
  exec {unread}<"$work/stdin" {both}>&-
  feed_input "$1" 2>/dev/null &
  feeder=$!
  fed=0
  disown
}

feed_input() { # FIRST
  local file
  exec >"$work/stdin" {unread}<&-
  cat "$1" || exit
  while read -r file <&$feed && [[ $file != close ]]; do
    cat "$file" || exit
    # The follower counts the files that are there.
    rm -f "$file"
  done
}

# Ends the feeding, and keeps in `unread_files` what the control channel brought and no process has read.
end_feeding() {
  local file=$directory/unread.$commands
  if ((fed)); then
    echo close >&$feed
    tail -c "$fed" <&$unread >"$file"
    [[ ! -s $file ]] || unread_files+=("$file")
  fi
  kill "$feeder" 2>/dev/null
  exec {feed}>&- {unread}<&-
}

# Waits until the command has ended and its output with it, or has fallen silent, or has been ended.
attend() {
  local wait until ending= ended= kill_at= quiet=$QUIET lost=
  for (( ; ; )); do
    now
    if [[ ! $ending ]] && ((now >= deadline)); then
      ran_out=true
      begin_end TERM
    fi
    [[ ! $ending || $ended ]] || continue_end
    if [[ $exited && (! $ending || $ended) ]] && ((silence[STDOUT] >= quiet && silence[STDERR] >= quiet)); then
      return
    fi
    heartbeat
    until=$((now + (${#ending} && !${#ended} ? TICK : IDLE)))
    if [[ ! $ending ]] && ((deadline < until)); then
      until=$deadline
    fi
    printf -v wait '%d.%06d' $(((until - now) / 1000000)) $(((until - now) % 1000000))
    # When time runs out just then, a read loses the byte that it took: that is the blank before the event, and the rest
    # is there.
    if read -r -n 1 -t "$wait" -u $events || read -r -t 0 -u $events; then
      read -r -u $events
      handle_event $REPLY
    else
      # A launcher that is gone has reported the shell's end, unless the command killed it: what killed the function's
      # process on Lambda ends this one too.
      if [[ ! $launcher ]] || kill -0 "$launcher" 2>/dev/null; then
        lost=
      elif [[ $lost ]]; then
        # The client, if there is one, would end the response as if it were complete.
        kill -s KILL ${in_frames:+"$responder"} $$
      else
        lost=1
      fi
    fi
  done
}

handle_event() { # KIND NUMBER OF-IT...
  now
  case $1 in
    message)
      [[ $2 != "$invocation" ]] || control "${@:3}"
      ;;
    exit)
      [[ $2 != "$commands" ]] || shell_ended "$3"
      ;;
    *)
      # Output of an earlier command's straggler is dropped.
      [[ $2 != "$generation" ]] || progress "$1" "${@:3}"
      ;;
  esac
}

# Acts on a message. It counts when the command can read its input, and did so with all messages before it.
control() { # FILE LENGTH CLOSE SIGNAL ("-" for none)
  missed=$missed$exited
  if [[ ! $missed ]]; then
    received=$((received + 1))
    if [[ $1 != - ]]; then
      fed=$((fed + $2))
      echo "$1" >&$feed
    fi
    [[ $3 == - ]] || echo close >&$feed
  fi
  if [[ $4 != - ]]; then
    interrupted=true
    begin_end "$4"
  fi
}

progress() { # KIND CHANNEL [FILE LENGTH]
  case $1 in
    output)
      output "$2" "$3" "$4"
      : >"$3"
      silence[$2]=0
      ;;
    silence) ((++silence[$2])) ;;
    end)
      open=$((open - 1))
      silence[$2]=$ENDED
      ;;
  esac
}

shell_ended() { # EXIT-CODE
  exit_code=$1
  exited=$now
  launcher=
  echo >"$pipes/ended"
}

# Sends the signal to all processes of the command; continue_end does the rest.
begin_end() { # SIGNAL
  local left=$(((lambda_deadline - now) / 2))
  ending=1 ended=
  kill_at=$((now + (GRACE[$1] < left ? GRACE[$1] : left)))
  find_family
  signal_family "$1"
}

continue_end() {
  local channel
  find_family
  if ((${#family[@]} == 0 || now >= kill_at + HOPELESS)); then
    ended=1
    quiet=$QUIET_AFTER_KILL
    for channel in $STDOUT $STDERR; do
      ((silence[channel] == ENDED)) || silence[channel]=0
    done
    if ((${#family[@]})); then
      shell_ended 137
    fi
  elif ((now >= kill_at)); then
    signal_family KILL
  fi
}

# Tells whether a command is complete, without running it: as the shell with the request's state would parse it.
check_syntax() {
  local status message syntax command options=(-n)
  text_of ./cmd
  text_of ./command "$REPLY"
  command=$REPLY
  printf %s "$command" >"$directory/command"
  environment=("${original[@]}") names=()
  change_environment .
  if [[ ${kind[./state]} == f ]]; then
    {
      # Without the options of the last line, which might show the command instead of parsing it.
      printf 'exec 9>&2 2>/dev/null\n'
      head -n -1 "${value[./state]}"
      printf 'shopt -s expand_aliases\nexec 2>&9 9>&-\nset -n\n'
    } >"$directory/prelude"
    environment+=("BASH_ENV=$directory/prelude")
    options=()
  fi
  message=$(env -i "${environment[@]}" LC_ALL=C "$BASH" "${options[@]}" <"$directory/command" 2>&1)
  status=$?
  if [[ $message == *"unexpected end of file"* || $message == *"unexpected EOF while"* ||
    $message == *"delimited by end-of-file"* || ($status == 0 && $command =~ (^|[^\\])(\\\\)*\\$) ]]; then
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
  local size
  if [[ ! -e $work/directory ]]; then
    lost 'the shell was replaced or killed, or the command has an EXIT trap of its own'
    return
  fi
  size=$((($(wc -c <"$work/state") + 2) / 3 * 4))
  if ((size > MAX_STATE)); then
    lost "it has $size bytes, but a request has room for $MAX_STATE"
  else
    captured=(stateCaptured true state "\"$(base64 -w 0 "$work/state")\"")
    captured+=(workingDirectory "\"$(json_encode "$work/directory" 100000)\"")
  fi
}

lost() { # REASON
  json_string "$1"
  captured=(stateCaptured false stateReason "$REPLY")
}

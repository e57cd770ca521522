# Takes invocations from the Runtime API one by one, as "Building a custom runtime for AWS Lambda" in Lambda's developer
# guide describes, and answers as the page "The function's protocol" of lambda-shell-maven-plugin describes.
#
# Output never passes through a variable, which can't hold a NUL: it goes from pipe to file to response. Times are
# microseconds since 1970. Arguments: the folder of these scripts, a folder for temporary files.

here=$1
scratch=$2
api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime
invocation=0
commands=0
generation=0
directory=
read -r sandbox </proc/sys/kernel/random/uuid

# The environment of commands.
original=()
while IFS= read -r -d '' assignment; do
  original+=("$assignment")
done <"$scratch/environ"

# The same for capture.bash, see there.
for assignment in "${original[@]}"; do
  if [[ ${assignment%%=*} == [a-zA-Z_]* && ${assignment%%=*} != *[!a-zA-Z0-9_]* ]]; then
    printf '__lshell_sandbox[%s]=%q\n' "${assignment%%=*}" "${assignment#*=}"
  fi
done >"$scratch/sandbox.bash"

# A shell starts background processes with interrupts ignored, which only env can undo, since coreutils 8.31.
default_signals=()
if env --default-signal=INT true 2>/dev/null; then
  default_signals=(--default-signal=INT,QUIT)
fi

# A reader that goes away must not end this process. Unlike an ignored signal, a trapped one is not inherited.
trap : PIPE

for part in json request response processes control command; do
  . "$here/$part.bash"
done

# The events of the running command, one a line that begins with a blank, and a pipe without content, to wait. Open at
# both ends, so that they never end.
mkfifo "$scratch/events" "$scratch/never" "$scratch/response"
exec {events}<>"$scratch/events" {never}<>"$scratch/never"

now() {
  now=${EPOCHREALTIME:-$(date +%s.%6N)}
  now=${now/./}
}

# Waits for the next invocation without a limit: sets `id`, `trace` and `deadline`, writes the file `event`.
next_invocation() {
  local name value
  id= trace= deadline=
  curl -q -sS -f --noproxy '*' -D "$scratch/headers" -o "$scratch/event" "$api/invocation/next" || exit
  while IFS=: read -r name value; do
    value=${value# }
    value=${value%$'\r'}
    case ${name,,} in
      lambda-runtime-aws-request-id) id=$value ;;
      lambda-runtime-trace-id) trace=$value ;;
      lambda-runtime-deadline-ms) deadline=$((value * 1000)) ;;
    esac
  done <"$scratch/headers"
}

# Runs the request of the file `event` and answers it.
serve() {
  local margin
  now
  # Shortly before Lambda's deadline: a tenth of the time left, 1 s at most.
  margin=$(((deadline - now) / 10))
  lambda_deadline=$deadline
  deadline=$((deadline - (margin < 1000000 ? margin : 1000000)))
  ((++invocation))
  if [[ ! $directory ]]; then
    directory=$scratch/$invocation
    mkdir "$directory"
  fi
  result=()
  load_request
  begin_response
  if [[ ! $problem && ${value[./syntaxOnly]} == true ]]; then
    check_syntax
  elif [[ ! $problem ]]; then
    run_steps
  fi
  if [[ $problem ]]; then
    json_object type "$problem" message "$problem_message"
    result=(error "$REPLY")
  fi
  json_string "$sandbox"
  end_response "${result[@]}" sandbox "$REPLY" invocation "$invocation"
  clean
}

# Removes the invocation's files. The few that each one writes anew stay, as that takes no process; but not where the
# process that follows the control channel may still write.
clean() {
  local files=("$directory"/*)
  if ((${#files[@]} > 4)) || [[ ${kind[./control/url]} == s ]]; then
    rm -rf "$directory"
    directory=
  fi
}

open_pipes
trap 'kill "${readers[@]}" 2>/dev/null' EXIT
if [[ $AWS_LAMBDA_INITIALIZATION_TYPE == snap-start ]]; then
  # The answer comes when a snapshot is restored; sandboxes that are restored from the same one are different ones.
  curl -q -sS -f --noproxy '*' -o "$scratch/restored" "$api/restore/next" || exit
  read -r sandbox </proc/sys/kernel/random/uuid
fi
while :; do
  next_invocation
  serve
done

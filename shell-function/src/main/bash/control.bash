# Follows the control channel beside the commands: each message becomes an event.

# While so many bytes of standard input are unread, no more messages are fetched.
MAX_UNREAD=4000000

# Polls until there is no next message. Most commands have ended before the first look.
follow() { # URL
  local url=$1 parent=$directory number=0
  sleep 0.2
  while [[ $url ]]; do
    directory=$parent/control.$((number + 1))
    mkdir -p "$directory"
    if is_read && fetch_message "$url"; then
      number=$((number + 1))
      pass_message
      text_of ./next
      url=$REPLY
    else
      sleep 0.2
    fi
  done
}

# Whether the command has read most of what earlier messages brought: files that it has read are gone.
is_read() {
  local file size sum=0
  for file in "$parent"/control.*/bytes*; do
    size=$(stat -c %s "$file" 2>/dev/null)
    sum=$((sum + ${size:-0}))
  done
  ((sum < MAX_UNREAD))
}

# Fetches a message; fails when there is none yet. The URL is as good as a key: curl reads it from its standard input,
# as others can see its command line.
fetch_message() { # URL
  local status quoted=${1//\\/\\\\}
  status=$(printf 'url = "%s"\n' "${quoted//\"/\\\"}" |
    curl -q -s -m 10 -K - -o "$directory/message" -w '%{http_code}')
  [[ $status == 200 ]] && load_json "$directory/message" && [[ ${kind[.]} == o ]] || return
  problem=
  check_base64 ./stdin
  is_there ./closeStdin b 'true or false'
  is_there ./next s 'a string'
  is_there ./signal s 'a string'
  [[ ! $problem && ${value[./signal]-INT} == @(INT|TERM|KILL) ]]
}

pass_message() {
  local file=- length=- close=- signal=-
  if [[ ${kind[./stdin]} == f ]]; then
    file=${value[./stdin]}
    length=$(wc -c <"$file")
  fi
  [[ ${value[./closeStdin]} != true ]] || close=close
  [[ ${kind[./signal]} != s ]] || signal=${value[./signal]}
  printf ' message %s %s %s %s %s\n' "$invocation" "$file" "$length" "$close" "$signal" >&$events
}

# Answers in frames (one byte channel, three zero bytes, a four-byte big-endian length, the bytes) or, at the end, with
# one JSON object, whose output goes to the log as it comes.

STDOUT=1
STDERR=2
MESSAGES=3
HEARTBEAT=10000000
# Up to so many bytes the shell is faster than a process.
SHORT=4096
# Of a plain answer, in bytes: Lambda takes 6 MB.
LARGEST_ANSWER=6000000

begin_response() {
  local type=application/json
  in_frames=
  if [[ ${value[./accept]} == frames && ! ( $problem && ${kind[./accept]} != s ) ]]; then
    in_frames=1
    type=application/octet-stream
  fi
  room=$LARGEST_ANSWER
  answered_steps=()
  : >"$directory/kept.$STDOUT"
  : >"$directory/kept.$STDERR"
  # Each read of its standard input is a chunk that is sent at once.
  curl -q -sS --noproxy '*' -X POST -T - -o /dev/null -H 'Expect:' -H "Content-Type: $type" \
    -H 'Lambda-Runtime-Function-Response-Mode: streaming' "$api/invocation/$id/response" <"$scratch/response" &
  responder=$!
  exec {response}>"$scratch/response"
  last_frame=$now
}

end_response() { # NAME JSON...
  if [[ $in_frames ]]; then
    message result "$@"
  else
    plain_answer "$@"
  fi
  exec {response}>&-
  wait "$responder"
}

frame_header() { # CHANNEL LENGTH
  local header
  printf -v header '\\x%02x\\x00\\x00\\x00\\x%02x\\x%02x\\x%02x\\x%02x' \
    "$1" $(($2 >> 24)) $(($2 >> 16 & 255)) $(($2 >> 8 & 255)) $(($2 & 255))
  printf "$header" >&$response
  last_frame=$now
}

message() { # TYPE NAME JSON...
  local type=$1
  shift
  json_members type "\"$type\"" "$@"
  frame_header $MESSAGES ${#REPLY}
  printf %s "$REPLY" >&$response
}

heartbeat() {
  if [[ $in_frames ]] && ((now - last_frame >= HEARTBEAT)); then
    message heartbeat
  fi
}

# Prints a file, without a process when it is short and without a NUL.
copy() { # FILE LENGTH
  if (($2 <= SHORT)) && ! IFS= read -r -d '' REPLY <"$1"; then
    printf %s "$REPLY"
  else
    cat "$1"
  fi
}

# Passes on what a command wrote.
output() { # CHANNEL FILE LENGTH
  if [[ $in_frames ]]; then
    frame_header "$1" "$3"
    copy "$2" "$3" >&$response
  else
    copy "$2" "$3"
    head -c "$room" "$2" >>"$directory/kept.$1"
    room=$((room > $3 ? room - $3 : -1))
  fi
}

step_ended() { # NAME JSON...
  if [[ $in_frames ]]; then
    message step "$@"
  else
    json_members "$@"
    answered_steps+=("$REPLY")
  fi
}

# The smaller output is encoded first and may take half of the answer, the other one the rest.
plain_answer() { # NAME JSON...
  local small=$STDERR large=$STDOUT
  if (($(wc -c <"$directory/kept.$STDOUT") < $(wc -c <"$directory/kept.$STDERR"))); then
    small=$STDOUT large=$STDERR
  fi
  truncated=false
  ((room >= 0)) || truncated=true
  encode_kept $small $((LARGEST_ANSWER / 2))
  encode_kept $large $((LARGEST_ANSWER - $(wc -c <"$directory/json.$small")))
  if ((${#answered_steps[@]})); then
    json_array "${answered_steps[@]}"
    set -- steps "$REPLY" "$@"
  fi
  json_members "$@" truncated $truncated
  {
    printf '{"stdout":'
    cat "$directory/json.$STDOUT"
    printf ',"stderr":'
    cat "$directory/json.$STDERR"
    printf ',%s' "${REPLY#?}"
  } >&$response
}

encode_kept() { # CHANNEL BUDGET
  local kept=$directory/kept.$1 name=stdout length is_text is_whole
  [[ $1 == "$STDOUT" ]] || name=stderr
  {
    printf '"'
    json_encode "$kept" "$2"
    printf '"'
    read -r length is_text is_whole <"$directory/summary"
    if ((!is_text)); then
      printf ',"%sBase64":"' $name
      head -c "$length" "$kept" | base64 -w 0
      printf '"'
    fi
  } >"$directory/json.$1"
  ((is_whole)) || truncated=true
}

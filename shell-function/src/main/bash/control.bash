# Follows the control channel beside the commands: what its messages say become events.

# Polls until there is no next message.
follow() { # URL
  local url=$1 parent=$directory number=0
  while [[ $url ]]; do
    if fetch_message "$url"; then
      directory=$parent/control.$((++number))
      mkdir "$directory"
      act_on_message
      text_of ./next
      url=$REPLY
    else
      sleep 0.2
    fi
  done
}

# Whether there is one. The URL is as good as a key: curl reads it from where no command line shows it.
fetch_message() { # URL
  local status quoted=${1//\\/\\\\}
  status=$(printf 'url = "%s"\n' "${quoted//\"/\\\"}" |
    curl -q -s -m 10 -K - -o "$directory/message" -w '%{http_code}')
  [[ $status == 200 ]] && load_json "$directory/message" && [[ ${kind[.]} == o ]]
}

act_on_message() {
  problem=
  check_base64 ./stdin
  if [[ ! $problem && ${kind[./stdin]} == f ]]; then
    printf 'stdin %s %s\n' "$invocation" "${value[./stdin]}" >&$events
  fi
  if [[ ${value[./closeStdin]} == true ]]; then
    printf 'close %s\n' "$invocation" >&$events
  fi
  case ${value[./signal]} in
    INT | TERM | KILL) printf 'signal %s %s\n' "$invocation" "${value[./signal]}" >&$events ;;
  esac
}

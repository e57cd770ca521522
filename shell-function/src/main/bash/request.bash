# Reads and checks the request. An error is in `problem`, the protocol's error type, and `problem_message`.

# The request's values and their kinds, by path; see request.awk. The value of the kind `f` is a file that holds it.
declare -A value kind
# The paths of the steps; that of the request itself when it has a command.
steps=()

bad_request() {
  if [[ ! $problem ]]; then
    problem=BadRequest
    problem_message=$1
  fi
}

load_request() {
  problem= problem_message= steps=()
  if load_json "$scratch/event"; then
    check_request
  else
    bad_request "the request is not JSON: $(<"$directory/problem")"
  fi
}

# Fills `value` and `kind`; fails when the file is not JSON.
load_json() { # FILE
  local path text type
  value=() kind=()
  : >"$directory/problem"
  awk -v directory="$directory" -f "$here/request.awk" "$1" >"$directory/values"
  if [[ -s $directory/problem ]]; then
    return 1
  fi
  while IFS= read -r -d '' path && IFS= read -r -d '' text && IFS= read -r -d '' type; do
    value[$path]=$text
    kind[$path]=$type
  done <"$directory/values"
}

# Whether there is a value other than null. One of another kind is a bad request.
is_there() { # PATH KINDS DESCRIPTION
  case ${kind[$1]-0} in
    0) return 1 ;;
    [$2]) return 0 ;;
    z) bad_request "\`${1##*/}\` must not hold a NUL" ;;
    *) bad_request "\`${1##*/}\` must be $3" ;;
  esac
  return 1
}

# Puts a string into REPLY, from a file when it is a large one; the second argument when it is absent.
text_of() { # PATH [OTHERWISE]
  case ${kind[$1]-0} in
    f) IFS= read -r -d '' REPLY <"${value[$1]}" ;;
    s) REPLY=${value[$1]} ;;
    *) REPLY=$2 ;;
  esac
}

check_request() {
  if [[ ${kind[.]} != o ]]; then
    bad_request 'the request must be a JSON object'
    return
  fi
  if is_there ./accept s 'a string' && [[ ${value[./accept]} != frames && ${value[./accept]} != json ]]; then
    bad_request '`accept` must be `frames` or `json`'
  fi
  is_there ./syntaxOnly b 'true or false'
  is_there ./wantState b 'true or false'
  check_base64 ./state
  if [[ ${kind[./state]} == f ]] && ! { read -r <"${value[./state]}" && [[ $REPLY == '# lshell state 1' ]]; } 2>/dev/null; then
    bad_request '`state` is not the state of an earlier result'
  fi
  check_common .
  is_there ./handler o 'an object' && bad_request 'only a Java runtime runs a `handler`'
  is_there ./control o 'an object' && is_there ./control/url s 'a string'
  if is_there ./command sf 'a string' || is_there ./cmd sf 'a string'; then
    steps=(.)
    is_there ./steps a 'an array' && bad_request '`command` and `steps` are mutually exclusive'
  elif is_there ./steps a 'an array'; then
    check_steps
  else
    bad_request '`command` or `steps` is required'
  fi
}

check_steps() {
  local index step
  if [[ ${value[./syntaxOnly]} == true || ${value[./wantState]} == true || ${kind[./state]-0} != 0 ]]; then
    bad_request '`syntaxOnly`, `wantState` and `state` need `command` instead of `steps`'
  fi
  ((value[./steps] > 0)) || bad_request '`steps` must not be empty'
  for ((index = 0; index < value[./steps]; index++)); do
    step=./steps/$index
    if [[ ${kind[$step]} != o ]] || ! is_there $step/name sf 'a string' || ! is_there $step/command sf 'a string'; then
      bad_request 'a member of `steps` needs `name` and `command`'
      return
    fi
    is_there $step/skipAfterFailure b 'true or false'
    check_common $step
    steps+=($step)
  done
}

# Checks the members that both a request and a step may have.
check_common() { # PATH
  local path
  is_there $1/workingDirectory sf 'a string'
  check_base64 $1/stdin
  if is_there $1/timeoutMillis n 'a number' && ((value[$1/timeoutMillis] < 1)); then
    bad_request '`timeoutMillis` must be at least 1'
  fi
  if is_there $1/environment o 'an object'; then
    for path in "${!kind[@]}"; do
      if [[ $path == "$1"/environment/* ]]; then
        check_variable "$path" "${path#"$1"/environment/}"
      fi
    done
  fi
}

check_variable() { # PATH NAME
  case ${kind[$1]} in
    [sf0z]) ;;
    *) bad_request '`environment`: a value must be a string or null' ;;
  esac
  if [[ ! $2 || $2 == *=* || ${kind[$1]} == z ]]; then
    bad_request '`environment`: a name must not be empty or hold `=`, and nothing may hold a NUL'
  fi
}

# Decodes it into a file, which takes the value's place.
check_base64() { # PATH
  local file=$directory/bytes${1//\//-}
  if is_there "$1" sf 'a string'; then
    if [[ ${kind[$1]} == f ]]; then
      base64 -d "${value[$1]}"
    else
      base64 -d <<<"${value[$1]}"
    fi >"$file" 2>/dev/null || bad_request "\`${1##*/}\` is not base64"
    kind[$1]=f
    value[$1]=$file
  fi
}

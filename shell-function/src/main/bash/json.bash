# Functions that write JSON texts into REPLY.

shopt -u patsub_replacement 2>/dev/null

# A JSON string.
json_string() {
  local text=$1 backslash='\' quote='"' code character
  text=${text//"$backslash"/"$backslash$backslash"}
  text=${text//"$quote"/"$backslash$quote"}
  if [[ $text == *[$'\001'-$'\037']* ]]; then
    for code in {1..31}; do
      printf -v character "\\x$(printf %x "$code")"
      printf -v escape '\\u%04x' "$code"
      text=${text//"$character"/"$escape"}
    done
  fi
  REPLY="\"$text\""
}

# An object of the given names, each followed by its value as JSON.
json_members() {
  local members= name
  while (($#)); do
    json_string "$1"
    members+=",$REPLY:$2"
    shift 2
  done
  REPLY="{${members#,}}"
}

# An object of the given names, each followed by its value as text.
json_object() {
  local members=()
  while (($#)); do
    json_string "$2"
    members+=("$1" "$REPLY")
    shift 2
  done
  json_members "${members[@]}"
}

# The elements, each JSON already.
json_array() {
  local IFS=,
  REPLY="[$*]"
}

# Writes a file's bytes as the content of a JSON string, at most so many bytes. The file `summary` then contains how many
# bytes of the file that were, whether all are UTF-8 (0 or 1), and whether that is the complete file (0 or 1).
json_encode() { # FILE BUDGET
  od -An -v -tu1 "$1" | awk -v budget="$2" -v summary="$directory/summary" -f "$here/encode.awk"
}

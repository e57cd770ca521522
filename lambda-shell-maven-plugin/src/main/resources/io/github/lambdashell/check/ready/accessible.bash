# Checks that the function's user can read or execute files: $patterns, absolute paths, one per line, with * and ? as
# wildcards. $word is readable or executable.
shopt -s globstar dotglob nullglob
export LC_ALL=C
IFS=
max_shown=20

# Calls a function for each of some files, with file, mode and owner set.
each() {
  local call=$1 batch facts
  shift
  while [ $# -gt 0 ]; do
    batch=("${@:1:500}")
    shift ${#batch[@]}
    facts=$(stat -L --printf='%a:%U:%n\n' -- "${batch[@]}" 2> /dev/null)
    while IFS=: read -r mode owner file; do
      if [[ $mode = [0-7]* ]]; then "$call"; fi
    done <<< "$facts"
  done
}

bad() {
  failed=$((failed + 1))
  if [ "$failed" -le $max_shown ]; then echo "not ok - $1"; fi
}

# Returns whether the function's user has permissions on the file: 4 to read, 1 to execute or to enter, or their sum. On
# Lambda the package and its layers belong to root, so those of others count, also where a local sandbox's user owns them.
permitted() {
  if is_packaged && (((8#$mode & $1) != $1)); then return 1; fi
  if (($1 & 4)) && [ ! -r "$file" ]; then return 1; fi
  if (($1 & 1)) && [ ! -x "$file" ]; then return 1; fi
}

is_packaged() {
  [[ $file = "$task"/?* || $file = "$opt"/?* ]]
}

# Prints the file's mode and owner with a remedy.
attributes() {
  local where=
  if is_packaged; then where=" in the package"; fi
  printf 'mode %04d, owner %s; ' "$mode" "$owner"
  if (($1 & 1)) && (((8#$mode & 0111) == 0111)) && [ ! -d "$file" ]; then
    echo "its file system is mounted noexec; move it"
  elif [ -d "$file" ]; then
    echo "make the directory accessible for others$where (chmod o+rx)"
  elif (($1 & 1)); then
    echo "set its run bit$where (chmod +x)"
  else
    echo "make it readable for others$where (chmod o+r)"
  fi
}

read_file() {
  local need=4
  if [ -d "$file" ]; then need=5; fi
  if permitted $need; then
    good=$((good + 1))
  elif [ -z "${entered[$file/]}" ]; then
    bad "$file is not readable by the function's user: $(attributes $need)"
  fi
}

execute_file() {
  local magic= line program
  if [ -d "$file" ]; then
    if [ "$path" = "$file" ]; then bad "$file is a directory; name a file, or a pattern such as $file/*"; fi
    return
  fi
  if ! permitted 1; then
    bad "$file is not executable by the function's user: $(attributes 1)"
    return
  fi
  if ! permitted 4; then
    bad "$file is not readable by the function's user: $(attributes 4)"
    return
  fi
  IFS= read -r -N 4 magic < "$file"
  case $magic in
    $'\x7fELF')
      # A program of this machine's system fits it, and is another one on Lambda.
      if [[ ! $file =~ ^/(bin|sbin|lib|lib64|usr)/ ]]; then elf_files+=$file$'\t'$file$'\n'; fi
      good=$((good + 1))
      ;;
    '#!'*)
      IFS= read -r line < "$file"
      execute_script "${line#??}"
      ;;
    $'\xef\xbb\xbf#') bad "$file begins with a byte order mark, so Linux ignores its #! line; save it without one" ;;
    $'\xcf\xfa\xed\xfe' | $'\xfe\xed\xfa\xcf' | $'\xca\xfe\xba\xbe')
      bad "$file is a program for macOS (exec format error); build it for Linux"
      ;;
    MZ*) bad "$file is a program for Windows (exec format error); build it for Linux" ;;
    *) bad "$file is neither an ELF file nor a script with a #! line (exec format error)" ;;
  esac
}

# Judges a #! line without these characters.
execute_script() {
  local interpreter argument name
  IFS=$' \t' read -r interpreter argument <<< "${1%$'\r'}"
  if [[ $1 = *$'\r' ]]; then
    bad "$file has a carriage return at the end of its #! line, so Linux looks for '$interpreter\\r'; convert its line ends to LF"
  elif [ ! -e "$interpreter" ]; then
    bad "$file needs the interpreter $interpreter, which does not exist in the runtime"
  elif [ ! -x "$interpreter" ]; then
    bad "$file needs the interpreter $interpreter, which is not executable"
  else
    name=${argument%%[ $'\t']*}
    if [[ $interpreter = */env && $name != -* ]] && ! command -v -- "$name" > /dev/null; then
      bad "$file needs $name, which $interpreter does not find in PATH"
    else
      good=$((good + 1))
    fi
  fi
}

# Reports the directory if it can't be entered, or can't be listed for a pattern.
enter() {
  if [ -z "${entered[$file]}" ] && ! permitted $need; then
    entered[$file]=1
    bad "$path can't be reached: the directory ${file%/} can't be entered by the function's user: $(attributes 5)"
  fi
}

# Checks the directories on the way to a path or to the matches of a pattern.
enter_all() {
  local rest=${path#/} prefix=/ need directories
  while [[ $rest = */* ]]; do
    prefix+=${rest%%/*}/
    rest=${rest#*/}
    need=1
    if [[ $path = *[*?]* ]]; then
      directories=($prefix)
      if [[ ${rest%%/*} = *[*?]* ]]; then need=5; fi
    else
      directories=("$prefix")
    fi
    each enter "${directories[@]}"
  done
}

while IFS= read -r path; do
  good=0 failed=0 elf_files=
  declare -A entered=()
  enter_all
  files=()
  if [[ $path = *[*?]* ]]; then
    for file in $path; do
      # ** matches the directory itself too, with a slash at its end. The files of the shell function are not the user's.
      case $file in */ | "$task"/.lshell | "$task"/.lshell/*) ;; *) files+=("$file") ;; esac
    done
    if [ ${#files[@]} = 0 ] && [ $failed = 0 ]; then bad "$path matches no file"; fi
  elif [ -e "$path" ] || [ -L "$path" ]; then
    files=("$path")
  elif [ $failed = 0 ]; then
    bad "$path does not exist"
  fi
  for file in "${files[@]}"; do
    if [ -L "$file" ] && [ ! -e "$file" ]; then bad "$file is a link to $(readlink "$file"), which does not exist"; fi
  done
  if [ "$word" = readable ]; then each read_file "${files[@]}"; else each execute_file "${files[@]}"; fi
  if [ -n "$elf_files" ]; then
    while IFS= read -r line; do
      case $line in
        'not ok - '*)
          good=$((good - 1))
          bad "${line#not ok - }"
          ;;
      esac
    done <<< "$(printf %s "$elf_files" | judge_elf)"
  fi
  if [ $failed -gt $max_shown ]; then echo "not ok - $((failed - max_shown)) more of $path are not $word"; fi
  if [ $failed = 0 ] && [ $good = 0 ]; then echo "not ok - $path matches no file, only directories"; fi
  if [ $failed = 0 ] && [ $good -gt 0 ]; then
    if [[ $path = *[*?]* ]]; then echo "ok - $path is $word: $good found"; else echo "ok - $path is $word"; fi
  fi
done <<< "$patterns"

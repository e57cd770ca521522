# Functions of the checks that run the program $probe_class in a JVM like the function's own: with the command, the options
# and the class path of the handler's process, or otherwise of the runtime. $probe_files has the program's class files,
# one per line: a path, a blank, the content in base64. For bash 4.2, which Amazon Linux 2 has.

# Sets jvm and jvm_class_path; fails where no java is found.
find_jvm() {
  local pid=$PPID key value
  if [ -n "$HANDLER_PID" ] && read_jvm "$HANDLER_PID"; then
    read_environment "$HANDLER_PID"
    return 0
  fi
  while [ "${pid:-0}" -gt 0 ]; do
    if read_jvm "$pid" && [[ $jvm_main = *.AWSLambda ]]; then return 0; fi
    while read -r key value; do
      if [ "$key" = PPid: ]; then break; fi
      value=0
    done < "/proc/$pid/status"
    pid=$value
  done
  # No runtime of Lambda's, so the flags are those that its Java runtimes have.
  command -v java > /dev/null || return 1
  jvm=(java -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
  jvm+=(${AWS_LAMBDA_FUNCTION_MEMORY_SIZE:+-Xmx$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 8 / 10))m})
  jvm_class_path=${LAMBDA_RUNTIME_DIR:-/var/runtime}/lib/*
}

# Sets jvm, jvm_class_path and jvm_main to the last command line of java among the arguments of a process: a wrapper has its
# own before it.
read_jvm() {
  local argument arguments=() i
  [ -r "/proc/$1/cmdline" ] || return 1
  while IFS= read -r -d '' argument; do arguments+=("$argument"); done < "/proc/$1/cmdline"
  jvm=()
  for ((i = 0; i < ${#arguments[@]}; i++)); do
    case ${arguments[i]} in
      */java | java)
        jvm=("${arguments[i]}")
        jvm_class_path=
        jvm_main=
        continue
        ;;
    esac
    if [ ${#jvm[@]} -eq 0 ] || [ -n "$jvm_main" ]; then continue; fi
    case ${arguments[i]} in
      -cp | -classpath | --class-path) jvm_class_path=${arguments[++i]} ;;
      --class-path=*) jvm_class_path=${arguments[i]#*=} ;;
      -p | --module-path | --upgrade-module-path | --add-modules | --add-opens | --add-exports | --add-reads)
        jvm+=("${arguments[i]}" "${arguments[++i]}")
        ;;
      -jar) jvm_class_path=${arguments[++i]} jvm_main=$jvm_class_path ;;
      -*) jvm+=("${arguments[i]}") ;;
      *) jvm_main=${arguments[i]} ;;
    esac
  done
  [ ${#jvm[@]} -gt 0 ]
}

# Takes over the variables of a process that its JVM reads at its start; a wrapper may have set them.
read_environment() {
  local name value
  unset -v JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS LC_ALL LC_CTYPE LANG TZ LD_LIBRARY_PATH FONTCONFIG_FILE FONTCONFIG_PATH
  while IFS='=' read -r -d '' name value; do
    case $name in
      JAVA_TOOL_OPTIONS | JDK_JAVA_OPTIONS | LC_ALL | LC_CTYPE | LANG | TZ | LD_LIBRARY_PATH | FONTCONFIG_FILE | FONTCONFIG_PATH)
        # bash warns of a locale that is not installed.
        { export "$name=$value"; } 2> /dev/null
        ;;
    esac
  done < "/proc/$1/environ"
}

# Makes $work, a folder that is removed at the end, with the program in it.
make_work() {
  local file content
  work=$(mktemp -d) || exit 3
  trap 'rm -rf "$work"' EXIT
  while read -r file content; do
    mkdir -p "$work/${file%/*}" && base64 -d <<< "$content" > "$work/$file" || exit 3
  done <<< "$probe_files"
}

# Runs the program with arguments.
run_probe() {
  "${jvm[@]}" -cp "$jvm_class_path:$work" "$probe_class" "$@" < /dev/null
}

# Runs the program without arguments, with further options of the JVM.
run_probe_with() {
  "${jvm[@]}" "$@" -cp "$jvm_class_path:$work" "$probe_class" < /dev/null
}

# A function of the checks that judge ELF files. $elf is the awk program that reads them; LSHELL_ARCHITECTURE and
# LSHELL_RUNTIME are the function's.

# Judges ELF files: standard input has a line for each, a path, a tab, and the name to show. $ignored has the names and
# patterns of libraries that may be missing, one per line.
judge_elf() {
  # The folders that the loader searches, in its order, after those that a file names. A JVM has loaded its own already.
  local folders=$LD_LIBRARY_PATH java_home conf folder system
  if command -v java > /dev/null; then
    java_home=$(readlink -f "$(command -v java)")
    java_home=${java_home%/bin/java}
    folders=$folders:$java_home/lib:$java_home/lib/server
  fi
  for conf in /etc/ld.so.conf /etc/ld.so.conf.d/*.conf; do
    while read -r folder; do
      case $folder in /*) folders=$folders:$folder ;; esac
    done < "$conf"
  done 2> /dev/null
  # The system of the runtime, unless this is an Amazon Linux, whose own libraries decide.
  system=
  if ! grep -q '^ID="\?amzn' /etc/os-release 2> /dev/null; then
    case $LSHELL_RUNTIME in
      *.al2023 | java2[1-9] | nodejs[2-9]?.x | python3.1[2-9] | ruby3.[3-9] | ruby[4-9]* | dotnet8 | dotnet[1-9]?) system=al2023 ;;
      *.al2 | java1? | nodejs1?.x | python3.* | ruby* | dotnet*) system=al2 ;;
    esac
  fi
  folders="$folders:/lib64:/usr/lib64:/lib:/usr/lib" ignored=$ignored task=$task opt=$opt work=${work:-$task} \
    architecture=$LSHELL_ARCHITECTURE runtime=$LSHELL_RUNTIME system=$system \
    awk "$elf"
}

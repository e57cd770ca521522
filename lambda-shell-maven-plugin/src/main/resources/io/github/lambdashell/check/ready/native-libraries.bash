# Checks that the dynamic loader finds everything that the ELF files of the package and its layers need. $ignored has the
# names and patterns of libraries that may be missing, one per line; $elf is the awk program that reads ELF files. The
# probe takes them out of jars. LSHELL_ARCHITECTURE and LSHELL_RUNTIME are the function's.
shopt -s globstar dotglob nullglob
export LC_ALL=C
make_work

jars=()
for file in "$task"/** "$opt"/**; do
  case $file in "$task"/.lshell/*) continue ;; esac
  if [ -f "$file" ] && [ ! -L "$file" ] && IFS= read -r -N 4 magic < "$file" 2> /dev/null; then
    case $magic in
      $'\x7fELF') printf '%s\t%s\n' "$file" "$file" ;;
      PK$'\3\4') case $file in *.jar) jars+=("$file") ;; esac ;;
    esac
  fi
done > "$work/files"

if [ ${#jars[@]} -gt 0 ] && find_jvm; then
  mkdir -p "$work/libraries"
  run_probe "$work/libraries" "${jars[@]}" >> "$work/files" || exit 3
fi

# The folders that the loader searches, in its order, after those that a file names. A JVM has loaded its own already.
folders=$LD_LIBRARY_PATH
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
folders="$folders:/lib64:/usr/lib64:/lib:/usr/lib" ignored=$ignored task=$task opt=$opt work=$work \
  architecture=$LSHELL_ARCHITECTURE runtime=$LSHELL_RUNTIME system=$system \
  awk "$elf" "$work/files"

# Checks that the dynamic loader finds everything that the ELF files of the package and its layers need. $ignored has the
# names and patterns of libraries that may be missing, one per line. The probe takes libraries out of jars.
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

judge_elf < "$work/files"

# Checks that native libraries load, each in a JVM of its own. $entries has a line for each: library or class, the loader or
# the method or a hyphen, and the name. The headers of the libraries' files are judged too, because the function's system
# may be older than this one.
architecture=$(uname -m)
if [ -n "$LSHELL_ARCHITECTURE" ] && [ "${architecture/aarch64/arm64}" != "$LSHELL_ARCHITECTURE" ]; then
  echo "this machine is $architecture, but the function is $LSHELL_ARCHITECTURE; use nativeLibraries, or target=aws" >&2
  exit 3
fi
if ! find_jvm; then
  echo "java is not found, so no library can be loaded" >&2
  exit 3
fi
make_work
# The probe defines a class in the class loader of the package. A library can make the JVM crash.
jvm+=(--add-opens java.base/java.lang=ALL-UNNAMED "-XX:ErrorFile=$work/crash.log")
cd "$task" || exit 3
while read -r kind option name; do
  : > "$work/files"
  run_probe "$kind" "$option" "$name" "$task" "$opt" "$work"
  status=$?
  case $status in
    42) judge_elf < "$work/files" | grep '^not ok - ' ;;
    43) exit 3 ;;
    *) echo "not ok - $name ended the JVM with exit code $status while it was loaded" ;;
  esac
done <<< "$entries"
# Without this, the exit code would be that of grep.
true

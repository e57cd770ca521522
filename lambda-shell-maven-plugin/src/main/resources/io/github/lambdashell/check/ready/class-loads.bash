# Checks that handlers and other classes load as in Lambda's Java runtimes, each in a JVM of its own. $entries has a line for
# each: handler or class, its name, the maximum depth or 0, and a pattern of classes that may be missing.
# The runtime's client adds the package and its layers to the class path.
if ! find_jvm; then
  echo "java is not found, so no class can be loaded" >&2
  exit 3
fi
make_work
cd "$task" || exit 3
while read -r kind name depth ignored; do
  run_probe "$kind" "$name" "$depth" "$ignored" "$task" "$opt/java"
  status=$?
  case $status in
    42) ;;
    43) exit 3 ;;
    *) echo "not ok - $name ended the JVM with exit code $status while it was loaded" ;;
  esac
done <<< "$entries"

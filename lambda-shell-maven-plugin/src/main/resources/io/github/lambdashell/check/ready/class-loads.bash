# Checks that handlers and other classes load as in Lambda's Java runtimes. $entries has a line for each: handler or class,
# its name, the maximum depth or 0, and a pattern of classes that may be missing. $probe is the class that loads them, in
# base64, $probe_class its name, $probe_folder its package's folder.
if ! command -v java > /dev/null; then
  echo "java is not found, so no class can be loaded" >&2
  exit 3
fi
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$probe_folder"
base64 -d <<< "$probe" > "$work/$probe_folder/ClassProbe.class" || exit 3
# Each in a JVM of its own that has the flags and the class path of Lambda's. The runtime's client adds the package and
# its layers to that.
cd "$task" || exit 3
heap=${AWS_LAMBDA_FUNCTION_MEMORY_SIZE:+-Xmx$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 8 / 10))m}
while read -r kind name depth ignored; do
  java $heap -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "${LAMBDA_RUNTIME_DIR:-/var/runtime}/lib/*:$work" \
    "$probe_class" "$kind" "$name" "$depth" "$ignored" "$task" "$opt/java" < /dev/null
  status=$?
  case $status in
    42) ;;
    43) exit 3 ;;
    *) echo "not ok - $name ended the JVM with exit code $status while it was loaded" ;;
  esac
done <<< "$entries"

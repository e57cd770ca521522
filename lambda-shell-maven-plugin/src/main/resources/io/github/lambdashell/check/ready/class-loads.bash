# Checks that classes load with Lambda's class path: $classes, one per line. $probe is the class that loads them, in
# base64, $probe_class its name, $probe_folder its package's folder.
if ! command -v java > /dev/null; then
  echo "java is not found, so no class can be loaded" >&2
  exit 3
fi
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$probe_folder"
base64 -d <<< "$probe" > "$work/$probe_folder/ClassProbe.class" || exit 3
# The project's code, its libraries, those of layers and those of the runtime; the shell's folder has
# aws-lambda-java-core, which the local target's /var/runtime lacks.
java -XX:TieredStopAtLevel=1 -cp "$task:$task/lib/*:$opt/java/lib/*:/var/runtime/lib/*:$task/.lshell:$work" \
  "$probe_class" $classes

# Whether classes load with Lambda's class path: $classes, one per line. The class that tries it is in $probe, in base64.
if ! command -v java > /dev/null; then
  echo "there is no java here to load classes with" >&2
  exit 3
fi
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$probe_folder"
base64 -d <<< "$probe" > "$work/$probe_folder/ClassProbe.class" || exit 3
# The project's code, its libraries, those of layers, and what the runtime brings; the shell's own folder holds
# aws-lambda-java-core, which the local target's /var/runtime does not.
java -XX:TieredStopAtLevel=1 -cp "$task:$task/lib/*:$opt/java/lib/*:/var/runtime/lib/*:$task/.lshell:$work" \
  "${probe_folder//\//.}.ClassProbe" $classes

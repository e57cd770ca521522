# Checks the class path of the package and its layers for known faults. $build has a zip file in base64 with what the build
# knows; $ignored has the names that the user accepts, one per line. LSHELL_RUNTIME is the function's.
if ! find_jvm; then
  echo "java is not found, so the class path can't be read" >&2
  exit 3
fi
make_work
base64 -d <<< "$build" > "$work/build.zip" || exit 3
run_probe "$task" "$opt" "$work" "$work/build.zip" "$LSHELL_RUNTIME" "$ignored" || exit 3

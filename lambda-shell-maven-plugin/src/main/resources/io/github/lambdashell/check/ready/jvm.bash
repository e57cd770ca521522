# Prints facts of a JVM like the function's own: $facts, one per line as JvmProbe expects them.
if ! find_jvm; then
  echo "java is not found, so no JVM can be checked" >&2
  exit 3
fi
make_work
arguments=()
while IFS= read -r fact; do
  if [ "$fact" = cds ]; then
    # Only a JVM that requires its archives gives the reason why it refuses one.
    require=-Xshare:on
    case "${jvm[*]} $JAVA_TOOL_OPTIONS $JDK_JAVA_OPTIONS" in
      *-XX:AOTCache=*) require=-XX:AOTMode=on ;;
    esac
    if run_probe_with "$require" -Xlog:class+path=info:stderr > "$work/cds" 2>&1; then : > "$work/cds"; fi
    fact="cds $work/cds"
  fi
  arguments+=("$fact")
done <<< "$facts"
run_probe "${arguments[@]}" 2> "$work/stderr"
status=$?
cat "$work/stderr" >&2
if [ $status -ne 0 ]; then
  echo "not ok - the JVM ends with exit code $status: $(grep -v '^Picked up ' "$work/stderr" | tr '\n' ' ')"
fi

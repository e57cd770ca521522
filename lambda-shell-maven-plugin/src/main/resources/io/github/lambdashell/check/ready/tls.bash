# Opens TLS connections in a JVM like the function's own: $servers, one per line, each a host, a port and a number of
# milliseconds.
if ! find_jvm; then
  echo "java is not found, so no TLS connection can be checked" >&2
  exit 3
fi
make_work
arguments=()
while read -r host port within; do arguments+=("$host" "$port" "$within"); done <<< "$servers"
run_probe "${arguments[@]}"

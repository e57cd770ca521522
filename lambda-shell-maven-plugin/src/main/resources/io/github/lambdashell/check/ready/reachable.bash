# Checks that a TCP connection to $host and $port opens within $within seconds. bash opens it in a process of its own,
# because looking up a name can block for longer than that.
start=$(date +%s%N)
said=$(timeout "$within" bash -c 'exec 3<> "/dev/tcp/$0/$1"' "$host" "$port" 2>&1)
status=$?
took=$((($(date +%s%N) - start) / 1000000))
case $status in
  0) echo "ok - $host:$port answers, in $took ms" ;;
  124) echo "not ok - $host:$port does not answer within $within s" ;;
  126 | 127)
    echo "timeout or bash is not found: $said" >&2
    exit 3
    ;;
  *)
    reason=$(printf '%s\n' "$said" | sed -n '1s/^.*: //p')
    hint=
    case $host in
      # On a network of the sandbox's own, which has this device, localhost is the sandbox itself.
      localhost | 127.* | ::1) grep -q '^ *tap0:' /proc/net/dev 2>/dev/null &&
        hint="; for a service of this machine, set lshell.local.hostPorts=$port or lshell.local.network=host" ;;
    esac
    echo "not ok - $host:$port is not reachable: ${reason:-$said}, after $took ms$hint"
    ;;
esac

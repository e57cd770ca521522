# The first process of a sandbox while it is still root of its namespaces: mounts what the sandbox sees, then becomes
# the process that holds the sandbox.
# Arguments: mount(8), the table of mounts, the host's name, and the command that goes on.
set -e
"$1" --all --fstab "$2"
echo "$3" > /proc/sys/kernel/hostname
shift 3
exec "$@"

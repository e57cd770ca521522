# The first process of a sandbox while it is still root of its namespaces: mounts what the sandbox sees, then becomes
# the process that holds the sandbox.
# Arguments: mount(8), the table of mounts, the host's name, the sandbox's root directory, and the command that goes on
# in that.
set -e
"$1" --all --fstab "$2"
# Where there is no such program, the machine's own name stays.
hostname "$3" 2>/dev/null || :
cd "$4"
shift 4
exec "$@"

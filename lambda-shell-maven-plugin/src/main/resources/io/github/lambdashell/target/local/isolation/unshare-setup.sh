# The first process of a sandbox while it is still root of its namespaces: mounts what the sandbox sees, then becomes the
# process that keeps the sandbox.
# Arguments: mount(8), the table of mounts, the host's name, the sandbox's root directory, and the command that continues
# there.
set -e
"$1" --all --fstab "$2"
# In a user namespace only hostname(1) may do it; without that program, the machine's own name remains.
{ echo "$3" >/proc/sys/kernel/hostname; } 2>/dev/null || hostname "$3" 2>/dev/null || :
cd "$4"
shift 4
exec "$@"

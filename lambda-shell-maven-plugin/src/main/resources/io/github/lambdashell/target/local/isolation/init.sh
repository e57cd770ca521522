# The first process of a sandbox. It holds the sandbox and its /tmp while runtimes come and go, and when it ends the
# kernel ends everything else in it.
#
# Standard input is a pipe: the words start, kill, stop and cont on lines. At its end the sandbox shall go, which a process
# outside sees to. Standard output answers: ready, and a runtime's exit status. Standard error is the function's
# log. Arguments: the Runtime API's address, the runtime's command.
address=$1
shift
# Where the sandbox's user is another than the one who runs Maven.
[ -x /var/lang ] || {
    echo "not every user may read the function's language at /var/lang" >&2
    exit 1
}
# What the shell itself has to say, of a process that was killed, is not for the function's log.
exec 3<&0 </dev/null 4>&2 2>/dev/null
ulimit -n 1024
# Since Linux 5.14 a user namespace counts its own processes and threads; before, it would be all of the user's. Root of
# the machine is not limited. dash calls it -p.
IFS=. read -r major minor _ </proc/sys/kernel/osrelease
if [ "$major" -gt 5 ] || { [ "$major" -eq 5 ] && [ "${minor%%[!0-9]*}" -ge 14 ]; }; then
    ulimit -u 1024 || ulimit -p 1024
fi

# Obeys while the runtime runs. "kill -1" reaches all but the process that calls it and the first one.
obey() {
    # A function's "kill -1" is meant for what it started itself.
    trap '' HUP INT QUIT TERM
    while read -r word; do
        case $word in
            kill) kill -s KILL -- -1 ;;
            stop) kill -s STOP -- -1 ;;
            cont) kill -s CONT -- -1 ;;
        esac
    done
    kill -s KILL -- -1
}

echo ready
while read -r word <&3; do
    [ "$word" = start ] || continue
    obey <&3 >/dev/null 4>&- &
    # In the foreground, for a shell lets its background processes ignore Ctrl-C's signal. The variables removed are
    # the shell's own; Lambda's runtime gets none of them.
    (
        export AWS_LAMBDA_RUNTIME_API="$address"
        exec env -u _ -u SHLVL -u PWD -u OLDPWD "$@" >&4 2>&4 3<&- 4>&-
    )
    status=$?
    # As on Lambda, nothing that a runtime started outlives it.
    kill -s KILL -- -1
    wait
    echo "$status"
done

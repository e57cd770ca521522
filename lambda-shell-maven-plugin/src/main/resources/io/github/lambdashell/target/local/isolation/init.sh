# The first process of a sandbox. It keeps the sandbox and its /tmp while runtimes come and go, and when it ends, the
# kernel ends everything else in the sandbox.
#
# Standard input is a pipe with the words start, kill, stop and cont on lines; at its end, the sandbox ends. Standard
# output reports "ready", "started" and the exit statuses of runtimes. Standard error is the function's log.
# LSHELL_ENVIRONMENT has commands that set the runtime's environment. Arguments: the runtime's command.
#
# A function with extensions has commands that start them in LSHELL_EXTENSIONS, and descriptor 5 for their output. The word
# "extensions", which is reported, starts them; "term" asks the runtime to end. The runtime's end is reported as "x0" and
# its status; its usual report comes after the end of the extensions, which the word "kill" ends.

# Maven's user may be another one than the sandbox's.
[ -x /var/lang ] || {
    echo "the function's language at /var/lang is not readable by every user" >&2
    exit 1
}
# The shell's own messages about killed processes don't belong in the function's log.
exec 3<&0 </dev/null 4>&2 2>/dev/null
ulimit -n 1024
ulimit -c 0
ulimit -l 64
# Since Linux 5.14, the limit counts the processes and threads of the user namespace; before, it counts all of the
# user's. The machine's root is not limited. dash calls the limit -p.
IFS=. read -r major minor _ </proc/sys/kernel/osrelease
if [ "$major" -gt 5 ] || { [ "$major" -eq 5 ] && [ "${minor%%[!0-9]*}" -ge 14 ]; }; then
    ulimit -u 742 || ulimit -p 742
fi

# Obeys while the runtime runs. "kill -1" reaches all processes except for the caller and the first process.
obey() {
    # A function's "kill -1" is meant for the processes that the function started.
    trap '' HUP INT QUIT TERM
    while read -r word; do
        case $word in
            kill) kill -s KILL -- -1 ;;
            stop) kill -s STOP -- -1 ;;
            cont) kill -s CONT -- -1 ;;
            term)
                # The runtime is the child of the first process that is neither this shell nor that of the extensions.
                read -r self _ </proc/self/stat
                read -r children </proc/1/task/1/children
                for child in $children; do
                    [ "$child" = "$self" ] || [ "$child" = "$extensions" ] || kill -s TERM "$child"
                done
                ;;
        esac
    done
    kill -s KILL -- -1
}

echo ready
while read -r word <&3; do
    case $word in
        start) echo started ;;
        extensions)
            echo extensions
            (eval "$LSHELL_EXTENSIONS") 3<&- 4>&- &
            extensions=$!
            continue
            ;;
        kill)
            if [ -n "$extensions" ]; then
                kill -s KILL -- -1
                wait
                extensions=
            fi
            continue
            ;;
        *) continue ;;
    esac
    obey <&3 >/dev/null 4>&- 5>&- &
    # In the foreground, because background processes of a shell ignore Ctrl-C's signal.
    (
        eval "$LSHELL_ENVIRONMENT"
        exec "$@"
    ) >&4 2>&4 3<&- 4>&- 5>&-
    status=$?
    if [ -n "$extensions" ]; then
        echo "x0 $status"
        wait "$extensions"
        extensions=
    fi
    # As on Lambda, the processes that a runtime started end with it.
    kill -s KILL -- -1
    wait
    echo "$status"
done

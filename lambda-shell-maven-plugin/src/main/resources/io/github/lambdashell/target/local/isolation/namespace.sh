# Starts a sandbox in namespaces of its own, and ends it from outside, where nothing in the sandbox can prevent that.
#
# Standard input is a pipe held by Maven. Its lines go on to the sandbox's first process, except for "end", with which
# Maven ends the sandbox. The pipe's end means that Maven has ended and can't remove the sandbox's directory.
# Standard output has the lines of the sandbox's first process, then "end". Standard error is the function's log.
# Arguments: the sandbox's directory, options of pasta(1) for a network of the sandbox's own or the word none, the command
# that creates the namespaces. With a network of its own, options of nsenter(1) precede the command.
directory=$1
pasta=$2
shift 2
[ -z "$LSHELL_EXTENSIONS" ] || exec 5>>"$directory/extensions.log"
# Some CI servers send a signal to each process of a build. These processes must not end before Maven does.
trap '' HUP INT QUIT TERM PIPE
# The shell's own messages about killed processes don't belong in the function's log.
exec 3<&0 4>&2 2>/dev/null

# Creates a network namespace without a way to the metadata services of clouds, which would give the sandbox the machine's
# own credentials. Reports the id of a process in it.
network() {
    unshare --user --map-root-user --net /bin/sh -c '
        printf "route add unreachable %s\n" "$@" | ip -batch - && echo $$ &&
            exec setpriv --pdeathsig KILL sleep 2147483647 >/dev/null
    ' sh 169.254.169.254 169.254.170.2 169.254.170.23 100.100.100.200
}

# Connects the namespace of the process that standard input names. Reports that name, then pasta's messages; one that is a
# number says that the namespace is connected.
connect() {
    read -r process || exit
    echo "$process"
    # It does not start where SIGPIPE is ignored, and would end at the others, which it does not leave ignored.
    trap - PIPE
    # In a user namespace of Maven's user, who may see then which connections are of this process.
    exec nsenter --target "$process" --user --preserve-credentials \
        setpriv --pdeathsig KILL env --block-signal=INT,QUIT,TERM \
        pasta $pasta --pid /dev/stdout --netns /proc/self/fd/0 <"/proc/$process/ns/net" 2>&1
}

# Waits until pasta, to whose messages standard input leads, has connected the sandbox. Ends the sandbox with pasta.
await_connection() {
    messages=
    while read -r line; do
        case $line in
            '' | 'Failed to send '*' to syslog') ;;
            *[!0-9]*) messages="$messages; $line" ;;
            *)
                exec 5<&0
                {
                    while read -r _; do :; done
                    kill -s KILL 0
                } <&5 &
                exec 5<&- </dev/null
                return
                ;;
        esac
    done
    printf '%.200s\n' "pasta: ${messages#; }" >&4
    kill -s KILL 0
}

sandbox() {
    {
        [ "$pasta" = none ] || await_connection
        echo hello
        while read -r word <&3 && [ "$word" != end ]; do
            echo "$word"
        done
        [ "$word" = end ] || rm -rf -- "$directory"
        # The sandbox's first process belongs to this process group, and the kernel ends the whole sandbox with it.
        kill -s KILL 0
    } | {
        (
            trap - HUP INT QUIT TERM PIPE
            exec "$@" 2>&4 3<&- 4>&-
        )
        echo end
    }
}

if [ "$pasta" = none ]; then
    sandbox "$@"
else
    network </dev/null 2>&4 3<&- 4>&- 5>&- | connect 3<&- 4>&- 5>&- | {
        read -r process || exit
        sandbox nsenter --target "$process" "$@"
    }
fi

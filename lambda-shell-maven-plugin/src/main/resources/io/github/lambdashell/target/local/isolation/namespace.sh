# Starts a sandbox in namespaces of its own, and ends it from outside, where nothing in the sandbox can prevent that.
#
# Standard input is a pipe held by Maven. Its lines go on to the sandbox's first process, except for "end", with which
# Maven ends the sandbox. The pipe's end means that Maven has ended and can't remove the sandbox's directory.
# Standard output has the lines of the sandbox's first process, then "end". Standard error is the function's log.
# The working directory is the sandbox's, where slirp4netns makes the socket of its API.
# Arguments: the sandbox's directory, commands of ip(8) for a network of the sandbox's own or the word none, the command
# that creates the namespaces. With a network of its own, options of nsenter(1) precede the command.
directory=$1
network=$2
shift 2
[ -z "$LSHELL_EXTENSIONS" ] || exec 5>>"$directory/extensions.log"
# Some CI servers send a signal to each process of a build. These processes must not end before Maven does.
trap '' HUP INT QUIT TERM PIPE
# The shell's own messages about killed processes don't belong in the function's log.
exec 3<&0 4>&2 2>/dev/null

# Creates a network namespace and reports the id of a process in it.
network() {
    unshare --user --map-root-user --net /bin/sh -c '
        echo 1 >/proc/sys/net/ipv4/conf/default/route_localnet &&
            echo "$1" | ip -batch - && echo $$ &&
            exec setpriv --pdeathsig KILL sleep 2147483647 >/dev/null
    ' sh "$network"
}

# Connects the namespace of the process that standard input names. Reports that name, then 1 without an end of line when
# the namespace is connected; what follows it comes at the end of slirp4netns.
connect() {
    read -r process || exit
    echo "$process"
    trap - PIPE
    # In a user namespace of Maven's user, who may see then which connections are of this process.
    {
        nsenter --target "$process" --user --preserve-credentials \
            setpriv --pdeathsig KILL env --block-signal=INT,QUIT,TERM \
            slirp4netns --netns-type=path --cidr=169.254.100.0/24 --mtu=65520 --disable-host-loopback --ready-fd=3 \
            --api-socket=network.sock /proc/self/fd/0 tap0 <"/proc/$process/ns/net" 2>&1 >&3 4>&- |
            while read -r line; do
                case $line in
                    *' tapfd='* | 'apifd event' | 'api_handler: '*) ;;
                    *) echo "slirp4netns: $line" >&4 ;;
                esac
            done
    } 3>&1
}

# Waits until the sandbox is connected. Ends the sandbox with its network.
await_connection() {
    [ "$(head -c 1)" = 1 ] || kill -s KILL 0
    exec 5<&0
    {
        while read -r _; do :; done
        kill -s KILL 0
    } <&5 &
    exec 5<&- </dev/null
}

sandbox() {
    {
        [ "$network" = none ] || await_connection
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

if [ "$network" = none ]; then
    sandbox "$@"
else
    network </dev/null 2>&4 3<&- 4>&- 5>&- | connect 3<&- 5>&- | {
        read -r process || exit
        sandbox nsenter --target "$process" "$@"
    }
fi

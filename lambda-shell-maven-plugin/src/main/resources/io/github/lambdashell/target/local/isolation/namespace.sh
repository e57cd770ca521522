# Starts a sandbox in namespaces of its own, and ends it from outside, where nothing in the sandbox can prevent that.
#
# Standard input is a pipe held by Maven. Its lines go on to the sandbox's first process, except for "end", with which
# Maven ends the sandbox. The pipe's end means that Maven has ended and can't remove the sandbox's directory.
# Standard output has the lines of the sandbox's first process, then "end".
# Arguments: the sandbox's directory, the command that creates the namespaces.
directory=$1
shift
[ -z "$LSHELL_EXTENSIONS" ] || exec 5>>"$directory/extensions.log"
# Some CI servers send a signal to each process of a build. These processes must not end before Maven does.
trap '' HUP INT QUIT TERM PIPE
{
    while read -r word && [ "$word" != end ]; do
        echo "$word"
    done
    [ "$word" = end ] || rm -rf -- "$directory"
    # The sandbox's first process belongs to this process group, and the kernel ends the whole sandbox with it.
    kill -s KILL 0
} 2>/dev/null | {
    (
        trap - HUP INT QUIT TERM PIPE
        exec "$@"
    )
    echo end
}

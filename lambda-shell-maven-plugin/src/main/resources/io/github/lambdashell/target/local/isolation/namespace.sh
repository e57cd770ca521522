# Starts a sandbox in namespaces of its own, and sees to its end from outside, where nothing in it can stop or kill what
# does that.
#
# Standard input is a pipe held by Maven. Its lines are handed on to the sandbox's first process, but for "end", with
# which Maven wants the sandbox gone. The pipe's end means that Maven has gone, and nobody else removes the directory.
# Arguments: the sandbox's directory, the command that makes the namespaces.
directory=$1
shift
mkfifo -- "$directory/words"
exec 3<&0
{
    # Who ends a build by signals to each of its processes shall not end this one first: Maven's end does.
    trap '' HUP INT QUIT TERM
    while read -r word && [ "$word" != end ]; do
        echo "$word"
    done 1<>"$directory/words"
    # $$ is the command below, as long as that is this process's parent; afterwards another may bear its number.
    # Its first child is this process, the second one is the sandbox's first process, whose end the command awaits. Where
    # that can't be told, the sandbox ends with the command.
    read -r _ _ _ parent _ </proc/self/stat
    if [ "$parent" = $$ ]; then
        read -r _ first _ <"/proc/$$/task/$$/children"
        kill -s KILL "${first:-$$}"
    fi
    [ "$word" = end ] || rm -rf -- "$directory"
} <&3 >/dev/null 2>&1 3<&- &
exec "$@" <"$directory/words" 3<&-
